import { concatBytes } from '../bytes/concat.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { signBytes } from '../entry/sign.ts'
import { verifySignature } from '../entry/signature.ts'
import type { Side } from '../hello-claim.ts'
import type { PublicKey, Signature } from '../ids.ts'

const label = encodeUtf8('takibi/guest/1')

/** `"takibi/guest/1" ‖ side ‖ handshake hash` (flows.md §1.2): of this very connection, and of one end of it. */
const guestClaim = (side: Side, handshakeHash: Uint8Array): Uint8Array =>
  concatBytes(label, Uint8Array.of(side), handshakeHash)

/** Says on a connection that its `side` holds an invite. @param seed of the invite key */
export const signGuest = (seed: Uint8Array, side: Side, handshakeHash: Uint8Array): Signature =>
  signBytes(guestClaim(side, handshakeHash), seed)

/** Whether the `side` of this connection holds the invite. */
export const isGuestProof = (
  inviteKey: PublicKey,
  signature: Signature,
  side: Side,
  handshakeHash: Uint8Array,
): boolean => verifySignature(inviteKey, guestClaim(side, handshakeHash), signature)
