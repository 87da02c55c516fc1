import { decodeEntry } from '../core/entry/decode.ts'
import { logName } from '../core/entry/log-name.ts'
import type { DocumentId, Hash, OperationId } from '../core/ids.ts'
import type { Pending, Store } from '../ports/store.ts'
import { awaitsLink, awaitsOperation } from './ingest-judge.ts'
import type { Arrival, IngestItem, SoundItem } from './ingest-prepare.ts'
import { readStored } from './stored-document.ts'

/** What can go on: entries to judge again, and documents to reduce again. */
export interface Waiting {
  readonly ids: readonly Hash[]
  readonly items: readonly (readonly [IngestItem, Arrival])[]
  readonly documentIds: readonly DocumentId[]
  /** What was not looked through, because the batch is full. */
  readonly left: readonly string[]
}

/** Below this number of rows in `pending`, one read of all of them replaces one read per stored entry. */
const fewRows = 64

/** Places looked up in one read. */
const placesPerRead = 500

/** What entries that are stored now may have been waited for by. */
export const arrivalsOf = (stored: readonly SoundItem[]): readonly string[] =>
  stored.flatMap(({ log, entry }) => placesOf(log, entry.seqNum, entry.hash))

const placesOf = (log: string, seqNum: bigint, hash: Hash): readonly string[] => [
  awaitsLink(log, seqNum),
  awaitsOperation(hash),
]

/**
 * The operations that these new rows wait for and that another engine stored in the meantime: it looked for the rows before they were
 * written, and will not look again. (For links the expected heads of the commit say as much.)
 */
export const arrivedMeanwhile = (store: Store, pending: readonly Pending[]): Promise<readonly string[]> =>
  arrivedOperations(
    store,
    pending.map(({ awaits }) => awaits),
  )

const operationPrefix = awaitsOperation('' as Hash)

/** Which of these wait for an operation that is stored. In its document, not only known to have been: a damaged document lost what it had. */
export async function arrivedOperations(store: Store, awaited: readonly string[]): Promise<readonly string[]> {
  const operations = [...new Set(awaited)].filter((awaits) => awaits.startsWith(operationPrefix))
  if (operations.length === 0) return []
  const found = await store.documentsOf(operations.map((awaits) => awaits.slice(operationPrefix.length) as OperationId))
  const documentIds = [...new Set(found)].filter((id) => id !== undefined)
  const held = new Set<string>()
  for (const document of documentIds.length > 0 ? await store.documents(documentIds) : []) {
    const read = document && !('code' in document) ? readStored(document) : undefined
    if (read && !('code' in read)) for (const { id } of read.operations) held.add(awaitsOperation(id))
  }
  return operations.filter((awaits) => held.has(awaits))
}

/** What waits for any of these and, in a chain, for what will have been stored then; at most some `limit` entries. */
export async function findWaiting(store: Store, arrived: readonly string[], limit: number): Promise<Waiting> {
  const few = arrived.length > 0 ? await store.allPending(fewRows) : []
  const awaited = few.length < fewRows ? new Set(few.map(({ awaits }) => awaits)) : undefined
  const rows = new Map<Hash, Pending>()
  const work = awaited ? arrived.filter((place) => awaited.has(place)) : [...arrived]
  while (rows.size < limit && work.length > 0) {
    for (const row of await store.pending(work.splice(-placesPerRead))) {
      if (rows.has(row.id)) continue
      rows.set(row.id, row)
      const entry = row.item && decodeEntry(row.item.entry)
      if (!entry?.ok) continue
      const { seqNum, hash } = entry.value
      work.push(...placesOf(logName(entry.value), seqNum, hash).filter((next) => !awaited || awaited.has(next)))
    }
  }
  const found = [...rows.values()]
  return {
    ids: found.flatMap(({ id, item }) => (item ? [id] : [])),
    items: found.flatMap(({ item }) => (item ? [[item, item] as const] : [])),
    documentIds: found.flatMap(({ id, item }) => (item ? [] : [id as DocumentId])),
    left: work,
  }
}
