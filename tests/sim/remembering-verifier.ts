import { verifySignature } from '../../src/core/entry/signature.ts'
import type { SignatureClaim, Verifier } from '../../src/ports/verifier.ts'

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Each signature judged once, however often it comes: the same verdicts, sooner. */
export const rememberingVerifier = (): Verifier => {
  const verdicts = new Map<string, boolean>()
  const judge = ({ publicKey, message, signature }: SignatureClaim): boolean => {
    const key = `${publicKey}${binary(signature)}${binary(message)}`
    const known = verdicts.get(key) ?? verifySignature(publicKey, message, signature)
    verdicts.set(key, known)
    return known
  }
  return { verify: async (claims) => claims.map(judge) }
}
