import { getPublicKey, hashes, sign } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { assert } from '../assert.ts'
import { bytesToHex } from '../bytes/hex.ts'
import type { EncodedEntry, PublicKey, Signature } from '../ids.ts'
import { type UnsignedEntry, encodeUnsignedEntry, sealEntry } from './encode.ts'

// noble leaves SHA-512 to its host; this fixes it once for everything that signs here.
hashes.sha512 = sha512

/** Public key of an Ed25519 seed of 32 bytes. */
export const publicKeyOf = (seed: Uint8Array): PublicKey => bytesToHex(getPublicKey(seed)) as PublicKey

/** Ed25519 signature over the message by a seed of 32 bytes, synchronous (RFC 8032). */
export const signBytes = (message: Uint8Array, seed: Uint8Array): Signature => sign(message, seed) as Signature

/**
 * A signed entry by a seed that is at hand: for tests and the command line. A node signs in its signer.
 * What `encodeUnsignedEntry` refuses is a `Bug` here.
 */
export function signEntry(entry: Omit<UnsignedEntry, 'publicKey'>, seed: Uint8Array): EncodedEntry {
  const unsigned = encodeUnsignedEntry({ ...entry, publicKey: publicKeyOf(seed) })
  assert(unsigned.ok, `the entry can be signed (${unsigned.ok ? '' : unsigned.error.code})`)
  return sealEntry(unsigned.value, signBytes(unsigned.value, seed))
}
