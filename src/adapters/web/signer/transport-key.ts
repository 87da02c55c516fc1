import { getPublicKeyAsync, signAsync } from '@noble/ed25519'
import { bytesToHex } from '../../../core/bytes/hex.ts'
import type { PublicKey, Signature } from '../../../core/ids.ts'
import { type NetworkId, takibiNetworkId } from '../../../core/transport-key/network-id.ts'
import { toPkcs8 } from '../../../core/transport-key/pkcs8.ts'
import type { TransportKey } from '../../../ports/transport-key.ts'
import { type TransportSecret, answerHandshake } from '../../memory/answer-handshake.ts'
import { sealingWith } from '../../memory/seal-signals.ts'
import type { KeyStore } from '../key-store.ts'
import { type WrappedSeed, withSeed, wrapSeed } from './wrapped-seed.ts'

/**
 * What lies in the key database (decision 8). Neither can be read out by a script of this origin, only used: `platform` is one seed as two of
 * the browser's own keys, Ed25519 and X25519; `wrapped` is the seed itself, for browsers that lack one of these curves.
 */
export type StoredTransportKey =
  | {
      readonly kind: 'platform'
      readonly publicKey: PublicKey
      readonly signing: CryptoKey
      readonly agreeing: CryptoKey
    }
  | ({ readonly kind: 'wrapped'; readonly publicKey: PublicKey } & WrappedSeed)

const asBuffer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>

/** Both keys of a seed as the browser's own, or undefined where it lacks a curve. */
async function importBoth(subtle: SubtleCrypto, seed: Uint8Array<ArrayBuffer>) {
  // An X25519 secret is half of the seed's SHA-512 (RFC 8032 §5.1.5); the curve clamps it itself.
  const half = new Uint8Array(await subtle.digest('SHA-512', seed)).subarray(0, 32)
  const [signing, agreeing] = [asBuffer(toPkcs8('Ed25519', seed)), asBuffer(toPkcs8('X25519', half))]
  try {
    return {
      signing: await subtle.importKey('pkcs8', signing, 'Ed25519', false, ['sign']),
      agreeing: await subtle.importKey('pkcs8', agreeing, 'X25519', false, ['deriveBits']),
    }
  } catch {
    return undefined // NotSupportedError, or a SyntaxError in older browsers
  } finally {
    for (const secret of [half, signing, agreeing]) secret.fill(0)
  }
}

/** One seed, kept in the form that this browser can use without showing it, and wiped. */
async function makeKey(subtle: SubtleCrypto): Promise<StoredTransportKey> {
  const seed = crypto.getRandomValues(new Uint8Array(32))
  try {
    const publicKey = bytesToHex(await getPublicKeyAsync(seed)) as PublicKey
    const both = await importBoth(subtle, seed)
    return both
      ? { kind: 'platform', publicKey, ...both }
      : { kind: 'wrapped', publicKey, ...(await wrapSeed(subtle, seed)) }
  } finally {
    seed.fill(0)
  }
}

type Powers = Pick<TransportSecret, 'sign' | 'agree'>

/** What the key can do, within this adapter. */
function powersOf(subtle: SubtleCrypto, key: StoredTransportKey): Powers {
  if (key.kind === 'wrapped')
    return {
      sign: (message) =>
        withSeed(subtle, key, async (seed) => (await signAsync(message, seed)) as Uint8Array as Signature),
      agree: async (publicKey) => {
        // Only browsers without X25519 load one.
        const { toX25519Secret, x25519 } = await import('../../../core/transport-key/x25519.ts')
        return withSeed(subtle, key, (seed) => {
          const secret = toX25519Secret(seed)
          const shared = x25519(secret, publicKey)
          secret.fill(0)
          return shared
        })
      },
    }
  const agree = async (publicKey: Uint8Array): Promise<Uint8Array | undefined> => {
    const theirs = await subtle.importKey('raw', asBuffer(publicKey), 'X25519', false, [])
    // WebCrypto rejects where all of the result is zero.
    const bits = await subtle.deriveBits({ name: 'X25519', public: theirs }, key.agreeing, 256).catch(() => undefined)
    return bits && new Uint8Array(bits)
  }
  return {
    sign: async (message) =>
      new Uint8Array(await subtle.sign('Ed25519', key.signing, asBuffer(message))) as Uint8Array as Signature,
    agree,
  }
}

/**
 * The transport key of this database; made, and kept, when there is none yet.
 * Call it under a lock: two callers at once would make two keys, and the second could not be kept.
 */
export async function openTransportKey(
  subtle: SubtleCrypto,
  store: KeyStore<StoredTransportKey>,
  networkId: NetworkId = takibiNetworkId,
): Promise<TransportKey> {
  const kept = await store.get()
  const key = kept ?? (await makeKey(subtle))
  if (!kept) await store.add(key)
  const nonce = () => crypto.getRandomValues(new Uint8Array(24))
  const secret = { publicKey: key.publicKey, networkId, nonce, ...powersOf(subtle, key) }
  return {
    publicKey: () => Promise.resolve(key.publicKey),
    answer: async (question, signal) => {
      signal.throwIfAborted()
      return answerHandshake(secret, question)
    },
    ...sealingWith(secret),
  }
}
