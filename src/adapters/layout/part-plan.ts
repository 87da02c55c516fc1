import type { LogKey } from '../../core/entry/entry.ts'
import { addHashes, forkHash, hashToNumber } from '../../core/entry/log-item.ts'
import type { DocumentId, Hash } from '../../core/ids.ts'
import type { Change, Head, PartKey, PartState } from '../../ports/store.ts'
import { type PartSlot, partSlotOf, withPartSlot } from './part-chunk.ts'
import { chunkKey, partChunkKey, partKey } from './tables.ts'
import type { RowName, RowsRead, Write } from './commit-rows.ts'
import { rowName } from './commit-rows.ts'

/** The parts of scopes in a commit: what of them has to be read, and how its changes move them on. */

export const membersRow = (documentId: DocumentId): RowName => ({ table: 'members', key: [documentId] })
const stateRow = (key: PartKey): RowName => ({ table: 'parts', key: partKey(key) })
const chunkRow = (key: PartKey, log: LogKey): RowName => ({ table: 'partLogs', key: partChunkKey(key, log) })

const samePart = (a: PartKey, b: PartKey): boolean => a.scope === b.scope && a.part === b.part
const membersIn = (read: RowsRead, documentId: DocumentId): readonly PartKey[] =>
  (read.get(rowName(membersRow(documentId))) as readonly PartKey[] | undefined) ?? []

type PartChange = Extract<Change, { readonly put: 'part' }>

/** What a document's entering needs, all known from the change. */
export const rowsOfEntering = ({ key, documentId, logs, isNew }: PartChange): readonly RowName[] => [
  ...(isNew ? [] : [membersRow(documentId)]),
  stateRow(key),
  ...logs.flatMap((log): readonly RowName[] => [{ table: 'heads', key: chunkKey(log) }, chunkRow(key, log)]),
]

/** What the changes of logs need, once it is known which parts their documents are in. */
export const rowsOfMembers = (changes: readonly Change[], read: RowsRead): readonly RowName[] => {
  const entered = changes.filter((change): change is PartChange => 'put' in change && change.put === 'part')
  return changes.flatMap((change) => {
    if (!('put' in change) || (change.put !== 'item' && change.put !== 'fork') || !change.documentId) return []
    const { documentId } = change
    const log = change.put === 'item' ? change.head : change.value
    const keys = [
      ...membersIn(read, documentId),
      ...entered.filter((other) => other.documentId === documentId).map(({ key }) => key),
    ]
    return keys.flatMap((key) => [stateRow(key), chunkRow(key, log)])
  })
}

/** Rows of parts while a commit is planned. */
export interface PartDraft {
  /** Puts a document into a part, with the heads its logs have just now. */
  readonly enter: (change: PartChange, headFor: (log: LogKey) => Head | undefined) => void
  /** A log of a document got a head. */
  readonly move: (documentId: DocumentId, before: Head | undefined, after: Head) => void
  readonly fork: (documentId: DocumentId, log: LogKey, head: Head | undefined) => void
  /** Whether any part hears of what happens to this document. */
  readonly has: (documentId: DocumentId) => boolean
  readonly writes: () => readonly Write[]
}

const itemOf = (hash: Hash | undefined): bigint => (hash === undefined ? 0n : hashToNumber(hash))

export function draftParts(read: RowsRead): PartDraft {
  const held = new Map<string, Write>()
  const get = (row: RowName): unknown => held.get(rowName(row))?.value ?? read.get(rowName(row))
  const put = (row: RowName, value: unknown): void => void held.set(rowName(row), { ...row, value })

  const membersOf = (documentId: DocumentId): readonly PartKey[] =>
    (get(membersRow(documentId)) as readonly PartKey[] | undefined) ?? []
  const slotOf = (key: PartKey, log: LogKey): PartSlot | undefined =>
    partSlotOf((get(chunkRow(key, log)) as Uint8Array | undefined) ?? new Uint8Array(0), log.logId)

  /** One more change of a part: what its sum gains, and what its log is now. */
  const note = (key: PartKey, log: LogKey, gain: { count: number; sum: bigint }, isForked: boolean): void => {
    const state = (get(stateRow(key)) as PartState | undefined) ?? { ...key, count: 0, sum: 0n, number: 0 }
    const number = state.number + 1
    put(stateRow(key), { ...state, count: state.count + gain.count, sum: addHashes(state.sum, gain.sum), number })
    const chunk = (get(chunkRow(key, log)) as Uint8Array | undefined) ?? new Uint8Array(0)
    put(chunkRow(key, log), withPartSlot(chunk, log.logId, { isForked, number }))
  }

  return {
    has: (documentId) => membersOf(documentId).length > 0,
    enter: ({ key, documentId, logs }, headFor) => {
      const members = membersOf(documentId)
      const own: PartKey = { scope: key.scope, part: key.part }
      if (!logs.some((log) => headFor(log))) return
      if (!members.some((other) => samePart(other, key))) put(membersRow(documentId), [...members, own])
      for (const log of logs) {
        const head = headFor(log)
        if (!head || slotOf(key, log)) continue
        note(own, log, { count: 1, sum: itemOf(log.isForked ? forkHash(log) : head.hash) }, log.isForked)
      }
    },
    move: (documentId, before, after) => {
      for (const key of membersOf(documentId)) {
        const slot = slotOf(key, after)
        if (!slot) note(key, after, { count: 1, sum: itemOf(after.hash) }, false)
        else if (slot.isForked) note(key, after, { count: 0, sum: 0n }, true)
        else note(key, after, { count: 0, sum: itemOf(after.hash) - itemOf(before?.hash) }, false)
      }
    },
    fork: (documentId, log, head) => {
      for (const key of membersOf(documentId)) {
        const slot = slotOf(key, log)
        if (slot && !slot.isForked) note(key, log, { count: 0, sum: itemOf(forkHash(log)) - itemOf(head?.hash) }, true)
      }
    },
    writes: () => [...held.values()],
  }
}
