import { describe, expect, test } from 'vitest'
import { nobleVerifier } from '../../src/adapters/memory/noble-verifier.ts'
import { remoteVerifier } from '../../src/adapters/web/verifier/remote-verifier.ts'
import { serveVerifier } from '../../src/adapters/web/verifier/serve-verifier.ts'
import { webCryptoVerifier } from '../../src/adapters/web/webcrypto-verifier.ts'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import { signedPart } from '../../src/core/entry/verify.ts'
import type { Verifier } from '../../src/ports/verifier.ts'
import { anEntry } from '../core/entry/build.ts'
import { aChannel } from '../hosts/ports.ts'
import edges from '../vectors/signature-edges.json'
import signatures from '../vectors/signatures.json'
import { type SignatureCase, make, scalar, textBytes, torsionMixed } from './torsion.ts'
import { verdictsThatDiffer } from './verifier.ts'

const seed = process.env['SEED'] ?? 'takibi'

/** A platform without Ed25519: what browsers before 2025 answer. */
const withoutEd25519 = { importKey: () => Promise.reject(new DOMException('', 'NotSupportedError')) }

const verifiers: readonly (readonly [string, () => Verifier])[] = [
  ['noble', nobleVerifier],
  ['WebCrypto', () => webCryptoVerifier()],
  [
    'WebCrypto at the other end of a port',
    () => {
      const [here, there] = aChannel()
      serveVerifier(webCryptoVerifier(), there)
      return remoteVerifier(here)
    },
  ],
  ['WebCrypto without Ed25519', () => webCryptoVerifier(withoutEd25519 as unknown as SubtleCrypto)],
]

/** The file's own verdicts, save that a small-order key is refused (rule STRICT). The file's signatures are over bytes and over the text of their hex. */
const released: SignatureCase[] = [
  ...signatures.vectors.flatMap(({ publicKey, messageHex, keyPairSign, ed25519OverDecodedBytes }) => [
    { name: 'over bytes', publicKey, message: messageHex, signature: ed25519OverDecodedBytes, isValid: true },
    {
      name: 'over hex',
      publicKey,
      message: Buffer.from(messageHex).toString('hex'),
      signature: keyPairSign,
      isValid: true,
    },
    { name: 'over hex, read as bytes', publicKey, message: messageHex, signature: keyPairSign, isValid: false },
  ]),
  ...signatures.negative.map(({ reason, publicKey, messageHex, signature }) => ({
    name: reason,
    publicKey,
    signature,
    isValid: false,
    message: Buffer.from(messageHex).toString('hex'),
  })),
].map((item) => ({ class: 'signatures.json', ...item }))

describe.each(verifiers)('%s keeps the Verifier contract', (_, create) => {
  test('[E5] gives the verdicts of rule STRICT in every case where libraries differ', async () => {
    expect(await verdictsThatDiffer(create(), edges.vectors)).toEqual([])
  })

  test('[E5] gives the verdicts of signatures.json, except for the small-order key', async () => {
    expect(await verdictsThatDiffer(create(), released)).toEqual([])
  })

  test(`[E5] gives the verdicts of arithmetic for random torsion (SEED=${seed})`, async () => {
    const cases = torsionMixed(seed, 400)
    expect(cases.some(({ isValid }) => isValid)).toBe(true)
    expect(await verdictsThatDiffer(create(), cases)).toEqual([])
  })

  test('[E5] answers in order, also for no claims and for more keys than it keeps', async () => {
    const verifier = create()
    expect(await verifier.verify([])).toEqual([])
    const many = Array.from({ length: 40 }, (__, index) => {
      const made = make({ a: scalar(`key ${index}`), t: 0, r: scalar('nonce'), u: 0 }, textBytes(`${index}`))
      const isValid = index % 3 !== 0
      return { class: 'many keys', name: `${index}`, ...made, message: isValid ? made.message : '00', isValid }
    })
    expect(await verdictsThatDiffer(verifier, many)).toEqual([])
    expect(await verdictsThatDiffer(verifier, many.toReversed())).toEqual([])
  })
})

describe('webCryptoVerifier', () => {
  test('[E5] sees every single flipped bit of a signed entry, unless its form gave it away', async () => {
    const { bytes } = anEntry({ seqNum: 8n })
    const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const copy = bytes.slice()
      copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7))
      return decodeEntry(copy)
    }).flatMap((decoded) => (decoded.ok ? [decoded.value] : []))
    const claims = flipped.map((entry) => ({ ...entry, message: signedPart(entry) }))
    expect(flipped.length).toBeGreaterThan(1000)
    expect(new Set(await webCryptoVerifier().verify(claims))).toEqual(new Set([false]))
  })

  test('[E5] imports a key once while it keeps it', async () => {
    let imports = 0
    const { subtle } = globalThis.crypto
    const counting = {
      importKey: (...args: Parameters<SubtleCrypto['importKey']>) => {
        imports += 1
        return subtle.importKey(...args)
      },
      verify: subtle.verify.bind(subtle),
    } as unknown as SubtleCrypto
    const verifier = webCryptoVerifier(counting, { keptKeys: 2 })
    const ofKey = (name: string): SignatureCase => ({
      class: 'cache',
      name,
      isValid: true,
      ...make({ a: scalar(name), t: 0, r: scalar('nonce'), u: 0 }, textBytes(name)),
    })
    const [a, b, c] = [ofKey('a'), ofKey('b'), ofKey('c')]
    expect(await verdictsThatDiffer(verifier, [a, b, a, b, a])).toEqual([])
    const first = imports
    expect(await verdictsThatDiffer(verifier, [c, a, b])).toEqual([])
    expect([first, imports]).toEqual([1 + 2, 1 + 2 + 2])
  })
})
