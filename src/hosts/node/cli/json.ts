import { bytesToHex } from '../../../core/bytes/hex.ts'

/** A whole number, as text where JavaScript's JSON would lose digits. */
const jsonInteger = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()

const replace = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return jsonInteger(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  return value instanceof Uint8Array ? bytesToHex(value) : value
}

/** What a program reads: bytes as hex, integers beyond 2^53 and numbers that JSON lacks as text. On one line. */
export const toJson = (value: unknown): string => JSON.stringify(value, replace)
