import { verifySignature } from '../core/entry/signature.ts'
import { type Side, helloClaim } from '../core/hello-claim.ts'
import type { PublicKey, Signature } from '../core/ids.ts'
import type { Hello } from './messages.ts'

/** The version of the protocol that this code speaks. */
const protocolVersion = 1

/** Understands `LogRanges`. Features have short names: every connection pays for them. */
export const compactTransfer = 'lr'
/** What this side can do beyond the least. */
const ownFeatures: readonly string[] = [compactTransfer]

/** Why a Hello is not believed. Ends the connection. */
export type HelloFailure =
  | { readonly code: 'hello/version-unsupported'; readonly version: number }
  /** Signed for another connection, for the other side of this one, or by another key. */
  | { readonly code: 'hello/signature-invalid'; readonly publicKey: PublicKey }

/** `agent`: program and version, at most 64 bytes. */
export const makeHello = (publicKey: PublicKey, signature: Signature, agent: string): Hello => ({
  type: 'Hello',
  protocolVersion,
  publicKey,
  signature,
  agent,
  features: ownFeatures,
})

/** Judges the Hello of `side`, on the connection that `handshakeHash` names; nothing where it is right. */
export function helloFailure(hello: Hello, side: Side, handshakeHash: Uint8Array): HelloFailure | undefined {
  if (hello.protocolVersion !== protocolVersion)
    return { code: 'hello/version-unsupported', version: hello.protocolVersion }
  const isSigned = verifySignature(hello.publicKey, helloClaim(side, handshakeHash), hello.signature)
  return isSigned ? undefined : { code: 'hello/signature-invalid', publicKey: hello.publicKey }
}
