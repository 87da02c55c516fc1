import { encodeUtf8 } from './utf8.ts'

/** The canonical form of a float: the shortest width that keeps the value, one NaN. */
export type FloatWidth = 2 | 4 | 8

/** Bytes being written. Grows as needed; `writtenBytes` cuts it to size. */
export interface CborWriter {
  bytes: Uint8Array
  length: number
}

const initialBytes = 256
/** Characters up to which it costs less to write each of them than to call the encoder: nearly all names, many values. */
const shortText = 128
const scratch = new DataView(new ArrayBuffer(8))

export const cborWriter = (): CborWriter => ({ bytes: new Uint8Array(initialBytes), length: 0 })
export const writtenBytes = (writer: CborWriter): Uint8Array => writer.bytes.slice(0, writer.length)

/** Makes room and answers where to write. */
function reserve(writer: CborWriter, count: number): number {
  const at = writer.length
  writer.length += count
  if (writer.length > writer.bytes.length) {
    const grown = new Uint8Array(Math.max(writer.length, writer.bytes.length * 2))
    grown.set(writer.bytes.subarray(0, at))
    writer.bytes = grown
  }
  return at
}

function writeByte(writer: CborWriter, byte: number): void {
  const at = reserve(writer, 1)
  writer.bytes[at] = byte
}

function writeScratch(writer: CborWriter, initial: number, width: 1 | FloatWidth): void {
  const at = reserve(writer, 1 + width)
  writer.bytes[at] = initial
  for (let i = 0; i < width; i++) writer.bytes[at + 1 + i] = scratch.getUint8(i)
}

function writeHead(writer: CborWriter, major: number, argument: number | bigint): void {
  const initial = major << 5
  if (argument < 24) {
    writeByte(writer, initial | Number(argument))
  } else if (argument <= 0xff) {
    scratch.setUint8(0, Number(argument))
    writeScratch(writer, initial | 24, 1)
  } else if (argument <= 0xffff) {
    scratch.setUint16(0, Number(argument))
    writeScratch(writer, initial | 25, 2)
  } else if (argument <= 0xffffffff) {
    scratch.setUint32(0, Number(argument))
    writeScratch(writer, initial | 26, 4)
  } else {
    scratch.setBigUint64(0, BigInt(argument))
    writeScratch(writer, initial | 27, 8)
  }
}

/** An integer from -2^64 to 2^64-1; the caller keeps to narrower ranges. */
export const writeInt = (writer: CborWriter, value: number | bigint): void =>
  value < 0 ? writeHead(writer, 1, -1n - BigInt(value)) : writeHead(writer, 0, value)
/** The head of an array: its items follow. */
export const writeArray = (writer: CborWriter, count: number): void => writeHead(writer, 4, count)
/** The head of a map: key and value follow that many times, keys in the order of their UTF-8 bytes. */
export const writeMap = (writer: CborWriter, count: number): void => writeHead(writer, 5, count)

export function writeBytes(writer: CborWriter, value: Uint8Array): void {
  writeHead(writer, 2, value.length)
  const at = reserve(writer, value.length)
  writer.bytes.set(value, at)
}

export function writeText(writer: CborWriter, value: string): void {
  if (value.length <= shortText && isAscii(value)) {
    writeHead(writer, 3, value.length)
    const start = reserve(writer, value.length)
    for (let i = 0; i < value.length; i++) writer.bytes[start + i] = value.charCodeAt(i)
    return
  }
  const encoded = encodeUtf8(value)
  writeHead(writer, 3, encoded.length)
  const at = reserve(writer, encoded.length)
  writer.bytes.set(encoded, at)
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

export const writeBool = (writer: CborWriter, value: boolean): void => writeByte(writer, value ? 0xf5 : 0xf4)
export const writeNull = (writer: CborWriter): void => writeByte(writer, 0xf6)

/** A float in its shortest exact form; whole numbers stay floats. */
export function writeFloat(writer: CborWriter, value: number): void {
  const half = floatToHalf(value)
  if (half !== undefined) {
    scratch.setUint16(0, half)
    writeScratch(writer, 0xf9, 2)
  } else if (Math.fround(value) === value) {
    scratch.setFloat32(0, value)
    writeScratch(writer, 0xfa, 4)
  } else {
    scratch.setFloat64(0, value)
    writeScratch(writer, 0xfb, 8)
  }
}

/** How many bytes the canonical form of a float has after its initial byte. */
export const floatWidth = (value: number): FloatWidth =>
  floatToHalf(value) !== undefined ? 2 : Math.fround(value) === value ? 4 : 8

/** The bits of a half-precision float that is exactly this value, or `undefined` where there is none. NaN has one form only. */
function floatToHalf(value: number): number | undefined {
  if (Number.isNaN(value)) return 0x7e00
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (size === 0) return sign
  if (size === Infinity) return sign | 0x7c00
  if (size >= 2 ** 16 || size < 2 ** -24) return undefined
  // Below 2^-14 the steps no longer shrink: subnormals count in units of 2^-24.
  const exponent = Math.max(Math.floor(Math.log2(size)), -14)
  const steps = size * 2 ** (10 - exponent)
  if (!Number.isInteger(steps) || steps >= 2048) return undefined
  return sign | (steps < 1024 ? steps : ((exponent + 15) << 10) | (steps - 1024))
}
