import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '../../core/bytes/concat.ts'
import { publicKeyOf, signBytes } from '../../core/entry/sign.ts'
import { type NetworkId, takibiNetworkId } from '../../core/transport-key/network-id.ts'
import { toX25519Secret, x25519 } from '../../core/transport-key/x25519.ts'
import type { TransportKey } from '../../ports/transport-key.ts'
import { answerHandshake } from './answer-handshake.ts'
import { sealingWith } from './seal-signals.ts'

/**
 * A transport key from a seed that lies open in memory: for tests and simulations. As strict as a signer about what it answers.
 *
 * @param seed 32 bytes
 */
export function memoryTransportKey(seed: Uint8Array, networkId: NetworkId = takibiNetworkId): TransportKey {
  const publicKey = publicKeyOf(seed)
  const secret = toX25519Secret(seed)
  const sign = (message: Uint8Array) => signBytes(message, seed)
  const agree = (theirs: Uint8Array) => x25519(secret, theirs)
  let sealed = 0
  // Follows from the seed, as all that is random in a simulation.
  const nonce = () => sha256(concatBytes(seed, Uint8Array.of(sealed++ & 0xff, sealed >> 8))).subarray(0, 24)
  return {
    publicKey: () => Promise.resolve(publicKey),
    answer: async (question, signal) => {
      signal.throwIfAborted()
      return answerHandshake({ publicKey, networkId, sign, agree }, question)
    },
    ...sealingWith({ publicKey, agree, nonce }),
  }
}
