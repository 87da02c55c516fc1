import { Point } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { bytesToHex, hexToBytes } from '../../src/core/bytes/hex.ts'

/**
 * Ed25519 signatures off the beaten track, with the verdict known from how they were made and not from any library.
 * Every point of the curve is x·B + t·T: B the base point, T one of order 8. Honest keys have t = 0.
 *
 *     A = a·B + t·T    R = r·B + u·T    S = r + k·a    so S·B - k·A = r·B - k·t·T, which is R just where k·t + u = 0 (mod 8)
 */

export interface SignatureCase {
  readonly class: string
  readonly name: string
  readonly publicKey: string
  readonly message: string
  readonly signature: string
  /** The verdict of rule STRICT. */
  readonly isValid: boolean
}

export const order = 2n ** 252n + 27742317777372353535851937790883648493n
const base = Point.BASE
/** One of the four points of order 8. */
const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')

/** The point of small order with this number, t·T. */
export const torsionPoint = (t: number): Point => torsion.multiply(BigInt(t % 8), false)
const mixed = (x: bigint, t: number): Point => base.multiply(x, false).add(torsionPoint(t))

export const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const toLittleEndian = (value: bigint): Uint8Array =>
  hexToBytes(value.toString(16).padStart(64, '0')).toReversed()
const fromLittleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHex(bytes.toReversed())}`)

/** A scalar that follows from its name: the same in every run. */
export const scalar = (name: string): bigint => fromLittleEndian(sha512(textBytes(name))) % order
/** The challenge k of RFC 8032, over the encodings as they are. */
const challenge = (r: Uint8Array, a: Uint8Array, message: Uint8Array): bigint =>
  fromLittleEndian(sha512(concatBytes(r, a, message))) % order

/** How a signature gets made: scalars, torsion and, where it is not the point's own, the encoding of A and R. */
export interface Recipe {
  readonly a: bigint
  readonly t: number
  readonly r: bigint
  readonly u: number
  readonly encodedA?: Uint8Array | undefined
  readonly encodedR?: Uint8Array | undefined
}

export interface Made {
  readonly publicKey: string
  readonly message: string
  readonly signature: string
  /** Whether the equation without the cofactor holds; the one with it always does. */
  readonly holds: boolean
}

/** The one signature that a recipe gives for a message. */
export function make({ a, t, r, u, encodedA, encodedR }: Recipe, message: Uint8Array): Made {
  const aBytes = encodedA ?? mixed(a, t).toBytes()
  const rBytes = encodedR ?? mixed(r, u).toBytes()
  const k = challenge(rBytes, aBytes, message)
  const s = (r + k * a) % order
  return {
    publicKey: bytesToHex(aBytes),
    message: bytesToHex(message),
    signature: bytesToHex(concatBytes(rBytes, toLittleEndian(s))),
    holds: (Number(k % 8n) * t + u) % 8 === 0,
  }
}

/** Random mixtures of torsion in A and R, by a seed: about one in eight holds. */
export function torsionMixed(seed: string, count: number): SignatureCase[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${seed}/${index}`
    const [t = 0, u = 0] = sha512(textBytes(`${name}/torsion`))
    const recipe = { a: scalar(`${name}/a`), t: t % 8, r: scalar(`${name}/r`), u: u % 8 }
    const { publicKey, message, signature, holds } = make(recipe, textBytes(name))
    return {
      class: 'random torsion',
      name: `${name}: A with ${recipe.t}·T, R with ${recipe.u}·T`,
      publicKey,
      message,
      signature,
      isValid: holds,
    }
  })
}
