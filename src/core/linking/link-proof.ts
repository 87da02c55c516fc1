import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, equalSecretly } from '../bytes/concat.ts'
import { hashToBytes } from '../hash/yasmf.ts'
import type { Side } from '../hello-claim.ts'
import type { DocumentId } from '../ids.ts'

/** Bytes of the secret in a linking code. */
export const linkSecretBytes = 16

/** What one side of a connection proves: that it saw the screen, and which person it speaks for, where it is a device already. */
export interface LinkClaim {
  readonly side: Side
  readonly handshakeHash: Uint8Array
  /** The person: said by the known device only. */
  readonly group?: DocumentId
}

const nothing = new Uint8Array()

/** `HMAC-SHA-256(s, side ‖ handshake hash [‖ person])` (identity.md §1.4), 32 bytes: of this connection, this side of it, and this person. */
export const linkProof = (secret: Uint8Array, { side, handshakeHash, group }: LinkClaim): Uint8Array =>
  hmac(sha256, secret, concatBytes(Uint8Array.of(side), handshakeHash, group ? hashToBytes(group) : nothing))

/** Whether whoever said so knows the secret. */
export const isLinkProof = (secret: Uint8Array, claim: LinkClaim, mac: Uint8Array): boolean =>
  equalSecretly(linkProof(secret, claim), mac)
