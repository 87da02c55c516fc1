import { deserialize, serialize } from 'node:v8'
import type { ClassicLevel } from 'classic-level'
import type { Change, Expectation, IndexKey, StoreFailure } from '../../ports/store.ts'
import { type Write, planCommit, rowsNeeded } from '../layout/commit-plan.ts'
import type { RangeOptions, Row, Rows } from '../layout/row-access.ts'
import { isPendingRow, isViewRow } from '../layout/rows.ts'
import type { Span, Table } from '../layout/tables.ts'
import { storeFailure } from './leveldb-failure.ts'
import { type Place, decodeKey, encodeKey, keyRange } from './leveldb-keys.ts'

export type Database = ClassicLevel<Uint8Array, Uint8Array>
/** A moment to read at; without one, now. */
type At = { readonly snapshot?: ReturnType<Database['snapshot']> }
type Operation =
  | { readonly type: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: Uint8Array }

/** Tables whose values are bytes as they are; the others hold what V8 can copy, as IndexedDB does. */
const isOfBytes = (place: Place): boolean => place === 'docs' || place === 'heads'

const encodeValue = (place: Place, value: unknown): Uint8Array =>
  isOfBytes(place) ? (value as Uint8Array) : serialize(value)

/** `null` for what cannot be read: no row is null, so the store finds it damaged. */
const decodeValue = (place: Place, bytes: Uint8Array | undefined): unknown => {
  if (bytes === undefined) return undefined
  // Not the Buffer that the database hands out: its `slice` does not copy.
  if (isOfBytes(place)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return deserialize(bytes)
  } catch {
    return null
  }
}

/** One after the other, whatever becomes of them. */
const inTurn = (): (<T>(task: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const next = last.then(task)
    last = next.catch(() => {})
    return next
  }
}

/** What an IndexedDB does by itself: rows of the two indexes, kept in step with the rows they lead to. Place `k` holds both, told apart by their first element. */
const indexKeys = (table: Table, row: unknown): readonly IndexKey[] => {
  if (table === 'views' && isViewRow(row)) return row.keys.map((key) => ['view', ...key])
  if (table === 'pending' && isPendingRow(row)) return [['pending', row.awaits, row.id]]
  return []
}
const isIndexed = ({ table }: Write): boolean => table === 'views' || table === 'pending'

/** The tables of a LevelDB. Only one process has it open, so commits in turn see what they checked until they have written. */
export const levelDbRows = (database: Database): Rows => {
  const commitInTurn = inTurn()
  const answer = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask()
    } catch (error) {
      throw storeFailure(error)
    }
  }

  const getMany = async (table: Table, keys: readonly IndexKey[], at: At = {}): Promise<readonly unknown[]> => {
    const found = await database.getMany(
      keys.map((key) => encodeKey(table, key)),
      at,
    )
    return found.map((bytes) => decodeValue(table, bytes))
  }
  const range = async (
    place: Place,
    span: Span,
    { direction, limit }: RangeOptions = {},
    at: At = {},
  ): Promise<readonly Row[]> => {
    const options = { ...keyRange(place, span), ...at, reverse: direction === 'desc', limit: limit ?? -1 }
    const found = await database.iterator(options).all()
    return found.map(([key, bytes]) => ({ key: decodeKey(key), value: decodeValue(place, bytes) }))
  }
  const under = (name: 'view' | 'pending', { lower, upper }: Span): Span => ({
    lower: { ...lower, key: [name, ...(lower?.key ?? [])] },
    upper: { ...upper, key: [name, ...(upper?.key ?? [])] },
  })
  /** Rows that an index leads to: the last element of its keys is the row's own. Both as they were at one moment. */
  const through = async (name: 'view' | 'pending', span: Span, options: RangeOptions): Promise<readonly Row[]> => {
    const snapshot = database.snapshot()
    try {
      const found = await range('k', under(name, span), options, { snapshot })
      const keys = found.map(({ key }) => [key.at(-1)!])
      const rows = await getMany(name === 'view' ? 'views' : 'pending', keys, { snapshot })
      return found.map(({ key }, at) => ({ key: key.slice(1), value: rows[at] }))
    } finally {
      await snapshot.close()
    }
  }

  const read = (needed: readonly { readonly table: Table; readonly key: IndexKey }[]) =>
    database
      .getMany(needed.map(({ table, key }) => encodeKey(table, key)))
      .then((found) => found.map((bytes, at) => decodeValue(needed[at]!.table, bytes)))

  /** The batch for some writes, with the index rows that come and go with them. */
  const operationsFor = async (writes: readonly Write[]): Promise<readonly Operation[]> => {
    const indexed = writes.filter(isIndexed)
    const before = await read(indexed)
    const current = new Map(indexed.map(({ table, key }, at) => [`${table}/${key[0]}`, before[at]]))
    const operations: Operation[] = []
    for (const write of writes) {
      const { table, key, value } = write
      const name = `${table}/${key[0]}`
      if (isIndexed(write)) {
        for (const old of indexKeys(table, current.get(name)))
          operations.push({ type: 'del', key: encodeKey('k', old) })
        for (const now of indexKeys(table, value))
          operations.push({ type: 'put', key: encodeKey('k', now), value: nothing })
        current.set(name, value)
      }
      const encoded = encodeKey(table, key)
      operations.push(
        value === undefined
          ? { type: 'del', key: encoded }
          : { type: 'put', key: encoded, value: encodeValue(table, value) },
      )
    }
    return operations
  }

  const commit = async (changes: readonly Change[], expect: readonly Expectation[]): Promise<'committed' | 'stale'> => {
    const needed = rowsNeeded(changes, expect)
    const plan = planCommit(changes, expect, needed, await read(needed))
    if (plan === 'stale') return plan
    if ('code' in plan) throw plan satisfies StoreFailure
    await database.batch([...(await operationsFor(plan))], { sync: true })
    return 'committed'
  }

  return {
    getMany: (table, keys) => answer(() => getMany(table, keys)),
    hasMany: (table, keys) => answer(() => database.hasMany(keys.map((key) => encodeKey(table, key)))),
    range: (table, span, options) => answer(() => range(table, span, options)),
    viewsIn: (span, options) => answer(() => through('view', span, options)),
    countIn: (span) =>
      answer(async () => {
        let count = 0
        const keys = database.keys(keyRange('k', under('view', span)))
        for await (const _ of keys) count++
        return count
      }),
    pendingOn: (awaits) =>
      answer(async () => {
        const span = { lower: { key: [awaits] }, upper: { key: [awaits] } }
        return (await through('pending', span, {})).map(({ value }) => value)
      }),
    commit: (changes, expect) => answer(() => commitInTurn(() => commit(changes, expect))),
    [Symbol.asyncDispose]: () => database.close(),
  }
}

const nothing = new Uint8Array(0)
