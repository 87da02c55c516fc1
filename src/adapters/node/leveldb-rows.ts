import type { Change, Expectation } from '../../ports/store.ts'
import { planCommit, rowsNeeded, moreRowsNeeded } from '../layout/commit-plan.ts'
import type { Write } from '../layout/commit-rows.ts'
import type { Rows } from '../layout/row-access.ts'
import type { Counters } from '../layout/rows.ts'
import { beginningWith } from '../layout/tables.ts'
import { storeFailure } from './leveldb-failure.ts'
import { countIn, indexKeys, isIndexed, readThrough } from './leveldb-indexes.ts'
import { encodeKey } from './leveldb-keys.ts'
import { type Database, encodeValue, readMany, readRange, readRows } from './leveldb-read.ts'

type Operation =
  | { readonly type: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: Uint8Array }

const nothing = new Uint8Array(0)

/** One after the other, whatever becomes of them. */
const inTurn = (): (<T>(task: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const next = last.then(task)
    last = next.catch(() => {})
    return next
  }
}

const answer = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    throw storeFailure(error)
  }
}

/** The batch for some writes, with the index keys that come and go with them. */
const operationsFor = async (database: Database, writes: readonly Write[]): Promise<Operation[]> => {
  const nameOf = ({ table, key }: Write): string => `${table}/${key[0]}`
  const indexed = writes.filter(({ table }) => isIndexed(table))
  const before = await readRows(database, indexed)
  const rowByName = new Map(indexed.map((write, at) => [nameOf(write), before[at]]))
  const operations: Operation[] = []
  for (const write of writes) {
    const { table, key, value, isPrefix } = write
    if (isPrefix) {
      const rows = await readRange(database, table, beginningWith(key))
      for (const row of rows) operations.push({ type: 'del', key: encodeKey(table, row.key) })
      continue
    }
    if (isIndexed(table)) {
      for (const old of indexKeys(table, rowByName.get(nameOf(write))))
        operations.push({ type: 'del', key: encodeKey('k', old) })
      for (const now of indexKeys(table, value))
        operations.push({ type: 'put', key: encodeKey('k', now), value: nothing })
      rowByName.set(nameOf(write), value)
    }
    const encoded = encodeKey(table, key)
    if (value === undefined) operations.push({ type: 'del', key: encoded })
    else operations.push({ type: 'put', key: encoded, value: encodeValue(table, value) })
  }
  return operations
}

const commit = async (
  database: Database,
  changes: readonly Change[],
  expect: readonly Expectation[],
  spare: Counters | undefined,
): Promise<'committed' | 'stale'> => {
  const needed = rowsNeeded(changes, expect)
  const rows = await readRows(database, needed)
  const more = moreRowsNeeded(changes, needed, rows)
  const moreRows = await readRows(database, more)
  const plan = planCommit(changes, expect, [...needed, ...more], [...rows, ...moreRows], spare)
  if (plan === 'stale') return plan
  if ('code' in plan) throw plan
  await database.batch(await operationsFor(database, plan), { sync: true })
  return 'committed'
}

/** The tables of a LevelDB. Only one process has it open, so commits in turn see what they checked until they have written. */
export const levelDbRows = (database: Database): Rows => {
  const commitInTurn = inTurn()
  return {
    getMany: (table, keys) => answer(() => readMany(database, table, keys)),
    hasMany: (table, keys) => answer(() => database.hasMany(keys.map((key) => encodeKey(table, key)))),
    range: (table, span, options) => answer(() => readRange(database, table, span, options)),
    viewsIn: (span, options) => answer(() => readThrough(database, 'views', span, options)),
    countIn: (span) => answer(() => countIn(database, 'views', span)),
    pendingOn: (awaits) =>
      answer(async () => {
        const found = await Promise.all(awaits.map((one) => readThrough(database, 'pending', beginningWith([one]))))
        return found.flat().map(({ value }) => value)
      }),
    commit: async (changes, expect, isAllowed, spare) =>
      (await isAllowed) === false
        ? 'refused'
        : answer(() => commitInTurn(() => commit(database, changes, expect, spare))),
    [Symbol.asyncDispose]: () => database.close(),
  }
}
