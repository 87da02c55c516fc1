import type { PublicKey, Signature } from '../../core/ids.ts'
import type { NetworkId } from '../../core/transport-key/network-id.ts'
import { type TransportAnswer, type TransportQuestion, planAnswer } from '../../core/transport-key/question.ts'

/** A transport key as its adapter holds it. This is the raw power of it: no one outside the adapter gets to see it. */
export interface TransportSecret {
  readonly publicKey: PublicKey
  readonly networkId: NetworkId
  readonly sign: (message: Uint8Array) => Signature | Promise<Signature>
  /** X25519 of the key's secret and this public key, or undefined where that is of small order. */
  readonly agree: (publicKey: Uint8Array) => Uint8Array | undefined | Promise<Uint8Array | undefined>
}

/** Ports reject with plain failures; they survive being posted. */
export const refused = (reason: string): Error => ({ code: 'signer/refused', reason }) as unknown as Error

/** Answers a question of a handshake, the same way for every adapter, or rejects with `signer/refused`. */
export async function answerHandshake(secret: TransportSecret, question: TransportQuestion): Promise<TransportAnswer> {
  const task = planAnswer(question, secret.publicKey, secret.networkId)
  if (!task.ok) throw refused(task.error)
  const shared = await secret.agree(task.value.ephemeral)
  if (!shared || shared.every((byte) => byte === 0)) throw refused('the ephemeral key is of small order')
  const key = task.value.keyFrom(shared)
  shared.fill(0)
  return task.value.message ? { key, signature: await secret.sign(task.value.message) } : { key }
}
