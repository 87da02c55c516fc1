import type { IndexKey } from '../../ports/store.ts'
import type { Table } from './tables.ts'

export interface RowName {
  readonly table: Table
  readonly key: IndexKey
}

/** One row to put, or (without value) to delete; `isPrefix`: all rows to delete whose keys begin with this one. */
export type Write = RowName & { readonly value?: unknown; readonly isPrefix?: boolean }

/** What was read, by the name of the row. */
export type RowsRead = ReadonlyMap<string, unknown>

/** One text per row: ids and hex hold no slash, and a name that may comes last. */
export const rowName = ({ table, key }: RowName): string => `${table}/${key.join('/')}`
