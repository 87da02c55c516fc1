import type { LogKey } from '../../core/entry/entry.ts'
import { addHashes, forkHash, hashToNumber } from '../../core/entry/log-item.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { DocumentId } from '../../core/ids.ts'
import type { Change, Head, PartKey, PartLog } from '../../ports/store.ts'
import type { MemoryDatabase, MemoryPart } from './memory-database.ts'

const partName = ({ scope, part }: PartKey): string => `${part}/${scope}`

/** A part as it stands; one that nothing entered yet is empty. */
export const partIn = (database: MemoryDatabase, key: PartKey): MemoryPart =>
  database.parts.get(partName(key)) ?? {
    state: { scope: key.scope, part: key.part, count: 0, sum: 0n, number: 0 },
    logs: new Map(),
  }

const itemOf = (log: LogKey, head: Head | undefined, isForked: boolean): bigint =>
  isForked ? hashToNumber(forkHash(log)) : head ? hashToNumber(head.hash) : 0n

/** The log as it is from now on; `was` is the head that is in the sum, if it was in the part at all. */
const note = (
  database: MemoryDatabase,
  key: PartKey,
  log: LogKey,
  { was, is, isForked }: { readonly was?: Head | undefined; readonly is: Head | undefined; readonly isForked: boolean },
): void => {
  const part = partIn(database, key)
  database.parts.set(partName(key), part)
  const known = part.logs.get(logName(log))
  const lost = known ? itemOf(log, was, known.isForked) : 0n
  const number = part.state.number + 1
  const sum = addHashes(part.state.sum, itemOf(log, is, isForked) - lost)
  part.state = { ...part.state, count: part.state.count + (known ? 0 : 1), sum, number }
  part.logs.set(logName(log), { publicKey: log.publicKey, logId: log.logId, isForked, number })
}

const isForkedIn = (database: MemoryDatabase, key: PartKey, log: LogKey): boolean | undefined =>
  partIn(database, key).logs.get(logName(log))?.isForked

export const enterPart = (
  database: MemoryDatabase,
  { key, documentId, logs }: Extract<Change, { readonly put: 'part' }>,
  headFor: (log: LogKey) => Head | undefined,
): void => {
  const members = database.members.get(documentId) ?? []
  if (!logs.some((log) => headFor(log))) return
  if (!members.some((other) => partName(other) === partName(key)))
    database.members.set(documentId, [...members, { scope: key.scope, part: key.part }])
  for (const log of logs) {
    const head = headFor(log)
    if (head && isForkedIn(database, key, log) === undefined)
      note(database, key, log, { is: head, isForked: log.isForked })
  }
}

export const moveInParts = (
  database: MemoryDatabase,
  documentId: DocumentId,
  was: Head | undefined,
  is: Head,
): void => {
  for (const key of database.members.get(documentId) ?? [])
    note(database, key, is, { was, is, isForked: isForkedIn(database, key, is) ?? false })
}

export const forkInParts = (
  database: MemoryDatabase,
  documentId: DocumentId,
  log: LogKey,
  head: Head | undefined,
): void => {
  for (const key of database.members.get(documentId) ?? [])
    if (isForkedIn(database, key, log) === false) note(database, key, log, { was: head, is: head, isForked: true })
}

export const partLogsIn = (database: MemoryDatabase, key: PartKey, since: number): PartLog[] =>
  [...partIn(database, key).logs.values()].flatMap(({ publicKey, logId, isForked, number }) => {
    const head = database.logs.get(publicKey)?.heads.get(logId)
    return head && number > since ? [{ head, isForked, number }] : []
  })
