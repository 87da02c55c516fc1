import type { PublicKey } from '../core/ids.ts'
import type { TransportAnswer, TransportQuestion } from '../core/transport-key/question.ts'

/**
 * The key by which this device is known to its peers: an Ed25519 key of its own, used for the Secret Handshake and to seal signals, and for
 * nothing else. Its private half never crosses this line, nor what it shares with another key. Rejects with `signer/refused` (not a question
 * of a handshake in its network, no signal, or a key of small order) or `signer/unavailable`.
 */
export interface TransportKey {
  readonly publicKey: () => Promise<PublicKey>
  readonly answer: (question: TransportQuestion, signal: AbortSignal) => Promise<TransportAnswer>
  /** Seals a signal for the device with this transport key (core/transport-key/signal-seal.ts). Sealed or not it has at most 4 KiB. */
  readonly seal: (to: PublicKey, plain: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>
  /** What this key sealed for us, or `undefined` where it did not. */
  readonly unseal: (from: PublicKey, sealed: Uint8Array, signal: AbortSignal) => Promise<Uint8Array | undefined>
}
