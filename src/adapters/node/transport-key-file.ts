import { createPublicKey, diffieHellman, randomBytes, sign } from 'node:crypto'
import { hexToBytes } from '../../core/bytes/hex.ts'
import { publicKeyOf } from '../../core/entry/sign.ts'
import type { Signature } from '../../core/ids.ts'
import { type NetworkId, takibiNetworkId } from '../../core/transport-key/network-id.ts'
import { toX25519Secret } from '../../core/transport-key/x25519.ts'
import type { TransportKey } from '../../ports/transport-key.ts'
import { answerHandshake } from '../memory/answer-handshake.ts'
import { sealingWith } from '../memory/seal-signals.ts'
import { openSeedFile, privateKeyOf } from './seed-file.ts'

/** DER of an X25519 public key, up to its bytes (RFC 8410). */
const spkiPrefix = hexToBytes('302a300506032b656e032100')

/**
 * The transport key in a file of its own, mode 0600, made on first use.
 * Rejects with `host/key-file` where the file is readable by others or holds something else.
 */
export const openTransportKeyFile = async (path: string, networkId?: NetworkId): Promise<TransportKey> =>
  transportKeyOfSeed(await openSeedFile(path), networkId)

/** The transport key of this seed, which is wiped. */
export function transportKeyOfSeed(seed: Uint8Array, networkId: NetworkId = takibiNetworkId): TransportKey {
  const publicKey = publicKeyOf(seed)
  const half = toX25519Secret(seed)
  const [signing, agreeing] = [privateKeyOf('Ed25519', seed), privateKeyOf('X25519', half)]
  seed.fill(0)
  half.fill(0)

  const agree = (theirs: Uint8Array): Uint8Array | undefined => {
    const key = Buffer.concat([spkiPrefix, theirs])
    try {
      return diffieHellman({ privateKey: agreeing, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) })
    } catch {
      return undefined // OpenSSL's way to say that all of the result is zero
    }
  }
  const secret = {
    publicKey,
    networkId,
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, signing)) as Uint8Array as Signature,
    agree,
    nonce: () => new Uint8Array(randomBytes(24)),
  }
  return {
    publicKey: () => Promise.resolve(publicKey),
    answer: async (question, signal) => {
      signal.throwIfAborted()
      return answerHandshake(secret, question)
    },
    ...sealingWith(secret),
  }
}
