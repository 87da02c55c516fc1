import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '../bytes/concat.ts'
import { hexToBytes } from '../bytes/hex.ts'
import { verifySignature } from '../entry/signature.ts'
import type { PublicKey, Signature } from '../ids.ts'
import { parsePublicKey } from '../parse-ids.ts'
import { type Result, fail, ok } from '../result.ts'
import type { NetworkId } from './network-id.ts'
import { isCanonicalX25519 } from './canonical.ts'

/**
 * What the long-term key (the *transport key*) does in one Secret Handshake, and all that it does anywhere. The names are those of the protocol:
 * K the network, A and B the keys of the dialling and the answering side, a and b their ephemerals, s1 = a·b, s2 = a·B, s3 = A·b, h = SHA-256(s1).
 *
 * Whoever holds the key puts together what is signed, out of these parts, and hashes what it agrees on, so that nobody can have other bytes
 * signed, or see a shared secret of the long-term key. Ephemerals and secrets are 32 bytes.
 */
export type TransportQuestion =
  /** A, before message 3: signs K | B | h, and derives k4 = SHA-256(K | s1 | s2 | A·b), which opens message 4. */
  | {
      readonly ask: 'dial'
      readonly networkId: NetworkId
      readonly server: PublicKey
      readonly ephemeral: Uint8Array
      readonly s1: Uint8Array
      readonly s2: Uint8Array
    }
  /** B, on message 3: derives k3 = SHA-256(K | s1 | a·B), which opens it. Signs nothing. */
  | {
      readonly ask: 'open'
      readonly networkId: NetworkId
      readonly ephemeral: Uint8Array
      readonly s1: Uint8Array
    }
  /** B, before message 4: signs K | message 3's signature | A | h, once that signature holds, and derives k4 = SHA-256(K | s1 | a·B | s3). */
  | {
      readonly ask: 'accept'
      readonly networkId: NetworkId
      readonly client: PublicKey
      readonly clientSignature: Signature
      readonly ephemeral: Uint8Array
      readonly s1: Uint8Array
      readonly s3: Uint8Array
    }

/** A key of 32 bytes for one box, and a signature where the question wants one. */
export interface TransportAnswer {
  readonly key: Uint8Array
  readonly signature?: Signature
}

/** What is left to do with the key itself: agree with `ephemeral` and derive the box's key from that, and sign `message`, if there is one. */
export interface TransportTask {
  readonly ephemeral: Uint8Array
  readonly keyFrom: (shared: Uint8Array) => Uint8Array
  readonly message?: Uint8Array
}

/** K | B | h: what A signs. */
export const clientClaim = (networkId: NetworkId, server: PublicKey, s1: Uint8Array): Uint8Array =>
  concatBytes(hexToBytes(networkId), hexToBytes(server), sha256(s1))

/** K | message 3's signature | A | h: what B signs. */
export const serverClaim = (
  networkId: NetworkId,
  client: PublicKey,
  clientSignature: Signature,
  s1: Uint8Array,
): Uint8Array => concatBytes(hexToBytes(networkId), clientSignature, hexToBytes(client), sha256(s1))

const isSecret = (bytes: unknown): boolean => bytes instanceof Uint8Array && bytes.length === 32
const isKey = (text: unknown): boolean => typeof text === 'string' && parsePublicKey(text).ok

/** Why a question is not answered: it may come from a thread that somebody else runs by now, so nothing about its shape is believed. */
function objection(question: TransportQuestion, own: PublicKey, networkId: NetworkId): string | undefined {
  if (question.networkId !== networkId) return 'it was asked about another network'
  if (!isSecret(question.ephemeral) || !isCanonicalX25519(question.ephemeral)) return 'the ephemeral key is none'
  if (!isSecret(question.s1)) return 'the shared secret s1 is none'
  switch (question.ask) {
    case 'dial':
      if (!isSecret(question.s2)) return 'the shared secret s2 is none'
      return isKey(question.server) && question.server !== own ? undefined : 'the key to dial is none, or its own'
    case 'open':
      return undefined
    case 'accept': {
      if (!isSecret(question.s3)) return 'the shared secret s3 is none'
      if (!isKey(question.client) || question.client === own) return 'the key that dialled is none, or its own'
      if (!(question.clientSignature instanceof Uint8Array)) return 'the signature to answer is none'
      const claim = clientClaim(networkId, own, question.s1)
      const isClaimed = verifySignature(question.client, claim, question.clientSignature)
      return isClaimed ? undefined : 'the key that dialled did not sign for this session'
    }
  }
}

/** SHA-256(K | the parts). */
const boxKey = (networkId: NetworkId, ...parts: readonly Uint8Array[]): Uint8Array =>
  sha256(concatBytes(hexToBytes(networkId), ...parts))

/** A copy, so that nobody who shares the memory changes a part between the check and the use of it. */
const copyOf = (question: TransportQuestion): TransportQuestion =>
  Object.fromEntries(
    Object.entries(question).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? new Uint8Array(value) : value,
    ]),
  ) as unknown as TransportQuestion

/** What the key of `own` has to do for this question in its network, or why it does nothing. */
export function planAnswer(
  asked: TransportQuestion,
  own: PublicKey,
  networkId: NetworkId,
): Result<TransportTask, string> {
  const question = copyOf(asked)
  const reason = objection(question, own, networkId)
  if (reason !== undefined) return fail(reason)
  const { ephemeral, s1 } = question
  switch (question.ask) {
    case 'dial':
      return ok({
        ephemeral,
        keyFrom: (shared) => boxKey(networkId, s1, question.s2, shared),
        message: clientClaim(networkId, question.server, s1),
      })
    case 'open':
      return ok({ ephemeral, keyFrom: (shared) => boxKey(networkId, s1, shared) })
    case 'accept':
      return ok({
        ephemeral,
        keyFrom: (shared) => boxKey(networkId, s1, shared, question.s3),
        message: serverClaim(networkId, question.client, question.clientSignature, s1),
      })
  }
  return fail('it was asked something else')
}
