import { verifySignature } from '../../core/entry/signature.ts'
import type { Verifier } from '../../ports/verifier.ts'

/** Judges one signature after the other in plain JavaScript: everywhere the same, in the same order, and slow. For simulations, and where the browser has no Ed25519. */
export const nobleVerifier = (): Verifier => ({
  verify: async (claims) =>
    claims.map(({ publicKey, message, signature }) => verifySignature(publicKey, message, signature)),
})
