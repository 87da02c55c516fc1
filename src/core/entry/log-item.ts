import { concatBytes } from '../bytes/concat.ts'
import { hexToBytes } from '../bytes/hex.ts'
import { hashBytes, hashToBytes } from '../hash/yasmf.ts'
import type { Hash } from '../ids.ts'
import type { LogKey } from './entry.ts'

/** "fork", before what names the log. */
const forkLabel = Uint8Array.of(0x66, 0x6f, 0x72, 0x6b)
/** Where the digest begins in a YASMF hash. */
const digestAt = 2

const u64Bytes = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value)
  return bytes
}

/**
 * What stands for a forked log where replicas compare their logs, whatever branch each of them holds: the hash of `"fork" ‖ key ‖ log id`
 * (8 bytes, big-endian). sync.md §4.
 */
export const forkHash = ({ publicKey, logId }: LogKey): Hash =>
  hashBytes(concatBytes(forkLabel, hexToBytes(publicKey), u64Bytes(logId)))

/** The digest of a hash as a number, little-endian: what Negentropy adds up to compare sets. */
export function hashToNumber(hash: Hash): bigint {
  const bytes = hashToBytes(hash)
  const view = new DataView(bytes.buffer, bytes.byteOffset + digestAt)
  return (
    view.getBigUint64(0, true) |
    (view.getBigUint64(8, true) << 64n) |
    (view.getBigUint64(16, true) << 128n) |
    (view.getBigUint64(24, true) << 192n)
  )
}

/** Sums of such numbers are taken modulo 2^256. */
export const addHashes = (sum: bigint, more: bigint): bigint => BigInt.asUintN(256, sum + more)
