import { hexToBytes } from '../../src/core/bytes/hex.ts'
import type { PublicKey, Signature } from '../../src/core/ids.ts'
import type { SignatureClaim, Verifier } from '../../src/ports/verifier.ts'
import type { SignatureCase } from './torsion.ts'

const toClaim = ({ publicKey, message, signature }: SignatureCase): SignatureClaim => ({
  publicKey: publicKey as PublicKey,
  message: hexToBytes(message),
  signature: hexToBytes(signature) as Signature,
})

/** Where a verifier and the known verdicts part, in words; empty when it keeps its contract. Needs no test runner: a browser page runs it too. */
export async function verdictsThatDiffer(verifier: Verifier, cases: readonly SignatureCase[]): Promise<string[]> {
  const verdicts = await verifier.verify(cases.map(toClaim))
  if (verdicts.length !== cases.length) return [`${verdicts.length} verdicts for ${cases.length} signatures`]
  return cases.flatMap((item, index) =>
    verdicts[index] === item.isValid
      ? []
      : [`${item.class} / ${item.name}: should be ${item.isValid}, was ${verdicts[index]}`],
  )
}
