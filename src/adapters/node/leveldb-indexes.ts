import type { IndexKey } from '../../ports/store.ts'
import { compareKeys } from '../layout/index-key.ts'
import type { RangeOptions, Row } from '../layout/row-access.ts'
import { isPendingRow, isViewRow } from '../layout/rows.ts'
import type { Span, Table } from '../layout/tables.ts'
import { keyRange } from './leveldb-keys.ts'
import { type Database, readRange, readRows } from './leveldb-read.ts'

/**
 * What an IndexedDB does by itself: the two indexes, kept in step with the rows they lead to. Place `k` holds both, told apart by the
 * table that comes first; the last element of a key is the key of the row.
 */
export type Indexed = Extract<Table, 'views' | 'pending'>

export const isIndexed = (table: Table): table is Indexed => table === 'views' || table === 'pending'

/** The index keys of a row; none of one that cannot be read. */
export const indexKeys = (table: Table, row: unknown): readonly IndexKey[] => {
  if (table === 'views' && isViewRow(row)) return row.keys.map((key) => [table, ...key])
  if (table === 'pending' && isPendingRow(row)) return [[table, row.awaits, row.id]]
  return []
}

export const under = (table: Indexed, { lower, upper }: Span): Span => ({
  lower: { ...lower, key: [table, ...(lower?.key ?? [])] },
  upper: { ...upper, key: [table, ...(upper?.key ?? [])] },
})

/** Index keys in order, each with its row, both as they were at one moment. */
export const readThrough = async (
  database: Database,
  table: Indexed,
  span: Span,
  options: RangeOptions = {},
): Promise<readonly Row[]> => {
  const snapshot = database.snapshot()
  try {
    const found = await readRange(database, 'k', under(table, span), options, { snapshot })
    const names = found.map(({ key }) => ({ table, key: [key.at(-1)!] }))
    const rows = await readRows(database, names, { snapshot })
    // A row written over a damaged one could not take back the keys of its predecessor, which nobody could read.
    const leadsTo = (key: IndexKey, row: unknown): boolean =>
      indexKeys(table, row).some((own) => compareKeys(own, key) === 0)
    return found.flatMap(({ key }, at) => (leadsTo(key, rows[at]) ? [{ key: key.slice(1), value: rows[at] }] : []))
  } finally {
    await snapshot.close()
  }
}

export const countIn = async (database: Database, table: Indexed, span: Span): Promise<number> =>
  (await database.keys(keyRange('k', under(table, span))).all()).length
