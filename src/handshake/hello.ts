import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, equalBytes, equalSecretly } from '../core/bytes/concat.ts'
import { hexToBytes } from '../core/bytes/hex.ts'
import { type Result, fail, ok } from '../core/result.ts'
import { isCanonicalX25519 } from '../core/transport-key/canonical.ts'
import type { NetworkId } from '../core/transport-key/network-id.ts'
import { x25519, x25519PublicKey } from '../core/transport-key/x25519.ts'
import type { HandshakeFailure, HandshakeStage } from './failure.ts'

/** Messages 1 and 2: `mac(ephemeral) | ephemeral`, 32 bytes each. They say "I know K", and bring the ephemeral key. */
export const helloBytes = 64
const macBytes = 32

/** NaCl's `crypto_auth`: the first half of HMAC-SHA-512. */
const mac = (networkId: NetworkId, message: Uint8Array): Uint8Array =>
  hmac(sha512, hexToBytes(networkId), message).subarray(0, macBytes)

/** The hello of an ephemeral secret. */
export function makeHello(networkId: NetworkId, ephemeral: Uint8Array): Uint8Array {
  const publicKey = x25519PublicKey(ephemeral)
  return concatBytes(mac(networkId, publicKey), publicKey)
}

/** The ephemeral key in a hello. */
export const ephemeralOf = (hello: Uint8Array): Uint8Array => hello.subarray(macBytes)

/** The first nonce of the direction that leads to whoever sent this hello. */
export const nonceOf = (hello: Uint8Array): Uint8Array => hello.slice(0, 24)

/**
 * Checks the peer's hello, and agrees with it: gives s1, the secret of both ephemerals.
 *
 * @param own our own hello, where it was sent before: the peer's has to be another
 */
export function agree(
  stage: HandshakeStage,
  networkId: NetworkId,
  ephemeral: Uint8Array,
  hello: Uint8Array,
  own?: Uint8Array,
): Result<Uint8Array, HandshakeFailure> {
  const theirs = ephemeralOf(hello)
  if (!equalSecretly(mac(networkId, theirs), hello.subarray(0, macBytes)))
    return fail({ code: 'handshake/wrong-network', stage })
  const isUsable = isCanonicalX25519(theirs) && !(own && equalBytes(theirs, ephemeralOf(own)))
  const s1 = isUsable ? x25519(ephemeral, theirs) : undefined
  return s1 ? ok(s1) : fail({ code: 'handshake/ephemeral-unusable', stage })
}
