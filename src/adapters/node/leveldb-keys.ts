import type { Bound, IndexKey } from '../../ports/store.ts'
import { type Table, tables } from '../layout/tables.ts'

/**
 * Keys as bytes whose order is the order of IndexedDB:
 *
 *     | table | element | element | …        number: 1, then 8 bytes of the double, so turned that they sort
 *        1                                   text:   2, then its units, then 0
 *
 * Each UTF-16 unit stands by itself in the form that UTF-8 has for it, which sorts as the units do (UTF-8 proper sorts otherwise beyond
 * U+FFFF). The units 0 and 1 are 01 01 and 01 02, so that 0 can end a text and a text comes before what it begins. A list ends without a mark, so a prefix comes before what it begins.
 */
const numberTag = 1
const textTag = 2

/** Rows of the index over views: they lie where the tables of version 2 ended, and tables that came later lie behind them. */
export type Place = Table | 'k'
const indexPlace = 10
const placeByte = (place: Place): number => {
  if (place === 'k') return indexPlace
  const at = tables.indexOf(place)
  return at < indexPlace ? at : at + 1
}

/** Negative numbers are turned over whole, others get the sign bit: then bytes sort as numbers do. */
const writeNumber = (view: DataView, at: number, value: number): void => {
  // IndexedDB knows one zero.
  view.setFloat64(at, value === 0 ? 0 : value)
  const high = view.getUint32(at)
  const isNegative = high >>> 31 === 1
  view.setUint32(at, isNegative ? ~high : high | 0x8000_0000)
  if (isNegative) view.setUint32(at + 4, ~view.getUint32(at + 4))
}

const readNumber = (view: DataView, at: number): number => {
  const scratch = new DataView(new ArrayBuffer(8))
  const high = view.getUint32(at)
  const isNegative = high >>> 31 === 0
  scratch.setUint32(0, isNegative ? ~high : high & 0x7fff_ffff)
  scratch.setUint32(4, isNegative ? ~view.getUint32(at + 4) : view.getUint32(at + 4))
  return scratch.getFloat64(0)
}

const writeUnit = (bytes: Uint8Array, at: number, unit: number): number => {
  if (unit <= 1) {
    bytes[at] = 1
    bytes[at + 1] = unit + 1
    return at + 2
  }
  if (unit < 0x80) {
    bytes[at] = unit
    return at + 1
  }
  const isLong = unit >= 0x800
  bytes[at] = isLong ? 0xe0 | (unit >> 12) : 0xc0 | (unit >> 6)
  if (isLong) bytes[at + 1] = 0x80 | ((unit >> 6) & 0x3f)
  const last = isLong ? at + 2 : at + 1
  bytes[last] = 0x80 | (unit & 0x3f)
  return last + 1
}

const readUnit = (bytes: Uint8Array, at: number): { readonly unit: number; readonly next: number } => {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
  if (first === 1) return { unit: second - 1, next: at + 2 }
  if (first < 0x80) return { unit: first, next: at + 1 }
  if (first < 0xe0) return { unit: ((first & 0x1f) << 6) | (second & 0x3f), next: at + 2 }
  return { unit: ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f), next: at + 3 }
}

/** At most this many bytes: every unit of a text may need three. */
const roomFor = (key: IndexKey): number =>
  key.reduce((room: number, element) => room + (typeof element === 'number' ? 9 : 2 + 3 * element.length), 1)

/** A key of a table (or of the index) as bytes. */
export const encodeKey = (place: Place, key: IndexKey): Uint8Array => {
  const bytes = new Uint8Array(roomFor(key))
  const view = new DataView(bytes.buffer)
  let at = 1
  bytes[0] = placeByte(place)
  for (const element of key) {
    bytes[at++] = typeof element === 'number' ? numberTag : textTag
    if (typeof element === 'number') {
      writeNumber(view, at, element)
      at += 8
      continue
    }
    for (let index = 0; index < element.length; index++) at = writeUnit(bytes, at, element.charCodeAt(index))
    bytes[at++] = 0
  }
  return bytes.subarray(0, at)
}

/** Bytes back to the key, which `encodeKey` wrote. */
export const decodeKey = (bytes: Uint8Array): IndexKey => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const key: (number | string)[] = []
  let at = 1
  while (at < bytes.length) {
    if (bytes[at++] === numberTag) {
      key.push(readNumber(view, at))
      at += 8
      continue
    }
    const units: number[] = []
    while (at < bytes.length && bytes[at] !== 0) {
      const { unit, next } = readUnit(bytes, at)
      units.push(unit)
      at = next
    }
    at++
    key.push(textOf(units))
  }
  return key
}

/** In pieces, since a call takes only so many arguments. */
const textOf = (units: readonly number[]): string => {
  let text = ''
  for (let at = 0; at < units.length; at += 1024) text += String.fromCharCode(...units.slice(at, at + 1024))
  return text
}

/** Right behind everything that begins with these bytes: no element begins with 255. */
const after = (bytes: Uint8Array): Uint8Array => {
  const end = new Uint8Array(bytes.length + 1)
  end.set(bytes)
  end[bytes.length] = 0xff
  return end
}

/** Bounds of the store contract as LevelDB has them. */
export const keyRange = (
  place: Place,
  { lower, upper }: { readonly lower?: Bound; readonly upper?: Bound },
): { readonly gte: Uint8Array; readonly lt: Uint8Array } => {
  const from = encodeKey(place, lower?.key ?? [])
  const to = encodeKey(place, upper?.key ?? [])
  return { gte: lower?.isOpen ? after(from) : from, lt: upper?.isOpen ? to : after(to) }
}
