import type { ClientBase } from 'pg'
import type { Change, Expectation, IndexKey } from '../../ports/store.ts'
import { planCommit, rowsNeeded, moreRowsNeeded } from '../layout/commit-plan.ts'
import type { RowName, Write } from '../layout/commit-rows.ts'
import type { Rows } from '../layout/row-access.ts'
import type { Counters } from '../layout/rows.ts'
import { type Table, beginningWith } from '../layout/tables.ts'
import { indexKeys, isIndexed } from './leveldb-indexes.ts'
import { encodeValue } from './leveldb-read.ts'
import { type Database, answer, inTransaction } from './postgres-database.ts'
import { rowKey, rowRange, wholeKey } from './postgres-keys.ts'
import { countIn, hasRows, readPendingOn, readRange, readRows, readThrough } from './postgres-read.ts'

/** Tells our advisory locks of this use from others: the second number is the table's own. */
const commitLock = 0x7461_6b69

/** What a commit comes to in the end, row by row: of two writes of one row the later wins. */
interface Final {
  readonly puts: Map<string, Write>
  readonly deletes: Map<string, Write>
  readonly prefixes: Write[]
}

function finalOf(writes: readonly Write[]): Final {
  const final: Final = { puts: new Map(), deletes: new Map(), prefixes: [] }
  for (const write of writes) {
    const name = Buffer.from(rowKey(write.table, write.key)).toString('latin1')
    if (write.isPrefix) {
      // What this commit wrote below it before goes too.
      for (const put of final.puts.keys()) if (put.startsWith(name)) final.puts.delete(put)
      final.prefixes.push(write)
    } else if (write.value === undefined) {
      final.puts.delete(name)
      final.deletes.set(name, write)
    } else {
      final.deletes.delete(name)
      final.puts.set(name, write)
    }
  }
  return final
}

const keysOf = (writes: Iterable<Write>): readonly Uint8Array[] =>
  [...writes].map(({ table, key }) => rowKey(table, key))

/** First what goes, then what comes, then the index. */
async function writeAll(client: ClientBase, { puts, deletes, prefixes }: Final): Promise<void> {
  for (const { table, key } of prefixes) {
    const { gte, lt } = rowRange(table, beginningWith(key))
    await client.query('DELETE FROM takibi_rows WHERE key >= $1 AND key < $2', [gte, lt])
  }
  if (deletes.size > 0)
    await client.query('DELETE FROM takibi_rows WHERE key = ANY($1::bytea[])', [keysOf(deletes.values())])
  const written = [...puts.values()]
  if (written.length > 0)
    await client.query(
      `INSERT INTO takibi_rows (key, name, value) SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bytea[])
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
      [
        keysOf(written),
        written.map(({ table, key }) => wholeKey(table, key)),
        written.map(({ table, value }) => encodeValue(table, value)),
      ],
    )
  await writeIndex(client, written, [...deletes.values()])
}

async function writeIndex(client: ClientBase, written: readonly Write[], deleted: readonly Write[]): Promise<void> {
  const touched = [...written, ...deleted].filter(({ table }) => isIndexed(table))
  if (touched.length === 0) return
  await client.query('DELETE FROM takibi_index WHERE row = ANY($1::bytea[])', [keysOf(touched)])
  // A row may name one key twice; a statement may write it only once.
  const entries = new Map<string, readonly [key: Uint8Array, row: Uint8Array]>()
  for (const { table, key, value } of written) {
    if (!isIndexed(table)) continue
    for (const entry of indexKeys(table, value).map((found) => rowKey('k', found)))
      entries.set(Buffer.from(entry).toString('latin1'), [entry, rowKey(table, key)])
  }
  if (entries.size === 0) return
  await client.query('INSERT INTO takibi_index (key, row) SELECT * FROM unnest($1::bytea[], $2::bytea[])', [
    [...entries.values()].map(([key]) => key),
    [...entries.values()].map(([, row]) => row),
  ])
}

/**
 * One commit at a time in all processes: whoever has the lock sees what the last one wrote until it has written itself. Reads need not wait. So
 * arrival numbers appear in their order, too.
 */
const commit = (
  database: Database,
  changes: readonly Change[],
  expect: readonly Expectation[],
  spare: Counters | undefined,
): Promise<'committed' | 'stale'> =>
  inTransaction(database, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(${commitLock}, 'takibi_rows'::regclass::oid::int)`)
    const needed = rowsNeeded(changes, expect)
    const rows = await readRows(client, needed)
    const more = moreRowsNeeded(changes, needed, rows)
    const moreRows = await readRows(client, more)
    const plan = planCommit(changes, expect, [...needed, ...more], [...rows, ...moreRows], spare)
    if (plan === 'stale') return plan
    if ('code' in plan) throw plan
    await writeAll(client, finalOf(plan))
    return 'committed'
  })

const named = (table: Table, keys: readonly IndexKey[]): readonly RowName[] => keys.map((key) => ({ table, key }))

/** The tables of a store in a PostgreSQL, which several processes may have open. */
export const postgresRows = (database: Database): Rows => {
  let ended: Promise<void> | undefined
  return {
    getMany: (table, keys) => answer(() => readRows(database, named(table, keys))),
    hasMany: (table, keys) => answer(() => hasRows(database, named(table, keys))),
    range: (table, span, options) => answer(() => readRange(database, table, span, options)),
    viewsIn: (span, options) => answer(() => readThrough(database, 'views', span, options)),
    countIn: (span) => answer(() => countIn(database, 'views', span)),
    pendingOn: (awaits) => answer(() => readPendingOn(database, awaits)),
    commit: async (changes, expect, isAllowed, spare) =>
      (await isAllowed) === false ? 'refused' : answer(() => commit(database, changes, expect, spare)),
    [Symbol.asyncDispose]: () => (ended ??= database.end()),
  }
}
