import type { PublicKey } from '../core/ids.ts'
import type { TransportAnswer, TransportQuestion } from '../core/transport-key/question.ts'

/**
 * The key by which this device is known to its peers: an Ed25519 key of its own, used for the Secret Handshake and for nothing else.
 * Its private half never crosses this line. Rejects with `signer/refused` (not a question of a handshake in its network, or an ephemeral
 * key of small order) or `signer/unavailable`.
 */
export interface TransportKey {
  readonly publicKey: () => Promise<PublicKey>
  readonly answer: (question: TransportQuestion, signal: AbortSignal) => Promise<TransportAnswer>
}
