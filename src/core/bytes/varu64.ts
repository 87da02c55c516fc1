import { assert } from '../assert.ts'
import { type Result, fail, ok } from '../result.ts'

/** What can be wrong with a varu64; `at` is the byte where it begins. */
export type VarU64Failure =
  | { readonly code: 'varu64/cut-off'; readonly at: number }
  /** A shorter form holds the same number. */
  | { readonly code: 'varu64/not-shortest'; readonly at: number }

export const maxU64 = 2n ** 64n - 1n

/** The first byte says a number up to this itself, or how many bytes follow: 247 + count (wire.md §1.1). */
const lastSingle = 247

/** Whether a number fits the 64 unsigned bits that log ids, sequence numbers and sizes have. */
export const isU64 = (value: bigint): boolean => value >= 0n && value <= maxU64

/** A u64 in its only form, 1 to 9 bytes. Out of range is a `Bug`: ask `isU64` first. */
export function encodeVarU64(value: bigint): Uint8Array {
  assert(isU64(value), 'a varu64 holds 0 to 2^64 - 1')
  if (value <= lastSingle) return Uint8Array.of(Number(value))
  let count = 1
  while (value >> BigInt(8 * count) > 0n) count++
  const bytes = new Uint8Array(1 + count)
  bytes[0] = lastSingle + count
  for (let at = count, rest = value; at > 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn)
  return bytes
}

/**
 * The varu64 at `at`, and where the next byte lies.
 * Refuses every form but the shortest (`varu64/not-shortest`) and what ends too early (`varu64/cut-off`).
 */
export function decodeVarU64(
  bytes: Uint8Array,
  at: number,
): Result<{ readonly value: bigint; readonly next: number }, VarU64Failure> {
  const first = bytes[at]
  if (first === undefined) return fail({ code: 'varu64/cut-off', at })
  if (first <= lastSingle) return ok({ value: BigInt(first), next: at + 1 })
  const count = first - lastSingle
  const next = at + 1 + count
  if (next > bytes.length) return fail({ code: 'varu64/cut-off', at })
  const top = bytes[at + 1] as number
  if (count === 1 ? top <= lastSingle : top === 0) return fail({ code: 'varu64/not-shortest', at })
  let value = 0n
  for (let index = at + 1; index < next; index++) value = (value << 8n) | BigInt(bytes[index] as number)
  return ok({ value, next })
}
