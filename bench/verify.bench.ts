import { webCryptoVerifier } from '../src/adapters/web/webcrypto-verifier.ts'
import { hexToBytes } from '../src/core/bytes/hex.ts'
import { publicKeyOf, signBytes } from '../src/core/entry/sign.ts'
import type { SignatureClaim } from '../src/ports/verifier.ts'
import type { Subject } from './harness/subject.ts'

const items = 10_000

/** Some hundred real signatures, asked for again and again: verifying costs the same each time. */
const someClaims = (): readonly SignatureClaim[] => {
  const seed = new Uint8Array(32).fill(7)
  const publicKey = publicKeyOf(seed)
  const distinct = Array.from({ length: 200 }, (_, index) => {
    const message = new Uint8Array(300).fill(index % 256)
    return { publicKey, message, signature: signBytes(message, seed) }
  })
  return Array.from({ length: items }, (_, index) => distinct[index % distinct.length] as SignatureClaim)
}

const isAllTrue = (verdicts: readonly boolean[]): void => {
  if (!verdicts.every(Boolean)) throw new Error('A good signature was refused')
}

export const subject: Subject = {
  name: 'verify',
  about:
    'Verifies 10,000 signatures under rule STRICT, by the port all entries go through. Floor: WebCrypto, one after another.',
  where: ['worker', 'node'],
  items,
  rounds: 5,
  prepare: async () => {
    const claims = someClaims()
    const [first] = claims
    if (!first) throw new Error('There is nothing to verify')
    const raw = hexToBytes(first.publicKey) as Uint8Array<ArrayBuffer>
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
    const oneByOne = async () => {
      const verdicts: boolean[] = []
      for (const { signature, message } of claims as readonly { signature: BufferSource; message: BufferSource }[])
        verdicts.push(await crypto.subtle.verify('Ed25519', key, signature, message))
      isAllTrue(verdicts)
    }
    const verifier = webCryptoVerifier()
    return [
      { name: 'WebCrypto, one after another', run: oneByOne },
      {
        name: 'strict, by the verifier port',
        run: async () => isAllTrue(await verifier.verify(claims)),
        floor: { name: 'WebCrypto, one after another', times: 1.2 },
      },
    ]
  },
}
