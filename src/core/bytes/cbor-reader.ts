/**
 * Strict canonical CBOR, read piece by piece: definite lengths, shortest forms, no tags, one NaN.
 *
 * A cursor remembers the first thing that was wrong and from then on reads zeros and empty texts, so that a caller may read
 * a whole shape and ask once at the end. Loops over a claimed count are safe: no count is larger than the bytes that are left.
 */
import { floatWidth } from './cbor-writer.ts'
import { decodeUtf8 } from './utf8.ts'

/** The bytes are not canonical CBOR of the shape that was asked for. */
export interface CborFailure {
  readonly code: 'cbor/malformed'
  /** Position of the first byte that did not fit. */
  readonly at: number
  readonly expected: string
}

export interface CborCursor {
  readonly bytes: Uint8Array
  readonly view: DataView
  at: number
  failure: CborFailure | undefined
}

export type CborType = 'int' | 'bytes' | 'text' | 'array' | 'map' | 'bool' | 'null' | 'float' | 'nothing'

const types: readonly CborType[] = ['int', 'int', 'bytes', 'text', 'array', 'map', 'nothing']
const nothing = new Uint8Array(0)

export const cborCursor = (bytes: Uint8Array): CborCursor => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  at: 0,
  failure: undefined,
})

/** Notes what was expected, unless something was wrong before. */
export function failAt(cursor: CborCursor, at: number, expected: string): void {
  cursor.failure ??= { code: 'cbor/malformed', at, expected }
}

/** Whether what was wrong is that the bytes end too early: with more of them it could have been right. */
export const isCutOff = ({ bytes, failure }: CborCursor): boolean =>
  failure !== undefined && (failure.at >= bytes.length || failure.expected.endsWith(', whole'))

/** What begins here, told by its first byte only; `nothing` for the end, tags and other simple values. */
export function typeHere(cursor: CborCursor): CborType {
  const initial = cursor.failure === undefined ? cursor.bytes[cursor.at] : undefined
  if (initial === undefined) return 'nothing'
  if (initial < 0xe0) return types[initial >> 5] ?? 'nothing'
  if (initial === 0xf4 || initial === 0xf5) return 'bool'
  if (initial === 0xf6) return 'null'
  return initial >= 0xf9 && initial <= 0xfb ? 'float' : 'nothing'
}

/** The argument of a head: its low five bits or the 1, 2, 4 or 8 bytes after it, only in the shortest form. */
function readArgument(cursor: CborCursor, expected: string): number | bigint {
  const { bytes, view, at } = cursor
  const low = (bytes[at] ?? 0) & 0x1f
  if (low < 24) {
    cursor.at = at + 1
    return low
  }
  const width = low <= 27 ? 1 << (low - 24) : 0
  if (width === 0 || at + 1 + width > bytes.length) {
    failAt(cursor, at, width === 0 ? `${expected} of definite length` : `${expected}, whole`)
    return 0
  }
  cursor.at = at + 1 + width
  const argument =
    width === 1
      ? view.getUint8(at + 1)
      : width === 2
        ? view.getUint16(at + 1)
        : width === 4
          ? view.getUint32(at + 1)
          : view.getBigUint64(at + 1)
  const least = width === 1 ? 24 : width === 2 ? 0x100 : width === 4 ? 0x1_0000 : 0x1_0000_0000
  if (argument < least) failAt(cursor, at, `${expected} in its shortest form`)
  return argument
}

/** A length or count; never more than the bytes that follow, so nothing can be made to allocate by claiming. */
function readLength(cursor: CborCursor, type: CborType, expected: string): number {
  const start = cursor.at
  if (typeHere(cursor) !== type) {
    failAt(cursor, start, expected)
    return 0
  }
  const length = readArgument(cursor, expected)
  if (length > cursor.bytes.length - cursor.at) failAt(cursor, start, `${expected}, whole`)
  return cursor.failure === undefined ? Number(length) : 0
}

export const readArray = (cursor: CborCursor, expected = 'an array'): number => readLength(cursor, 'array', expected)
export const readMap = (cursor: CborCursor, expected = 'a map'): number => readLength(cursor, 'map', expected)

/** An integer from -2^64 to 2^64-1. */
export function readInt(cursor: CborCursor, expected = 'an integer'): bigint {
  if (typeHere(cursor) !== 'int') {
    failAt(cursor, cursor.at, expected)
    return 0n
  }
  const isNegative = (cursor.bytes[cursor.at] ?? 0) >= 0x20
  const argument = BigInt(readArgument(cursor, expected))
  return isNegative ? -1n - argument : argument
}

/** A view into the input, not a copy: slice what is kept. */
export function readBytes(cursor: CborCursor, expected = 'bytes'): Uint8Array {
  const length = readLength(cursor, 'bytes', expected)
  if (cursor.failure !== undefined) return nothing
  cursor.at += length
  return cursor.bytes.subarray(cursor.at - length, cursor.at)
}

export function readText(cursor: CborCursor, expected = 'a text'): string {
  const start = cursor.at
  const length = readLength(cursor, 'text', expected)
  if (cursor.failure !== undefined) return ''
  cursor.at += length
  const text = decodeUtf8(cursor.bytes.subarray(cursor.at - length, cursor.at))
  if (text === undefined) failAt(cursor, start, `${expected} in UTF-8`)
  return text ?? ''
}

export function readBool(cursor: CborCursor, expected = 'true or false'): boolean {
  if (typeHere(cursor) !== 'bool') {
    failAt(cursor, cursor.at, expected)
    return false
  }
  return cursor.bytes[cursor.at++] === 0xf5
}

export function readNull(cursor: CborCursor, expected = 'null'): null {
  if (typeHere(cursor) === 'null') cursor.at++
  else failAt(cursor, cursor.at, expected)
  return null
}

/** A float in its shortest exact form. NaN is `f97e00` and nothing else. */
export function readFloat(cursor: CborCursor, expected = 'a float'): number {
  const { view, at } = cursor
  if (typeHere(cursor) !== 'float') {
    failAt(cursor, at, expected)
    return 0
  }
  const width = 1 << (view.getUint8(at) - 0xf8)
  if (at + 1 + width > cursor.bytes.length) {
    failAt(cursor, at, `${expected}, whole`)
    return 0
  }
  cursor.at = at + 1 + width
  const value =
    width === 2 ? halfToFloat(view.getUint16(at + 1)) : width === 4 ? view.getFloat32(at + 1) : view.getFloat64(at + 1)
  const isCanonical = floatWidth(value) === width && (!Number.isNaN(value) || view.getUint16(at + 1) === 0x7e00)
  if (!isCanonical) failAt(cursor, at, `${expected} in its shortest form`)
  return value
}

/** Nothing may follow. */
export function readEnd(cursor: CborCursor): void {
  if (cursor.at < cursor.bytes.length) failAt(cursor, cursor.at, 'the end')
}

function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25)
}
