import { assert } from '../../core/assert.ts'
import { isU64 } from '../../core/bytes/varu64.ts'

/** Negentropy's numbers: base 128, the most significant digit first, each byte but the last with its high bit set. At most 10 bytes. */
export function encodeVarInt(value: bigint): Uint8Array {
  assert(isU64(value), 'numbers of Negentropy fit 64 bits')
  const digits = [Number(value & 0x7fn)]
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) digits.unshift(Number(rest & 0x7fn) | 0x80)
  return Uint8Array.from(digits)
}

/** The number at `at` and where it ends; nothing where it is cut off, not in its shortest form or above 64 bits. */
export function decodeVarInt(
  bytes: Uint8Array,
  at: number,
): { readonly value: bigint; readonly next: number } | undefined {
  if (bytes[at] === 0x80) return undefined
  let value = 0n
  for (let next = at; next < at + 10; next++) {
    const digit = bytes[next]
    if (digit === undefined) return undefined
    value = (value << 7n) | BigInt(digit & 0x7f)
    if (digit < 0x80) return isU64(value) ? { value, next: next + 1 } : undefined
  }
  return undefined
}
