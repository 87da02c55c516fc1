import type { LogKey } from '../../core/entry/entry.ts'
import type { DocumentId, Hash } from '../../core/ids.ts'
import type { Bound, DamagedRow, Fork, IndexKey, PartKey } from '../../ports/store.ts'

/**
 * How a store lies on a disk, the same in IndexedDB and LevelDB (docs/adr/0006: rows decide the speed, not bytes):
 *
 *     docs      [documentId, n]          segment: up to 64 items or 32 KB (segment.ts); n = 0 grows, full ones have 1, 2, …
 *     heads     [publicKey, logId >> 6]  the heads of 64 neighbouring logs (head-chunk.ts)
 *     ids       [operationId]            documentId, of all but CREATE (there the ids are the same)
 *     pending   [id]                     found by `awaits`
 *     forks     [publicKey, logId, seqNum]
 *     queue     [id]                     document ids, one row per commit
 *     views     [documentId]             found by `keys`: one index for all sortable fields of all schemas
 *     outbox    [target, id]             since version 2
 *     local     [key]                    { value }
 *     meta      ['counters' | 'version']
 *     parts     [scope, part]            count, sum and number of a part of a scope; this and the next two since version 3
 *     partLogs  [scope, part, publicKey, logId >> 6]   which of 64 logs are in the part, and their numbers (part-chunk.ts)
 *     members   [documentId]             the parts a document is in
 *
 * Keys are lists of text and numbers; a u64 in a key is 16 hex digits.
 */
export const tables = [
  'docs',
  'heads',
  'ids',
  'pending',
  'forks',
  'queue',
  'views',
  'outbox',
  'local',
  'meta',
  'parts',
  'partLogs',
  'members',
] as const
export type Table = (typeof tables)[number]

/** The version this code writes. Version 1 had no outbox, version 2 no parts of scopes. */
export const schemaVersion = 3

/** Heads in one row: 64 logs. */
export const chunkBits = 6n

/** Nearly all are small, and a number is formatted several times faster than a bigint. */
const u64Hex = (value: bigint): string =>
  (value <= Number.MAX_SAFE_INTEGER ? Number(value) : value).toString(16).padStart(16, '0')

export const segmentKey = (documentId: DocumentId, n: number): IndexKey => [documentId, n]
export const chunkKey = ({ publicKey, logId }: LogKey): IndexKey => [publicKey, u64Hex(logId >> chunkBits)]
/** One text per chunk: for maps, where the key of each log of a batch would cost more than what is looked up by it. */
export const chunkName = ({ publicKey, logId }: LogKey): string => `${publicKey}/${logId >> chunkBits}`
export const forkKey = ({ publicKey, logId, seqNum }: Fork): IndexKey => [publicKey, u64Hex(logId), u64Hex(seqNum)]
export const outboxKey = (target: string, id: Hash): IndexKey => [target, id]
export const partKey = ({ scope, part }: PartKey): IndexKey => [scope, part]
export const partChunkKey = ({ scope, part }: PartKey, log: LogKey): IndexKey => [scope, part, ...chunkKey(log)]
export const countersKey: IndexKey = ['counters']

/** Part of a table: bounds as the store contract has them. */
export interface Span {
  readonly lower?: Bound
  readonly upper?: Bound
}

/** All keys that begin with `prefix`. */
export const beginningWith = (prefix: IndexKey): Span => ({ lower: { key: prefix }, upper: { key: prefix } })

/** All keys of one element that begin with this text. */
export const textBeginningWith = (prefix: string): Span => {
  const kept = prefix.replace(/\uffff+$/, '')
  if (kept === '') return { lower: { key: [prefix] } }
  const next = kept.slice(0, -1) + String.fromCharCode(kept.charCodeAt(kept.length - 1) + 1)
  return { lower: { key: [prefix] }, upper: { key: [next], isOpen: true } }
}

export const damagedRow = (table: Table, key: IndexKey): DamagedRow => ({
  code: 'store/corrupt',
  table,
  key: key.join('/'),
})
