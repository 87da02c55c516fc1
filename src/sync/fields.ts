/**
 * The parts of a message, each with its one way to be written and read. A reader notes what is wrong in its cursor and goes on
 * with a harmless value (`cbor-reader.ts`), so a whole message is read before anybody asks whether it was sound.
 */
import {
  type CborCursor,
  failAt,
  readArray,
  readBool,
  readBytes,
  readInt,
  readNull,
  readText,
  typeHere,
} from '../core/bytes/cbor-reader.ts'
import {
  type CborWriter,
  writeArray,
  writeBool,
  writeBytes,
  writeInt,
  writeNull,
  writeText,
} from '../core/bytes/cbor-writer.ts'
import { bytesToHex, hexToBytes } from '../core/bytes/hex.ts'
import { encodeUtf8 } from '../core/bytes/utf8.ts'
import { isU64 } from '../core/bytes/varu64.ts'
import { bytesToHash, hashToBytes } from '../core/hash/yasmf.ts'
import type { Hash, LogId, SeqNum } from '../core/ids.ts'
import { firstReservedLogId } from '../core/limits.ts'

export interface Field<T> {
  readonly write: (writer: CborWriter, value: T) => void
  readonly read: (cursor: CborCursor) => T
  /** May be absent: only the last field of a row. */
  readonly isOptional?: true
}

/** A field for each property of `T`, in the order of the wire. */
export type Fields<T> = { readonly [Name in keyof T]-?: Field<Exclude<T[Name], undefined>> }

type AnyRow = Record<string, unknown>

/** The values of a row whose array's head, and whatever stands before the values, is written and read elsewhere. */
export interface Row<T> {
  /** Values in their array when the row is `value`. */
  readonly length: (value: T) => number
  readonly write: (writer: CborWriter, value: T) => void
  readonly read: (cursor: CborCursor, length: number, what: string) => T
}

export function row<T extends object>(fields: Fields<T>): Row<T> {
  const columns = Object.entries(fields) as [string, Field<unknown>][]
  const last = columns.at(-1)
  const optional = last?.[1].isOptional ? last[0] : undefined
  const length = (value: AnyRow): number =>
    optional !== undefined && value[optional] === undefined ? columns.length - 1 : columns.length
  const isLength = (count: number): boolean =>
    count === columns.length || (optional !== undefined && count === columns.length - 1)
  return {
    length: (value) => length(value as AnyRow),
    write: (writer, value) => {
      const values = value as AnyRow
      for (const [name, field] of columns.slice(0, length(values))) field.write(writer, values[name])
    },
    read: (cursor, count, what) => {
      if (!isLength(count)) failAt(cursor, 0, `${columns.length} values in ${what}`)
      const value: AnyRow = {}
      for (const [name, field] of columns.slice(0, count)) {
        if (cursor.failure) break
        value[name] = field.read(cursor)
      }
      return value as T
    },
  }
}

/** A row as an array inside a message. */
export function array<T extends object>(what: string, fields: Fields<T>): Field<T> {
  const { length, write, read } = row(fields)
  return {
    write: (writer, value) => {
      writeArray(writer, length(value))
      write(writer, value)
    },
    read: (cursor) => read(cursor, readArray(cursor, what), what),
  }
}

/** Any number of one kind, at least `atLeast`. The message's own size bounds it from above. */
export const list = <T>(field: Field<T>, atLeast = 0): Field<readonly T[]> => ({
  write: (writer, values) => {
    writeArray(writer, values.length)
    for (const value of values) field.write(writer, value)
  },
  read: (cursor) => {
    const at = cursor.at
    const count = readArray(cursor, 'a list')
    if (count < atLeast) failAt(cursor, at, 'a list that is not empty')
    const values: T[] = []
    while (values.length < count && !cursor.failure) values.push(field.read(cursor))
    return values
  },
})

/** A field whose values keep to a rule that the bytes alone do not show. */
export const checked = <T>(field: Field<T>, expected: string, isValid: (value: T) => boolean): Field<T> => ({
  ...field,
  read: (cursor) => {
    const at = cursor.at
    const value = field.read(cursor)
    if (!cursor.failure && !isValid(value)) failAt(cursor, at, expected)
    return value
  },
})

export const optional = <T>(field: Field<T>): Field<T> => ({ ...field, isOptional: true })

export const nullable = <T>(field: Field<T>): Field<T | null> => ({
  write: (writer, value) => (value === null ? writeNull(writer) : field.write(writer, value)),
  read: (cursor) => (typeHere(cursor) === 'null' ? readNull(cursor) : field.read(cursor)),
})

/** A whole number from 0 to `max`. */
const uint = <T extends number = number>(max: number): Field<T> => ({
  write: writeInt,
  read: (cursor) => {
    const at = cursor.at
    const value = readInt(cursor)
    if (value < 0n || value > max) failAt(cursor, at, `a whole number up to ${max}`)
    return Number(value) as T
  },
})

export const u8 = uint(0xff)
export const u32 = uint(0xffff_ffff)
/** As far as numbers of JavaScript are exact. */
export const u53 = uint(Number.MAX_SAFE_INTEGER)
export const bit = uint<0 | 1>(1)

export const bool: Field<boolean> = { write: writeBool, read: readBool }

/** `true`, or the field is not there. */
export const flag: Field<true> = optional({
  write: writeBool,
  read: (cursor) => {
    const at = cursor.at
    if (!readBool(cursor)) failAt(cursor, at, 'true or the end')
    return true
  },
})

const integer = <T extends bigint>(expected: string, isValid: (value: bigint) => boolean): Field<T> => ({
  write: writeInt,
  read: (cursor) => {
    const at = cursor.at
    const value = readInt(cursor, expected)
    if (!isValid(value)) failAt(cursor, at, expected)
    return value as T
  },
})

export const u64 = integer<bigint>('a number below 2^64', isU64)
/** The two highest are nobody's (decision 19). */
export const logId = integer<LogId>('a log id below 2^64 - 2', (value) => value >= 0n && value < firstReservedLogId)
export const seqNum = integer<SeqNum>('a sequence number from 1', (value) => value >= 1n && isU64(value))

/** Some bytes, of one of these lengths where they are given. Copied. */
export const bytes = <T extends Uint8Array = Uint8Array>(...lengths: readonly number[]): Field<T> => ({
  write: writeBytes,
  read: (cursor) => readSized(cursor, lengths).slice() as T,
})

/** At most so many bytes. Copied. */
export const bytesUpTo = <T extends Uint8Array = Uint8Array>(limit: number): Field<T> =>
  checked(bytes<T>(), `at most ${limit} bytes`, ({ length }) => length <= limit)

/** Bytes of one of these lengths, as lowercase hex. */
export const hex = <T extends string>(...lengths: readonly number[]): Field<T> => ({
  write: (writer, value) => writeBytes(writer, hexToBytes(value)),
  read: (cursor) => bytesToHex(readSized(cursor, lengths)) as T,
})

/** 34 bytes beginning `0020`. */
export const hash = <T extends Hash = Hash>(): Field<T> => ({
  write: (writer, value) => writeBytes(writer, hashToBytes(value)),
  read: (cursor) => {
    const at = cursor.at
    const parsed = bytesToHash(readBytes(cursor, 'a hash'))
    if (parsed.ok) return parsed.value as T
    failAt(cursor, at, 'a hash: 00 20 and 32 bytes')
    return '' as T
  },
})

/** A hash by its last 32 bytes. */
export const digest: Field<Hash> = {
  write: (writer, value) => writeBytes(writer, hashToBytes(value).subarray(2)),
  read: (cursor) => `0020${bytesToHex(readSized(cursor, [32]))}` as Hash,
}

/** A text of at most so many bytes. */
export const text = <T extends string = string>(limit: number): Field<T> => ({
  write: writeText,
  read: (cursor) => {
    const at = cursor.at
    const value = readText(cursor)
    if (encodeUtf8(value).length > limit) failAt(cursor, at, `a text of at most ${limit} bytes`)
    return value as T
  },
})

function readSized(cursor: CborCursor, lengths: readonly number[]): Uint8Array {
  const at = cursor.at
  const value = readBytes(cursor)
  if (lengths.length > 0 && !lengths.includes(value.length)) failAt(cursor, at, `${lengths.join(' or ')} bytes`)
  return value
}
