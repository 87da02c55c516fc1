import { getPublicKeyAsync, signAsync } from '@noble/ed25519'
import { bytesToHex } from '../../../core/bytes/hex.ts'
import type { PublicKey, Signature } from '../../../core/ids.ts'
import type { KeyStore } from '../key-store.ts'
import { type WrappedSeed, withSeed, wrapSeed } from './wrapped-seed.ts'

/** A key pair whose private half can be used and not seen. */
export interface DeviceKey {
  readonly publicKey: PublicKey
  readonly sign: (message: Uint8Array) => Promise<Signature>
}

/**
 * What lies in the key database (identity.md §1.2). Neither can be read out by a script of this origin, only used:
 * `platform` is the browser's own Ed25519 key; `wrapped` is a seed under an AES key that never leaves the browser, for browsers without Ed25519.
 */
export type StoredKey =
  | { readonly kind: 'platform'; readonly publicKey: PublicKey; readonly privateKey: CryptoKey }
  | ({ readonly kind: 'wrapped'; readonly publicKey: PublicKey } & WrappedSeed)

const publicKeyOf = (bytes: Uint8Array): PublicKey => bytesToHex(bytes) as PublicKey
const bytesOf = (message: Uint8Array): Uint8Array<ArrayBuffer> => message as Uint8Array<ArrayBuffer>

async function makePlatformKey(subtle: SubtleCrypto): Promise<StoredKey | undefined> {
  try {
    const pair = await subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    const publicKey = publicKeyOf(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)))
    return { kind: 'platform', publicKey, privateKey: pair.privateKey }
  } catch {
    // NotSupportedError, or a SyntaxError in older browsers: there is no Ed25519 here.
    return undefined
  }
}

async function makeWrappedKey(subtle: SubtleCrypto): Promise<StoredKey> {
  const seed = crypto.getRandomValues(new Uint8Array(32))
  const wrapped = await wrapSeed(subtle, seed)
  const publicKey = publicKeyOf(await getPublicKeyAsync(seed))
  seed.fill(0)
  return { kind: 'wrapped', publicKey, ...wrapped }
}

/** A stored key, ready to sign. The seed of a wrapped one is in memory only while it signs. */
function readyKey(subtle: SubtleCrypto, key: StoredKey): DeviceKey {
  const { publicKey } = key
  if (key.kind === 'platform')
    return {
      publicKey,
      sign: async (message) =>
        new Uint8Array(await subtle.sign('Ed25519', key.privateKey, bytesOf(message))) as Uint8Array as Signature,
    }
  return {
    publicKey,
    sign: (message) =>
      withSeed(subtle, key, async (seed) => (await signAsync(message, seed)) as Uint8Array as Signature),
  }
}

/**
 * The key of this database; made, and kept, when there is none yet.
 * Call it under a lock: two callers at once would make two keys, and the second could not be kept.
 */
export async function openDeviceKey(subtle: SubtleCrypto, store: KeyStore<StoredKey>): Promise<DeviceKey> {
  const kept = await store.get()
  if (kept) return readyKey(subtle, kept)
  const made = (await makePlatformKey(subtle)) ?? (await makeWrappedKey(subtle))
  await store.add(made)
  return readyKey(subtle, made)
}
