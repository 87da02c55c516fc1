import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '../bytes/concat.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { hexToBytes } from '../bytes/hex.ts'
import type { PublicKey } from '../ids.ts'
import { parsePublicKey } from '../parse-ids.ts'
import { type Result, fail, ok } from '../result.ts'
import { toX25519PublicKey } from './x25519.ts'

/**
 * How a signal is sealed between two transport keys (sync.md §7, as long as there are no groups):
 *
 *     sealed = nonce 24 B ‖ XChaCha20-Poly1305(key, nonce, data = from ‖ to)(plain)
 *     key    = HKDF-SHA-256(X25519 of both keys, info "takibi/signal/2"), 32 B
 *
 * Only the two can make or open one. The data says which of them did, so that whoever carries it cannot send it back as the other's.
 */
export interface SignalWay {
  readonly from: PublicKey
  readonly to: PublicKey
}

const nonceBytes = 24
const tagBytes = 16
const info = encodeUtf8('takibi/signal/2')
/** Bytes that sealing adds. */
export const sealBytes = nonceBytes + tagBytes

/** What the cipher needs, both ways. @param shared X25519 of both keys, 32 bytes */
const cipherOf = (shared: Uint8Array, { from, to }: SignalWay, nonce: Uint8Array) =>
  xchacha20poly1305(hkdf(sha256, shared, undefined, info, 32), nonce, concatBytes(hexToBytes(from), hexToBytes(to)))

/** @param nonce 24 bytes, random */
export const sealSignal = (shared: Uint8Array, way: SignalWay, nonce: Uint8Array, plain: Uint8Array): Uint8Array =>
  concatBytes(nonce, cipherOf(shared, way, nonce).encrypt(plain))

/** What was sealed, or `undefined` where this way's key did not seal it. Never throws. */
export function openSignal(shared: Uint8Array, way: SignalWay, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < sealBytes) return undefined
  try {
    return cipherOf(shared, way, sealed.subarray(0, nonceBytes)).decrypt(sealed.subarray(nonceBytes))
  } catch {
    return undefined // noble's way to say that the tag is another
  }
}

/** The X25519 key to agree with, or why the holder of `own` agrees with nobody: the peer may come from a thread that somebody else runs by now. */
export function peerToAgreeWith(own: PublicKey, peer: unknown): Result<Uint8Array, string> {
  const parsed = typeof peer === 'string' ? parsePublicKey(peer) : undefined
  if (!parsed?.ok || parsed.value === own) return fail('the other key of a signal is none, or its own')
  const key = toX25519PublicKey(parsed.value)
  return key ? ok(key) : fail('the other key of a signal is of small order')
}
