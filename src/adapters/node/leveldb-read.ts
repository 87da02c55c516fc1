import { deserialize, serialize } from 'node:v8'
import type { ClassicLevel } from 'classic-level'
import type { IndexKey } from '../../ports/store.ts'
import type { RowName } from '../layout/commit-rows.ts'
import type { RangeOptions, Row } from '../layout/row-access.ts'
import type { Span, Table } from '../layout/tables.ts'
import { type Place, decodeKey, encodeKey, keyRange } from './leveldb-keys.ts'

export type Database = ClassicLevel<Uint8Array, Uint8Array>
/** A moment to read at; without one, now. */
export type At = { readonly snapshot?: ReturnType<Database['snapshot']> }

/** Tables whose values are bytes as they are; the others hold what V8 can copy, as IndexedDB does. */
const isOfBytes = (place: Place): boolean => place === 'docs' || place === 'heads' || place === 'partLogs'

export const encodeValue = (place: Place, value: unknown): Uint8Array =>
  isOfBytes(place) ? (value as Uint8Array) : serialize(value)

/** `null` for what cannot be read: no row is null, so the store finds it damaged. */
export const decodeValue = (place: Place, bytes: Uint8Array | undefined): unknown => {
  if (bytes === undefined) return undefined
  // Not the Buffer that the database hands out: its `slice` does not copy.
  if (isOfBytes(place)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return deserialize(bytes)
  } catch {
    return null
  }
}

/** Rows of several tables, one answer each. */
export const readRows = async (
  database: Database,
  names: readonly RowName[],
  at: At = {},
): Promise<readonly unknown[]> => {
  const keys = names.map(({ table, key }) => encodeKey(table, key))
  const found = await database.getMany(keys, at)
  return found.map((bytes, index) => decodeValue(names[index]!.table, bytes))
}

export const readMany = (database: Database, table: Table, keys: readonly IndexKey[]): Promise<readonly unknown[]> =>
  readRows(
    database,
    keys.map((key) => ({ table, key })),
  )

export const readRange = async (
  database: Database,
  place: Place,
  span: Span,
  { direction, limit }: RangeOptions = {},
  at: At = {},
): Promise<readonly Row[]> => {
  const options = { ...keyRange(place, span), ...at, reverse: direction === 'desc', limit: limit ?? -1 }
  const found = await database.iterator(options).all()
  return found.map(([key, bytes]) => ({ key: decodeKey(key), value: decodeValue(place, bytes) }))
}
