import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '../../core/bytes/hex.ts'
import { concatBytes } from '../../core/bytes/concat.ts'
import type { Fingerprint } from '../messages.ts'
import { encodeVarInt } from './varint.ts'

const sumBytes = 32

/** What stands for a set of ids: the first 16 bytes of SHA-256(sum, little-endian | varint(count)). `sum` is taken modulo 2^256. */
export function fingerprintOf(sum: bigint, count: number): Fingerprint {
  const littleEndian = new Uint8Array(sumBytes)
  const view = new DataView(littleEndian.buffer)
  for (let at = 0; at < sumBytes; at += 8) view.setBigUint64(at, BigInt.asUintN(64, sum >> BigInt(at * 8)), true)
  return bytesToHex(sha256(concatBytes(littleEndian, encodeVarInt(BigInt(count)))), 0, 16) as Fingerprint
}
