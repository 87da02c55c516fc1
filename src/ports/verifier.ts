import type { PublicKey, Signature } from '../core/ids.ts'

/** One signature to judge. */
export interface SignatureClaim {
  readonly publicKey: PublicKey
  readonly message: Uint8Array
  readonly signature: Signature
}

/** Judges many signatures, in parallel where the platform can. All adapters give the verdict of `core/entry/signature.ts` (rule STRICT). */
export interface Verifier {
  readonly verify: (claims: readonly SignatureClaim[]) => Promise<readonly boolean[]>
}
