/**
 * Writes tests/vectors/signature-edges.json: Ed25519 signatures that libraries judge differently, with the verdict of rule STRICT.
 * Nothing in it is random: a second run writes the same file. Vite strips the types:
 *
 *     node -e "import('vite').then((vite) => vite.runnerImport('./scripts/make-signature-edges.ts'))"
 */
import { writeFileSync } from 'node:fs'
import { concatBytes } from '../src/core/bytes/concat.ts'
import { bytesToHex, hexToBytes } from '../src/core/bytes/hex.ts'
import {
  type Made,
  type Recipe,
  type SignatureCase,
  make,
  order,
  scalar,
  textBytes,
  toLittleEndian,
  torsionPoint,
} from '../tests/contracts/torsion.ts'

const p = 2n ** 255n - 19n
const cases: SignatureCase[] = []

function add(of: string, name: string, { publicKey, message, signature }: Omit<Made, 'holds'>, isValid: boolean): void {
  cases.push({ class: of, name, publicKey, message, signature, isValid })
}

/** Whether some challenge makes k·t + u = 0 (mod 8). */
const canHold = (t: number, u: number): boolean => [0, 1, 2, 3, 4, 5, 6, 7].some((k) => (k * t + u) % 8 === 0)

/** The recipe with the first message for which the equation without the cofactor holds, or does not. */
function makeThat(holds: boolean, recipe: Recipe, name: string): Made {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const made = make(recipe, textBytes(`${name}/${attempt}`))
    if (made.holds === holds) return made
  }
  throw new Error(`No message makes the equation ${holds ? 'hold' : 'fail'} for ${name}`)
}

/** y as its 32 bytes, with the sign of x on top. */
const encodePoint = (y: bigint, sign: 0 | 1): Uint8Array => toLittleEndian(y | (BigInt(sign) << 255n))

/** The 14 encodings of the 8 points of small order: t·T is the point, the bytes are what stands for it. */
const smallOrderEncodings: readonly { readonly t: number; readonly bytes: Uint8Array; readonly name: string }[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((t) => ({ t, bytes: torsionPoint(t).toBytes(), name: `${t}·T` })),
  { t: 0, bytes: encodePoint(1n, 1), name: '0·T, x = 0 with a sign' },
  { t: 0, bytes: encodePoint(p + 1n, 0), name: '0·T, y not reduced' },
  { t: 0, bytes: encodePoint(p + 1n, 1), name: '0·T, y not reduced, x = 0 with a sign' },
  { t: 4, bytes: encodePoint(p - 1n, 1), name: '4·T, x = 0 with a sign' },
  ...[2, 6].map((t) => {
    const sign = ((torsionPoint(t).toBytes()[31] as number) >> 7) as 0 | 1
    return { t, bytes: encodePoint(p, sign), name: `${t}·T, y not reduced` }
  }),
]

const a = scalar('takibi/key')
const r = scalar('takibi/nonce')

function honest(): void {
  const valid = make({ a, t: 0, r, u: 0 }, textBytes('an honest signature'))
  const empty = make({ a, t: 0, r, u: 0 }, textBytes(''))
  add('honest', 'valid', valid, true)
  add('honest', 'empty message', empty, true)
  add('honest', 'other message', { ...valid, message: empty.message }, false)
  const other = make({ a: scalar('another key'), t: 0, r, u: 0 }, textBytes('an honest signature'))
  add('honest', 'other key', { ...valid, publicKey: other.publicKey }, false)
  for (const length of [0, 32, 63, 65]) {
    const signature = `${valid.signature}00`.slice(0, length * 2)
    add('size', `a signature of ${length} bytes`, { ...valid, signature }, false)
  }
}

function largeS(): void {
  const valid = make({ a, t: 0, r, u: 0 }, textBytes('large S'))
  const s = BigInt(`0x${bytesToHex(hexToBytes(valid.signature).subarray(32).toReversed())}`)
  const withS = (value: bigint): Made => ({
    ...valid,
    signature: valid.signature.slice(0, 64) + bytesToHex(toLittleEndian(value)),
  })
  add('S', 'below the order', withS(s), true)
  for (const times of [1n, 2n, 8n, 14n]) add('S', `S + ${times} times the order`, withS(s + times * order), false)
  add('S', 'the order itself', withS(order), false)
  add('S', 'the order and one', withS(order + 1n), false)
  add('S', 'all ones', withS(2n ** 256n - 1n), false)
  add('S', 'zero', withS(0n), false)
}

function smallOrder(): void {
  for (const { t, bytes, name } of smallOrderEncodings) {
    add('small-order A', name, makeThat(true, { a: 0n, t, r, u: 0, encodedA: bytes }, `A ${name}`), false)
    // R = u·T asks for k·t + u = 0, so A brings torsion of at least that order.
    const recipe = { a, t: t === 0 ? 0 : 1, r: 0n, u: t, encodedR: bytes }
    add('small-order R', name, makeThat(true, recipe, `R ${name}`), false)
    for (const of of smallOrderEncodings.filter((encoding) => canHold(encoding.t, t))) {
      const both = { a: 0n, t: of.t, r: 0n, u: t, encodedA: of.bytes, encodedR: bytes }
      add('small-order A and R', `A ${of.name}, R ${name}`, makeThat(true, both, `A ${of.name}, R ${name}`), false)
    }
  }
}

function mixedTorsion(): void {
  for (let t = 0; t < 8; t++) {
    for (let u = 0; u < 8; u++) {
      if (t === 0 && u === 0) continue
      const name = `A with ${t}·T, R with ${u}·T`
      if (canHold(t, u)) add('mixed torsion', `${name}, holds`, makeThat(true, { a, t, r, u }, `${name} holds`), true)
      add(
        'mixed torsion',
        `${name}, holds only with the cofactor`,
        makeThat(false, { a, t, r, u }, `${name} fails`),
        false,
      )
    }
  }
}

/** Encodings that are not reduced, or that name no point. Nobody knows the scalars of these points, so no equation can be made to hold. */
function notReduced(): void {
  const valid = make({ a, t: 0, r, u: 0 }, textBytes('not reduced'))
  for (let y = 0n; y < 19n; y++) {
    for (const sign of [0, 1] as const) {
      const bytes = bytesToHex(encodePoint(p + y, sign))
      add('not reduced', `A is p + ${y}, sign ${sign}`, { ...valid, publicKey: bytes }, false)
      add(
        'not reduced',
        `R is p + ${y}, sign ${sign}`,
        { ...valid, signature: bytes + valid.signature.slice(64) },
        false,
      )
    }
  }
  const noPoint = bytesToHex(encodePoint(2n, 0))
  add('no point', 'A', { ...valid, publicKey: noPoint }, false)
  add('no point', 'R', { ...valid, signature: noPoint + valid.signature.slice(64) }, false)
  const zeros = bytesToHex(concatBytes(new Uint8Array(32), new Uint8Array(32)))
  add('no point', 'all zeros for a signature', { ...valid, signature: zeros }, false)
}

honest()
largeS()
smallOrder()
mixedTorsion()
notReduced()

const file = {
  about:
    'Ed25519 signatures that libraries judge differently. isValid is the verdict of rule STRICT, known from how each was made: S below the order, A and R canonical and not of small order, equation without cofactor.',
  source: 'scripts/make-signature-edges.ts',
  vectors: cases,
}
writeFileSync(
  new URL('../tests/vectors/signature-edges.json', import.meta.url),
  `${JSON.stringify(file, undefined, 1)}\n`,
)
