/** What the page of signatures.spec.ts runs: both backends against every case, in this browser. */
import { nobleVerifier } from '../../src/adapters/memory/noble-verifier.ts'
import { webCryptoVerifier } from '../../src/adapters/web/webcrypto-verifier.ts'
import { torsionMixed } from '../contracts/torsion.ts'
import { verdictsThatDiffer } from '../contracts/verifier.ts'
import edges from '../vectors/signature-edges.json'

/** Whether WebCrypto judged, or noble in its place. */
const hasEd25519 = (): Promise<boolean> =>
  crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']).then(
    () => true,
    () => false,
  )

Object.assign(globalThis, {
  compareVerdicts: async (seed: string, count: number) => {
    const cases = [...edges.vectors, ...torsionMixed(seed, count)]
    return {
      cases: cases.length,
      valid: cases.filter(({ isValid }) => isValid).length,
      hasEd25519: await hasEd25519(),
      webCrypto: await verdictsThatDiffer(webCryptoVerifier(), cases),
      noble: await verdictsThatDiffer(nobleVerifier(), cases),
    }
  },
})
