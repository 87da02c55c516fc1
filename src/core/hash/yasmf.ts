import { bytesToHex, hexToBytes, isHex } from '../bytes/hex.ts'
import type { Hash } from '../ids.ts'
import { type Result, fail, ok } from '../result.ts'
import { blake3 } from './blake3.ts'

/** Not a YASMF hash of BLAKE3-256: `0020`, then 32 bytes (wire.md §1.2). */
export type HashFailure = { readonly code: 'hash/malformed' }

/** Bytes of a YASMF hash: type 0 (BLAKE3), length 32, digest. */
export const hashLength = 34
const prefix = '0020'
const malformed: Result<never, HashFailure> = fail({ code: 'hash/malformed' })

/** YASMF hash (BLAKE3-256) of the bytes. */
export const hashBytes = (bytes: Uint8Array): Hash => (prefix + bytesToHex(blake3(bytes))) as Hash

/** Text to hash: 68 lowercase hex digits beginning `0020`, or `hash/malformed`. */
export const parseHash = (text: string): Result<Hash, HashFailure> =>
  text.startsWith(prefix) && isHex(text, hashLength) ? ok(text as Hash) : malformed

/** The 34 bytes of a hash. */
export const hashToBytes = (hash: Hash): Uint8Array => hexToBytes(hash)

/** 34 bytes beginning `00 20` to hash, or `hash/malformed`. No other length byte passes (decisions.md 2). */
export const bytesToHash = (bytes: Uint8Array): Result<Hash, HashFailure> =>
  bytes.length === hashLength ? readHash(bytes, 0) : malformed

/** The hash that begins at `at`, or `hash/malformed`; `hashLength` bytes on lies what follows. */
export function readHash(bytes: Uint8Array, at: number): Result<Hash, HashFailure> {
  if (bytes[at] !== 0x00 || bytes[at + 1] !== 0x20 || at + hashLength > bytes.length) return malformed
  return ok(bytesToHex(bytes, at, at + hashLength) as Hash)
}
