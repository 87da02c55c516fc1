import { assert } from '../assert.ts'

const byteToHex: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Newer engines write hex themselves, many times faster. */
const hasToHex = 'toHex' in Uint8Array.prototype

/** Bytes to lowercase hex: all of them, or those from `start` to before `end`. */
export function bytesToHex(bytes: Uint8Array, start = 0, end = bytes.length): string {
  if (hasToHex) return (bytes.subarray(start, end) as unknown as { readonly toHex: () => string }).toHex()
  let text = ''
  for (let at = start; at < end; at++) text += byteToHex[bytes[at] as number]
  return text
}

/** Value of one lowercase hex digit by its character code; -1 for anything else. */
function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  if (code >= 97 && code <= 102) return code - 87
  return -1
}

/** Whether `text` is lowercase hex of exactly `bytes` bytes. Upper case is refused: one value, one text. */
export function isHex(text: string, bytes: number): boolean {
  if (text.length !== bytes * 2) return false
  for (let at = 0; at < text.length; at++) if (digit(text.charCodeAt(at)) < 0) return false
  return true
}

/** Lowercase hex to bytes, for text that was parsed before: anything else is a `Bug`, so ask `isHex` first about text from outside. */
export function hexToBytes(text: string): Uint8Array {
  assert(text.length % 2 === 0, 'hex text has an even number of digits')
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at++) {
    const high = digit(text.charCodeAt(at * 2))
    const low = digit(text.charCodeAt(at * 2 + 1))
    assert(high >= 0 && low >= 0, 'hex text holds only 0-9 and a-f')
    bytes[at] = high * 16 + low
  }
  return bytes
}
