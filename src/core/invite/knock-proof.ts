import { concatBytes } from '../bytes/concat.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { signBytes } from '../entry/sign.ts'
import { verifySignature } from '../entry/signature.ts'
import { hashToBytes } from '../hash/yasmf.ts'
import type { DocumentId, PublicKey, Signature } from '../ids.ts'

/** Who knocks, and with which request: what the proof of a knock is about. */
export interface Knocker {
  /** Its `key_group_membership_request_v1`. */
  readonly request: DocumentId
  /** Its person. */
  readonly person: DocumentId
}

const label = encodeUtf8('takibi/knock/1')

/** `"takibi/knock/1" ‖ request id ‖ person id` (flows.md §1.2): nobody can knock with the proof of somebody else. */
const knockClaim = ({ request, person }: Knocker): Uint8Array =>
  concatBytes(label, hashToBytes(request), hashToBytes(person))

/** The proof in a `group_knock_v1`. @param seed of the invite key */
export const signKnock = (seed: Uint8Array, knocker: Knocker): Signature => signBytes(knockClaim(knocker), seed)

/** Whether this knock was made by somebody who holds the invite. */
export const isKnockProof = (inviteKey: PublicKey, proof: Uint8Array, knocker: Knocker): boolean =>
  verifySignature(inviteKey, knockClaim(knocker), proof as Signature)
