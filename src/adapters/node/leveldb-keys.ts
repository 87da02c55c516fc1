import type { Bound, IndexKey } from '../../ports/store.ts'
import { type Table, tables } from '../layout/tables.ts'

/**
 * Keys as bytes whose order is the order of IndexedDB:
 *
 *     | table | element | element | …        number: 1, then 8 bytes of the double, so turned that they sort
 *        1                                   text:   2, then UTF-16 units, then 00 00 (a unit 0 is 00 01 00 00, a unit 1 is 00 01 00 01)
 *
 * A list ends without a mark, so a prefix comes before what it begins.
 */
const numberTag = 1
const textTag = 2
const unitBytes = 2

/** Rows of the index over views: the place of a table that does not exist otherwise. */
export type Place = Table | 'k'
const placeByte = (place: Place): number => (place === 'k' ? tables.length : tables.indexOf(place))

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

/** At most this many bytes: every unit of a text may need four. */
const roomFor = (key: IndexKey): number =>
  key.reduce((room: number, element) => room + (typeof element === 'number' ? 9 : 3 + 4 * element.length), 1)

/** A key of a table (or of the index) as bytes. */
export const encodeKey = (place: Place, key: IndexKey): Uint8Array => {
  const bytes = new Uint8Array(roomFor(key))
  const view = new DataView(bytes.buffer)
  let at = 1
  bytes[0] = placeByte(place)
  const writeUnit = (unit: number): void => {
    view.setUint16(at, unit)
    at += unitBytes
  }
  for (const element of key) {
    bytes[at++] = typeof element === 'number' ? numberTag : textTag
    if (typeof element === 'number') {
      writeNumber(view, at, element)
      at += 8
      continue
    }
    for (let index = 0; index < element.length; index++) {
      const unit = element.charCodeAt(index)
      if (unit <= 1) writeUnit(1)
      writeUnit(unit)
    }
    writeUnit(0)
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
    for (let unit = view.getUint16(at); unit !== 0; unit = view.getUint16(at)) {
      if (unit === 1) at += unitBytes
      units.push(view.getUint16(at))
      at += unitBytes
    }
    at += unitBytes
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
