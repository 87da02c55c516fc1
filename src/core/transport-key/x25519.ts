import { montgomery } from '@noble/curves/abstract/montgomery.js'
import { pow } from '@noble/curves/abstract/modular.js'
import { Point } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { assert } from '../assert.ts'
import { hexToBytes } from '../bytes/hex.ts'
import type { PublicKey } from '../ids.ts'

/** X25519 (RFC 7748), and the way from an Ed25519 key to it. Everything is 32 bytes, little-endian. */

const p = 2n ** 255n - 19n
const inverse = (x: bigint): bigint => pow(x, p - 2n, p)

/** u of the Montgomery curve for a point of the Edwards curve that is not its identity: (1 + y) / (1 - y) = (Z + Y) / (Z - Y). */
const uOf = ({ Y, Z }: Point): bigint => ((Z + Y) * inverse((Z - Y + p) % p)) % p

/** In place: a multiple of 8, so that no part of small order survives, and of one length. */
function clamp(secret: Uint8Array): Uint8Array {
  const [first = 0] = secret
  const last = secret[31] ?? 0
  secret[0] = first & 248
  secret[31] = (last & 127) | 64
  return secret
}

const curve = montgomery({
  P: p,
  type: 'x25519',
  powPminus2: inverse,
  adjustScalarBytes: clamp,
  // Three times faster than the ladder, by tables that signing needs anyway. Clamped, a secret is no multiple of the order.
  scalarMultBase: (secret) => uOf(Point.BASE.multiply(secret % Point.CURVE().n)),
})

/** Public half of a secret. */
export const x25519PublicKey = (secret: Uint8Array): Uint8Array => curve.scalarMultBase(secret)

/** What both sides of `secret` and `publicKey` compute, or undefined where the public key is of small order: then everybody could compute it. */
export function x25519(secret: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined {
  assert(secret.length === 32 && publicKey.length === 32, 'X25519 takes 32 bytes twice')
  try {
    return curve.scalarMult(secret, publicKey)
  } catch {
    return undefined // noble's way to say small order
  }
}

/**
 * The X25519 key of an Ed25519 key, or undefined where that is not the canonical encoding of a point of the prime-order subgroup other than its identity:
 * with a key of small order, messages could be opened and signed by people who do not have it. About a millisecond.
 */
export function toX25519PublicKey(publicKey: PublicKey): Uint8Array | undefined {
  const point = pointOf(hexToBytes(publicKey))
  if (!point || point.isSmallOrder() || !point.isTorsionFree()) return undefined
  return hexToBytes(uOf(point).toString(16).padStart(64, '0')).reverse()
}

const pointOf = (bytes: Uint8Array): Point | undefined => {
  try {
    return Point.fromBytes(bytes)
  } catch {
    return undefined // noble's way to say that this encodes no point
  }
}

/** The X25519 secret of an Ed25519 seed (RFC 8032 §5.1.5): the half of its SHA-512 that Ed25519 itself multiplies with. */
export const toX25519Secret = (seed: Uint8Array): Uint8Array => clamp(sha512(seed).slice(0, 32))
