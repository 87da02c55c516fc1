import type { DocumentId, Hash } from '../../core/ids.ts'
import type { DamagedRow, Head, Store, StoreFailure, StoredDocument, TableUsage, ViewRange } from '../../ports/store.ts'
import { isAbove, isBelow, rangeEnds } from '../layout/index-key.ts'
import { commitTo, headIn } from './memory-commit.ts'
import { damagedDocument, memoryDatabase, type MemoryDatabase } from './memory-database.ts'
import { type IndexRange, countEntries, readEntries } from './sorted-entries.ts'
import { partIn, partLogsIn } from './memory-parts.ts'

const pageSize = 100

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
const byNumber = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? -1 : 1)
const byLog = (a: Head, b: Head): number => byText(a.publicKey, b.publicKey) || byNumber(a.logId, b.logId)

function* pagesOf<T>(rows: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < rows.length; at += pageSize) yield rows.slice(at, at + pageSize)
}

const documentIn = (database: MemoryDatabase, documentId: DocumentId): StoredDocument | DamagedRow | undefined => {
  if (database.damaged.has(documentId)) return damagedDocument(documentId)
  const document = database.documents.get(documentId)
  return document && { documentId, mark: document.mark, items: [...document.items] }
}

const rangeIn = (range: Omit<ViewRange, 'direction' | 'limit'>): IndexRange => {
  const { lower, upper } = rangeEnds(range)
  return { isBelow: (key) => isBelow(key, lower), isAbove: (key) => isAbove(key, upper) }
}

const usageOf = (database: MemoryDatabase): readonly TableUsage[] => {
  const items = [...database.documents.values()].flatMap((document) => document.items)
  const bytes = items.reduce((sum, item) => sum + item.entry.length + (item.operation?.length ?? 0), 0)
  const heads = [...database.logs.values()].reduce((sum, logs) => sum + logs.heads.size, 0)
  const tables = ['pending', 'forks', 'queue', 'views', 'local'] as const
  return [
    { table: 'docs', rows: database.documents.size, bytes },
    { table: 'heads', rows: heads, bytes: 0 },
    { table: 'ids', rows: database.documentByOperation.size, bytes: 0 },
    ...tables.map((table) => ({ table, rows: database[table].size, bytes: 0 })),
    { table: 'parts', rows: database.parts.size, bytes: 0 },
    { table: 'members', rows: database.members.size, bytes: 0 },
    { table: 'outbox', rows: [...database.outbox.values()].reduce((sum, ids) => sum + ids.size, 0), bytes: 0 },
  ]
}

const sortedHeads = (database: MemoryDatabase): readonly Head[] =>
  [...database.logs.values()].flatMap((logs) => [...logs.heads.values()]).sort(byLog)

/** A store in memory, for tests, demonstrations and whoever wants to leave nothing behind. Closing it keeps the database. */
export const openMemoryStore = (database: MemoryDatabase = memoryDatabase()): Store => {
  let isOpen = true
  /** Answers are promises, so a failure is always a rejection. */
  const answer = async <T>(read: () => T): Promise<T> => {
    if (!isOpen) throw { code: 'store/closed' } satisfies StoreFailure
    return read()
  }
  async function* walk<T>(rows: () => readonly T[], signal: AbortSignal): AsyncIterable<readonly T[]> {
    for (const page of pagesOf(await answer(rows))) {
      signal.throwIfAborted()
      yield await answer(() => page)
    }
  }
  const whole = (documentId: DocumentId): StoredDocument | undefined => {
    const document = documentIn(database, documentId)
    if (document !== undefined && 'code' in document) throw document
    return document
  }
  const commit: Store['commit'] = async (changes, expect, isAllowed) => {
    if (isAllowed && !(await isAllowed)) return 'refused'
    return answer(() => {
      if (database.isFull && changes.some((change) => 'put' in change))
        throw { code: 'store/full' } satisfies StoreFailure
      try {
        return commitTo(database, changes, expect)
      } catch (error) {
        if (!(error instanceof Error)) throw error
        throw { code: 'store/failed', reason: String(error) } satisfies StoreFailure
      }
    })
  }

  return {
    head: (log) => answer(() => headIn(database, log)),
    heads: (logs) => answer(() => logs.map((log) => headIn(database, log))),
    allHeads: (publicKey, signal) =>
      walk(
        () => sortedHeads(database).filter((head) => publicKey === undefined || head.publicKey === publicKey),
        signal,
      ),
    lastLog: (publicKey) => answer(() => database.logs.get(publicKey)?.last),
    documentsOf: (operationIds) =>
      answer(() =>
        operationIds.map(
          (id) =>
            database.documentByOperation.get(id) ??
            (database.documents.has(id as DocumentId) ? (id as DocumentId) : undefined),
        ),
      ),
    document: (documentId) => answer(() => whole(documentId)),
    documents: (documentIds) => answer(() => documentIds.map((id) => documentIn(database, id))),
    allDocuments: async function* (signal) {
      for await (const ids of walk(() => [...database.documents.keys()].sort(byText), signal))
        yield ids.map((id) => documentIn(database, id)!)
    },
    pending: (awaits) =>
      answer(() => {
        const wanted = new Set(awaits)
        return [...database.pending.values()].filter((row) => wanted.has(row.awaits)).sort((a, b) => byText(a.id, b.id))
      }),
    isPending: (ids) => answer(() => ids.map((id) => database.pending.has(id))),
    allPending: (limit) =>
      answer(() => [...database.pending.values()].sort((a, b) => byText(a.id, b.id)).slice(0, limit)),
    forks: () =>
      answer(() =>
        [...database.forks.values()].sort(
          (a, b) => byText(a.publicKey, b.publicKey) || byNumber(a.logId, b.logId) || byNumber(a.seqNum, b.seqNum),
        ),
      ),
    queue: (limit) => answer(() => [...database.queue.values()].slice(0, limit)),
    view: (documentId) => answer(() => database.views.get(documentId)),
    views: (documentIds) => answer(() => documentIds.map((id) => database.views.get(id))),
    viewsIn: (range) =>
      answer(() =>
        readEntries(database.index, rangeIn(range), range.direction, range.limit).map(({ key, documentId }) => ({
          key,
          row: database.views.get(documentId)!,
        })),
      ),
    countIn: (range) => answer(() => countEntries(database.index, rangeIn(range))),
    local: (key) => answer(() => structuredClone(database.local.get(key))),
    localWith: (prefix) =>
      answer(() =>
        [...database.local]
          .filter(([key]) => key.startsWith(prefix))
          .sort(([a], [b]) => byText(a, b))
          .map(([key, value]) => [key, structuredClone(value)] as const),
      ),
    outbox: (target, limit) =>
      answer(() => [...(database.outbox.get(target) ?? new Set<Hash>())].sort(byText).slice(0, limit)),
    parts: () =>
      answer(() =>
        [...database.parts.values()]
          .map(({ state }) => state)
          .sort((a, b) => byText(a.scope, b.scope) || a.part - b.part),
      ),
    part: (key) => answer(() => partIn(database, key).state),
    partsOf: (documentIds) => answer(() => documentIds.map((id) => database.members.get(id) ?? [])),
    partLogs: (key, since, signal) =>
      walk(() => partLogsIn(database, key, since).sort((a, b) => byLog(a.head, b.head)), signal),
    lastArrival: () => answer(() => database.arrival),
    usage: () => answer(() => usageOf(database)),
    commit,
    [Symbol.asyncDispose]: async () => {
      isOpen = false
    },
  }
}
