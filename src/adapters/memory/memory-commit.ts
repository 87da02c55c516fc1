import { equalBytes } from '../../core/bytes/concat.ts'
import type { LogKey } from '../../core/entry/entry.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { DocumentId } from '../../core/ids.ts'
import type { Change, Expectation, Fork, Head, ViewRow } from '../../ports/store.ts'
import { isSame } from '../layout/equality.ts'
import { type MemoryDatabase, damagedDocument } from './memory-database.ts'
import { enterPart, forkInParts, moveInParts } from './memory-parts.ts'
import { addEntry, removeEntry } from './sorted-entries.ts'

export const headIn = (database: MemoryDatabase, { publicKey, logId }: LogKey): Head | undefined =>
  database.logs.get(publicKey)?.heads.get(logId)

const holds = (database: MemoryDatabase, expected: Expectation): boolean =>
  'head' in expected
    ? headIn(database, expected.head)?.hash === expected.hash
    : isSame(database.local.get(expected.local), expected.value)

/** Whether every item moves the head of its log forward, one after the other. */
const areNew = (database: MemoryDatabase, changes: readonly Change[]): boolean => {
  const reached = new Map<string, bigint>()
  for (const change of changes) {
    if (!('put' in change) || change.put !== 'item') continue
    const { seqNum } = change.head
    const name = logName(change.head)
    if (seqNum <= (reached.get(name) ?? headIn(database, change.head)?.seqNum ?? 0n)) return false
    reached.set(name, seqNum)
  }
  return true
}

const putHead = (database: MemoryDatabase, head: Head): void => {
  const logs = database.logs.get(head.publicKey)
  if (logs === undefined) {
    database.logs.set(head.publicKey, { heads: new Map([[head.logId, head]]), last: head })
    return
  }
  logs.heads.set(head.logId, head)
  if (head.logId >= logs.last.logId) logs.last = head
}

const append = (database: MemoryDatabase, change: Extract<Change, { readonly put: 'item' | 'refill' }>): void => {
  const { documentId, operationId, item, mark } = change
  const document = database.documents.get(documentId) ?? { mark, items: [] }
  document.items.push({ ...item, arrival: ++database.arrival })
  database.documents.set(documentId, document)
  if (operationId !== documentId) database.documentByOperation.set(operationId, documentId)
}

type OperationChange = Extract<Change, { readonly put: 'operation' }>

const placeOf = (database: MemoryDatabase, { documentId, entry }: OperationChange): number =>
  database.documents
    .get(documentId)
    ?.items.findIndex((item) => item.operation === null && equalBytes(item.entry, entry)) ?? -1

const putOperation = (database: MemoryDatabase, change: OperationChange): void => {
  const items = database.documents.get(change.documentId)!.items
  const at = placeOf(database, change)
  items[at] = { ...items[at]!, operation: change.operation }
}

/** Whether every operation that comes after its entry finds it. */
const haveEntries = (database: MemoryDatabase, changes: readonly Change[]): boolean =>
  changes.every((change) => !('put' in change) || change.put !== 'operation' || placeOf(database, change) >= 0)

const dropDocument = (database: MemoryDatabase, documentId: DocumentId): void => {
  database.documents.delete(documentId)
  database.damaged.delete(documentId)
}

const dropView = (database: MemoryDatabase, documentId: DocumentId): void => {
  // A row may name a key twice; then it is gone already.
  for (const key of database.views.get(documentId)?.keys ?? []) removeEntry(database.index, { key, documentId })
  database.views.delete(documentId)
}

const putView = (database: MemoryDatabase, view: ViewRow): void => {
  const { documentId } = view
  dropView(database, documentId)
  database.views.set(documentId, view)
  for (const key of view.keys) addEntry(database.index, { key, documentId })
}

const putQueue = (database: MemoryDatabase, documentIds: readonly DocumentId[]): void => {
  const id = ++database.lastQueueId
  database.queue.set(id, { id, documentIds })
}

const putOutbox = (database: MemoryDatabase, change: Extract<Change, { readonly put: 'outbox' }>): void => {
  const rows = database.outbox.get(change.target) ?? new Set()
  for (const id of change.ids) rows.add(id)
  database.outbox.set(change.target, rows)
}

const forkName = ({ publicKey, logId, seqNum }: Fork): string => `${publicKey}/${logId}/${seqNum}`

const put = (database: MemoryDatabase, change: Extract<Change, { readonly put: string }>): void => {
  switch (change.put) {
    case 'item':
      append(database, change)
      moveInParts(database, change.documentId, headIn(database, change.head), change.head)
      return putHead(database, change.head)
    case 'refill':
      return append(database, change)
    case 'operation':
      return putOperation(database, change)
    case 'mark': {
      const document = database.documents.get(change.documentId)
      if (document !== undefined) document.mark = change.mark
      return
    }
    case 'pending':
      database.pending.set(change.value.id, change.value)
      return
    case 'fork':
      if (change.documentId) forkInParts(database, change.documentId, change.value, headIn(database, change.value))
      database.forks.set(forkName(change.value), change.value)
      return
    case 'part':
      return enterPart(database, change, (log) => headIn(database, log))
    case 'queue':
      return putQueue(database, change.documentIds)
    case 'view':
      return putView(database, change.value)
    case 'outbox':
      return putOutbox(database, change)
    case 'local':
      database.local.set(change.key, change.value)
      return
  }
}

const remove = (database: MemoryDatabase, change: Extract<Change, { readonly delete: string }>): void => {
  switch (change.delete) {
    case 'document':
      return dropDocument(database, change.documentId)
    case 'pending':
      database.pending.delete(change.id)
      return
    case 'queue':
      database.queue.delete(change.id)
      return
    case 'view':
      return dropView(database, change.documentId)
    case 'outbox':
      for (const id of change.ids) database.outbox.get(change.target)?.delete(id)
      return
    case 'local':
      database.local.delete(change.key)
      return
  }
}

/** With a copy of what it puts into `local`, as every real store makes one. Throws for what cannot be copied, a function for instance. */
const copied = (change: Change): Change =>
  'put' in change && change.put === 'local' ? { ...change, value: structuredClone(change.value) } : change

const goesOnWith = (
  change: Change,
): change is Extract<Change, { readonly put: 'item' | 'refill' | 'operation' | 'mark' }> =>
  'put' in change && ['item', 'refill', 'operation', 'mark'].includes(change.put)

/** The first damaged document that a change would go on with, rather than begin anew. */
const damagedUnder = (database: MemoryDatabase, changes: readonly Change[]): DocumentId | undefined => {
  const renewed = new Set<DocumentId>()
  for (const change of changes) {
    if ('delete' in change) {
      if (change.delete === 'document') renewed.add(change.documentId)
    } else if (goesOnWith(change)) {
      if (database.damaged.has(change.documentId) && !renewed.has(change.documentId)) return change.documentId
    }
  }
  return undefined
}

/** All changes or none, in one step: nothing else runs meanwhile. */
export const commitTo = (
  database: MemoryDatabase,
  changes: readonly Change[],
  expect: readonly Expectation[],
): 'committed' | 'stale' => {
  const damaged = damagedUnder(database, changes)
  if (damaged) throw damagedDocument(damaged)
  if (!expect.every((expected) => holds(database, expected)) || !areNew(database, changes)) return 'stale'
  if (!haveEntries(database, changes)) return 'stale'
  for (const change of changes.map(copied)) {
    if ('put' in change) put(database, change)
    else remove(database, change)
  }
  return 'committed'
}
