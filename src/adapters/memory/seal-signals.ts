import type { PublicKey } from '../../core/ids.ts'
import { maxSignalBytes } from '../../core/limits.ts'
import { openSignal, peerToAgreeWith, sealSignal } from '../../core/transport-key/signal-seal.ts'
import type { TransportKey } from '../../ports/transport-key.ts'
import { type TransportSecret, refused } from './answer-handshake.ts'

export interface SealingSecret extends Pick<TransportSecret, 'publicKey' | 'agree'> {
  /** 24 bytes that were never used before. */
  readonly nonce: () => Uint8Array
}

/** Uses what the two keys share, and forgets it. */
async function withShared<T>(secret: SealingSecret, peer: PublicKey, use: (shared: Uint8Array) => T): Promise<T> {
  const theirs = peerToAgreeWith(secret.publicKey, peer)
  if (!theirs.ok) throw refused(theirs.error)
  const shared = await secret.agree(theirs.value)
  if (!shared || shared.every((byte) => byte === 0)) throw refused('the other key of a signal is of small order')
  try {
    return use(shared)
  } finally {
    shared.fill(0)
  }
}

/** A copy, so that nobody who shares the memory changes it meanwhile. */
function bytesOf(given: unknown): Uint8Array {
  if (given instanceof Uint8Array && given.length <= maxSignalBytes) return new Uint8Array(given)
  throw refused('it was asked to seal or open something that is no signal')
}

/** Seals and opens signals, the same way for every adapter, or rejects with `signer/refused`. */
export const sealingWith = (secret: SealingSecret): Pick<TransportKey, 'seal' | 'unseal'> => ({
  seal: async (to, plain, signal) => {
    signal.throwIfAborted()
    const bytes = bytesOf(plain)
    return withShared(secret, to, (shared) => sealSignal(shared, { from: secret.publicKey, to }, secret.nonce(), bytes))
  },
  unseal: async (from, sealed, signal) => {
    signal.throwIfAborted()
    const bytes = bytesOf(sealed)
    return withShared(secret, from, (shared) => openSignal(shared, { from, to: secret.publicKey }, bytes))
  },
})
