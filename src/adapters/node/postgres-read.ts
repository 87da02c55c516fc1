import type { ClientBase, Pool } from 'pg'
import type { RangeOptions, Row } from '../layout/row-access.ts'
import type { RowName } from '../layout/commit-rows.ts'
import { type Span, beginningWith } from '../layout/tables.ts'
import { type Indexed, under } from './leveldb-indexes.ts'
import { type Place, decodeKey } from './leveldb-keys.ts'
import { decodeValue } from './leveldb-read.ts'
import { rowKey, rowRange } from './postgres-keys.ts'

/** Where to ask: any connection, or the one of a transaction. */
export type Asked = Pool | ClientBase

interface Found {
  readonly key: Buffer
  readonly name: Buffer | null
  readonly value: Buffer
}

const toRow = (place: Place, { key, name, value }: Found): Row => ({
  key: decodeKey(name ?? key),
  value: decodeValue(place, value),
})

/** Rows of several tables, one answer each. */
export async function readRows(asked: Asked, names: readonly RowName[]): Promise<readonly unknown[]> {
  if (names.length === 0) return []
  const { rows } = await asked.query<{ readonly at: string; readonly value: Buffer }>(
    'SELECT asked.at, value FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (key, at) JOIN takibi_rows USING (key)',
    [names.map(({ table, key }) => rowKey(table, key))],
  )
  const found: unknown[] = names.map(() => undefined)
  for (const { at, value } of rows) found[Number(at) - 1] = decodeValue(names[Number(at) - 1]!.table, value)
  return found
}

export async function hasRows(asked: Asked, names: readonly RowName[]): Promise<readonly boolean[]> {
  const { rows } = await asked.query<{ readonly at: string }>(
    'SELECT asked.at FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (key, at) JOIN takibi_rows USING (key)',
    [names.map(({ table, key }) => rowKey(table, key))],
  )
  const found = new Set(rows.map(({ at }) => Number(at) - 1))
  return names.map((_, at) => found.has(at))
}

const orderOf = ({ direction, limit }: RangeOptions): string =>
  `ORDER BY key ${direction === 'desc' ? 'DESC' : 'ASC'}${limit === undefined ? '' : ` LIMIT ${Math.trunc(limit)}`}`

export async function readRange(
  asked: Asked,
  place: Place,
  span: Span,
  options: RangeOptions = {},
): Promise<readonly Row[]> {
  const { gte, lt } = rowRange(place, span)
  const { rows } = await asked.query<Found>(
    `SELECT key, name, value FROM takibi_rows WHERE key >= $1 AND key < $2 ${orderOf(options)}`,
    [gte, lt],
  )
  return rows.map((row) => toRow(place, row))
}

/** Index keys in order, each with its row, both as they were at one moment: it is one question. */
export async function readThrough(
  asked: Asked,
  table: Indexed,
  span: Span,
  options: RangeOptions = {},
): Promise<readonly Row[]> {
  const { gte, lt } = rowRange('k', under(table, span))
  const { rows } = await asked.query<Found>(
    `SELECT entry.key, NULL AS name, value FROM takibi_index AS entry JOIN takibi_rows AS row ON row.key = entry.row
     WHERE entry.key >= $1 AND entry.key < $2 ${orderOf(options).replace('BY key', 'BY entry.key')}`,
    [gte, lt],
  )
  return rows.map(({ key, value }) => ({ key: decodeKey(key).slice(1), value: decodeValue(table, value) }))
}

export async function countIn(asked: Asked, table: Indexed, span: Span): Promise<number> {
  const { gte, lt } = rowRange('k', under(table, span))
  const { rows } = await asked.query<{ readonly count: string }>(
    'SELECT count(*) FROM takibi_index WHERE key >= $1 AND key < $2',
    [gte, lt],
  )
  return Number(rows[0]?.count ?? 0)
}

/** Rows of `pending` that await any of these. */
export async function readPendingOn(asked: Asked, awaits: readonly string[]): Promise<readonly unknown[]> {
  const ranges = awaits.map((one) => rowRange('k', under('pending', beginningWith([one]))))
  const { rows } = await asked.query<{ readonly value: Buffer }>(
    `SELECT value FROM unnest($1::bytea[], $2::bytea[]) AS asked (low, high)
     JOIN takibi_index AS entry ON entry.key >= asked.low AND entry.key < asked.high
     JOIN takibi_rows AS row ON row.key = entry.row`,
    [ranges.map(({ gte }) => gte), ranges.map(({ lt }) => lt)],
  )
  return rows.map(({ value }) => decodeValue('pending', value))
}
