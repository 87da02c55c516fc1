import { Point } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes } from '../bytes/concat.ts'
import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import type { PublicKey, Signature } from '../ids.ts'

/**
 * Ed25519 with one verdict everywhere (rule STRICT, decisions.md 3): S below the group order, the key A and the point R in their only
 * encoding and not of small order, and the equation without the cofactor. RFC 8032 leaves these open and libraries differ, so the cases
 * they differ in are refused before any of them is asked.
 */

const order = 2n ** 252n + 27742317777372353535851937790883648493n

/**
 * y of the eight points whose order divides 8, little-endian, without the sign bit. With either sign, and with those of their
 * encodings that are not reduced, they are the 14 small-order encodings.
 */
const smallOrderY: ReadonlySet<string> = new Set([
  `00${'00'.repeat(31)}`,
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])

/** Whether 32 bytes name a point in its only encoding (y below p = 2^255 - 19), and not one of small order. Not whether there is such a point. */
function isSoundPoint(hex: string): boolean {
  if (!odd.test(hex)) return true
  const high = Number.parseInt(hex.slice(62), 16) & 0x7f
  const y = hex.slice(0, 62) + high.toString(16).padStart(2, '0')
  return !notReduced.test(y) && !smallOrderY.has(y)
}

/** How all of the refused begin, and next to no others: after a byte zeros or ones, or as the two remaining points of small order do. */
const odd = /^(?:..(?:000000|ffffff)|26e8958f|c7176a70)/

/** p to 2^255 - 1, little-endian. */
const notReduced = /^(?:e[d-f]|f[0-9a-f])(?:ff){30}7f$/

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHex(bytes.toReversed())}`)

/**
 * What every backend checks before it asks its library: sizes, S below the group order, A and R canonical and not of small order.
 * With this, all libraries that verify without the cofactor agree (rule E5).
 */
export function isSoundSignature(publicKey: PublicKey, signature: Uint8Array): boolean {
  if (publicKey.length !== 64 || signature.length !== 64) return false
  // The order is a little more than 2^252: what is below that need not be compared.
  if (signature[63]! >= 0x10 && littleEndian(signature.subarray(32)) >= order) return false
  return isSoundPoint(publicKey) && isSoundPoint(bytesToHex(signature.subarray(0, 32)))
}

/** The point of a key, or undefined where the bytes name none. */
function pointOf(publicKey: PublicKey): Point | undefined {
  try {
    return Point.fromBytes(hexToBytes(publicKey))
  } catch {
    return undefined // noble's way to say that no point of the curve has this y
  }
}

/** Whether the signature over the message is by this key: rule STRICT, synchronous, about a thousand a second. Never throws. */
export function verifySignature(publicKey: PublicKey, message: Uint8Array, signature: Signature): boolean {
  if (!isSoundSignature(publicKey, signature)) return false
  const key = pointOf(publicKey)
  if (!key) return false
  const r = signature.subarray(0, 32)
  const s = littleEndian(signature.subarray(32))
  const k = littleEndian(sha512(concatBytes(r, hexToBytes(publicKey), message))) % order
  // S·B - k·A, compared as bytes: R never gets decoded, so it can't be read in two ways.
  const claimed = Point.BASE.multiply(s, false).subtract(key.multiply(k, false))
  return bytesToHex(claimed.toBytes()) === bytesToHex(r)
}
