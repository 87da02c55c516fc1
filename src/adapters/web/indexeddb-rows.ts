import type { Bound, Change, CommitOutcome, Expectation, IndexKey, StoreFailure } from '../../ports/store.ts'
import { planCommit, rowsNeeded, moreRowsNeeded, tablesTouched } from '../layout/commit-plan.ts'
import type { RowName, Write } from '../layout/commit-rows.ts'
import type { RangeOptions, Row, Rows } from '../layout/row-access.ts'
import type { Counters } from '../layout/rows.ts'
import type { Span, Table } from '../layout/tables.ts'
import { storeFailure } from './indexeddb-failure.ts'
import { pendingIndex, viewIndex } from './indexeddb-open.ts'

/**
 * Raw requests, no promise per row: a request costs microseconds, a promise around each costs as much again, and an `await` of anything
 * else inside a transaction would end it.
 */

/** In no browser older than 2025: all keys and values at once, also backwards. */
interface HasAllRecords {
  readonly getAllRecords: (options: {
    readonly query: IDBKeyRange | null
    readonly count?: number
    readonly direction: 'next' | 'prev'
  }) => IDBRequest<readonly { readonly key: IDBValidKey; readonly value: unknown }[]>
}
type Source = (IDBObjectStore | IDBIndex) & Partial<HasAllRecords>

/** Greater than all keys that begin with this one, in whatever way they go on: a list comes after numbers and text. */
const endOf = (key: IndexKey): IDBValidKey => [...key, []]

const lowerKey = ({ key, isOpen }: Bound): IDBValidKey => (isOpen ? endOf(key) : [...key])

/** Bounds of the store contract as a key range: what begins with a bound is at it. `empty` where nothing can lie between. */
const rangeOf = ({ lower, upper }: Span): IDBKeyRange | null | 'empty' => {
  const from = lower && lowerKey(lower)
  const to = upper && (upper.isOpen ? [...upper.key] : endOf(upper.key))
  if (from === undefined) return to === undefined ? null : IDBKeyRange.upperBound(to, true)
  if (to === undefined) return IDBKeyRange.lowerBound(from)
  return indexedDB.cmp(from, to) >= 0 ? 'empty' : IDBKeyRange.bound(from, to, false, true)
}

const collect = (
  source: Source,
  query: IDBKeyRange | null,
  { direction = 'asc', limit }: RangeOptions,
  done: (rows: readonly Row[]) => void,
): void => {
  // To the browser a count of 0 means all.
  if (limit === 0) return done([])
  const way = direction === 'asc' ? 'next' : 'prev'
  if (source.getAllRecords) {
    const request = source.getAllRecords({ query, direction: way, ...(limit === undefined ? {} : { count: limit }) })
    request.onsuccess = () => done(request.result.map(({ key, value }) => ({ key: key as IndexKey, value })))
    return
  }
  const rows: Row[] = []
  const request = source.openCursor(query, way)
  request.onsuccess = () => {
    const cursor = request.result
    if (cursor) rows.push({ key: cursor.key as IndexKey, value: cursor.value })
    if (!cursor || rows.length === limit) done(rows)
    else cursor.continue()
  }
}

/** Asks for all and calls `done` when the last answer is there. */
const askAll = <T>(requests: readonly IDBRequest<T>[], done: (answers: readonly T[]) => void): void => {
  if (requests.length === 0) return done([])
  // Answers come in the order of the questions.
  requests.at(-1)!.onsuccess = () => done(requests.map((request) => request.result))
}

const read = <T>(
  database: IDBDatabase,
  table: Table,
  ask: (table: IDBObjectStore, done: (answer: T) => void) => void,
): Promise<T> =>
  new Promise((resolve, reject) => {
    try {
      const transaction = database.transaction(table, 'readonly')
      transaction.addEventListener('abort', () => reject(storeFailure(transaction.error)))
      ask(transaction.objectStore(table), resolve)
    } catch (error) {
      reject(storeFailure(error))
    }
  })

/** What a person wrote must be on the disk before anybody hears of it, or its log forks after a power cut; the rest can be had again. */
const durabilityOf = (changes: readonly Change[]): IDBTransactionDurability =>
  changes.some((change) => 'put' in change && change.put === 'item' && change.item.origin === 'local')
    ? 'strict'
    : 'relaxed'

const write = (transaction: IDBTransaction, { table, key, value, isPrefix }: Write): void => {
  const rows = transaction.objectStore(table)
  if (isPrefix) rows.delete(IDBKeyRange.bound(key, endOf(key)))
  else if (value === undefined) rows.delete(key as IDBValidKey)
  else rows.put(value, key as IDBValidKey)
}

type Permission = { readonly is: 'awaited' | 'given' | 'refused' } | { readonly is: 'failed'; readonly reason: unknown }

/** Whether a commit may end, to be looked at whenever a request is answered: inside a transaction nothing can be awaited. */
const watchPermission = (isAllowed: Promise<boolean> | undefined): (() => Permission) => {
  let now: Permission = { is: isAllowed ? 'awaited' : 'given' }
  isAllowed?.then(
    (is) => (now = { is: is ? 'given' : 'refused' }),
    (reason: unknown) => (now = { is: 'failed', reason }),
  )
  return () => now
}

const commit = (
  database: IDBDatabase,
  changes: readonly Change[],
  expect: readonly Expectation[],
  isAllowed: Promise<boolean> | undefined,
  spare: Counters | undefined,
): Promise<CommitOutcome> =>
  new Promise((resolve, reject) => {
    let outcome: 'committed' | 'stale' | StoreFailure = 'committed'
    const tables = tablesTouched(changes, expect)
    const [anyTable] = tables
    if (anyTable === undefined) return resolve(outcome)
    const permission = watchPermission(isAllowed)
    try {
      const transaction = database.transaction(tables, 'readwrite', { durability: durabilityOf(changes) })
      const giveUp = (error: unknown): void => {
        outcome = storeFailure(error)
        try {
          transaction.abort()
        } catch {
          // It aborted by itself already, and will say so.
        }
      }
      transaction.addEventListener('complete', () => (typeof outcome === 'string' ? resolve(outcome) : reject(outcome)))
      transaction.addEventListener('abort', () => {
        const found = permission()
        if (found.is === 'refused') resolve('refused')
        else if (found.is === 'failed') reject(found.reason)
        else reject(typeof outcome === 'string' ? storeFailure(transaction.error) : outcome)
      })
      /** A transaction without a request ends by itself: one more after all that was written keeps it until the answer is there. */
      const end = (): void => {
        const { is } = permission()
        if (is === 'given') transaction.commit?.()
        else if (is === 'awaited') transaction.objectStore(anyTable).getKey([]).onsuccess = end
        else transaction.abort()
      }

      const ask = (names: readonly RowName[], done: (rows: readonly unknown[]) => void): void => {
        const requests = names.map(({ table, key }) => transaction.objectStore(table).get(key as IDBValidKey))
        askAll<unknown>(requests, (rows) => {
          try {
            done(rows)
          } catch (error) {
            giveUp(error)
          }
        })
      }
      const needed = rowsNeeded(changes, expect)
      ask(needed, (rows) => {
        const more = moreRowsNeeded(changes, needed, rows)
        ask(more, (moreRows) => {
          const plan = planCommit(changes, expect, [...needed, ...more], [...rows, ...moreRows], spare)
          if (plan === 'stale') outcome = 'stale'
          else if ('code' in plan) outcome = plan
          else {
            for (const row of plan) write(transaction, row)
            return end()
          }
          transaction.commit?.()
        })
      })
    } catch (error) {
      reject(storeFailure(error))
    }
  })

/** The tables of an IndexedDB, as `openIndexedDb` opened it. */
export const indexedDbRows = (database: IDBDatabase): Rows => ({
  getMany: (table, keys) =>
    read(database, table, (rows, done) =>
      askAll<unknown>(
        keys.map((key) => rows.get(key as IDBValidKey)),
        done,
      ),
    ),
  hasMany: (table, keys) =>
    read(database, table, (rows, done) =>
      askAll(
        keys.map((key) => rows.count(key as IDBValidKey)),
        (counts) => done(counts.map((count) => count > 0)),
      ),
    ),
  range: (table, span, options = {}) =>
    read(database, table, (rows, done) => {
      const query = rangeOf(span)
      if (query === 'empty') done([])
      else collect(rows, query, options, done)
    }),
  viewsIn: (span, options) =>
    read(database, 'views', (rows, done) => {
      const query = rangeOf(span)
      if (query === 'empty') done([])
      else collect(rows.index(viewIndex), query, options, done)
    }),
  countIn: (span) =>
    read(database, 'views', (rows, done) => {
      const query = rangeOf(span)
      if (query === 'empty') done(0)
      else askAll([rows.index(viewIndex).count(query ?? undefined)], ([count]) => done(count!))
    }),
  pendingOn: (awaits) =>
    read(database, 'pending', (rows, done) =>
      askAll(
        awaits.map((one) => rows.index(pendingIndex).getAll(one)),
        (found) => done(found.flat() as readonly unknown[]),
      ),
    ),
  commit: (changes, expect, isAllowed, spare) => commit(database, changes, expect, isAllowed, spare),
  [Symbol.asyncDispose]: async () => database.close(),
})
