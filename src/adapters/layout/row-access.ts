import type { Change, CommitOutcome, Expectation, IndexKey } from '../../ports/store.ts'
import type { Counters } from './rows.ts'
import { type Span, type Table, damagedRow } from './tables.ts'

export interface Row {
  readonly key: IndexKey
  readonly value: unknown
}

export interface RangeOptions {
  readonly direction?: 'asc' | 'desc'
  readonly limit?: number
}

/**
 * What a database must offer to be a store: tables of rows in order of their keys, two indexes, and commits. Values are what
 * the database could make of the bytes; the store judges their shape. Each call sees one state of the database.
 */
export interface Rows extends AsyncDisposable {
  readonly getMany: (table: Table, keys: readonly IndexKey[]) => Promise<readonly unknown[]>
  readonly hasMany: (table: Table, keys: readonly IndexKey[]) => Promise<readonly boolean[]>
  readonly range: (table: Table, span: Span, options?: RangeOptions) => Promise<readonly Row[]>
  /** Keys of the index over `views`, each with its row. */
  readonly viewsIn: (span: Span, options: RangeOptions) => Promise<readonly Row[]>
  readonly countIn: (span: Span) => Promise<number>
  /** Rows of `pending` that await any of these. */
  readonly pendingOn: (awaits: readonly string[]) => Promise<readonly unknown[]>
  /**
   * @param isAllowed as in `Store.commit`
   * @param spare what to count on from where the row of counters is damaged or gone; without it such a row is in the way
   */
  readonly commit: (
    changes: readonly Change[],
    expect: readonly Expectation[],
    isAllowed?: Promise<boolean>,
    spare?: Counters,
  ) => Promise<CommitOutcome>
}

export const valuesOf = (rows: readonly Row[]): readonly unknown[] => rows.map(({ value }) => value)

/** One row that must be whole if it is there; else it is thrown as damaged. */
export const judged = <T>(
  table: Table,
  key: IndexKey,
  row: unknown,
  isWhole: (row: unknown) => row is T,
): T | undefined => {
  if (row === undefined || isWhole(row)) return row
  throw damagedRow(table, key)
}

/** Rows read at once by a walk. A segment can be as large as one operation, so not too many. */
const pageSize = 100

/** All rows of a part of a table, page by page: each page as it is when its turn comes. */
export async function* walk(rows: Rows, table: Table, span: Span, signal: AbortSignal): AsyncIterable<readonly Row[]> {
  let rest = span
  for (;;) {
    signal.throwIfAborted()
    const page = await rows.range(table, rest, { limit: pageSize })
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    rest = { ...span, lower: { key: page.at(-1)!.key, isOpen: true } }
  }
}
