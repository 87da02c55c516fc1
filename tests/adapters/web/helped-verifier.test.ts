import { expect, test } from 'vitest'
import { type Helper, helpedVerifier } from '../../../src/adapters/web/verifier/helped-verifier.ts'
import { remoteVerifier } from '../../../src/adapters/web/verifier/remote-verifier.ts'
import { serveVerifier } from '../../../src/adapters/web/verifier/serve-verifier.ts'
import { webCryptoVerifier } from '../../../src/adapters/web/webcrypto-verifier.ts'
import { signedPart } from '../../../src/core/entry/verify.ts'
import type { SignatureClaim, Verifier } from '../../../src/ports/verifier.ts'
import { anEntry } from '../../core/entry/build.ts'
import { until } from '../../engine/support.ts'
import { aChannel } from '../../hosts/ports.ts'

const entry = anEntry({ seqNum: 8n })
const good: SignatureClaim = { ...entry, message: signedPart(entry) }
const bad: SignatureClaim = { ...good, message: signedPart(entry).slice(1) }
/** A call large enough for a helper: every fifth signature is wrong. */
const many = Array.from({ length: 40 }, (_, index) => (index % 5 === 0 ? bad : good))
const verdicts = many.map((claim) => claim === good)

/** A verifier that counts what it judges. */
const counting = (): Verifier & { judged: number } => {
  const verifier = webCryptoVerifier()
  const counter = {
    judged: 0,
    verify: (claims: readonly SignatureClaim[]) => {
      counter.judged += claims.length
      return verifier.verify(claims)
    },
  }
  return counter
}

/** A verifier with helpers at the other end of ports, where it asks for them. */
const helped = (options: { readonly patience: number; readonly idleMs?: number }) => {
  const here = counting()
  const there = counting()
  const helpers: (Helper & { readonly lose: () => void; hasEnded: boolean })[] = []
  const open = (): Helper => {
    const [near, far] = aChannel()
    serveVerifier(there, far)
    const verifier = remoteVerifier(near)
    const helper = { verifier, lose: verifier.fail, hasEnded: false, end: () => void (helper.hasEnded = true) }
    helpers.push(helper)
    return helper
  }
  return { here, there, helpers, verifier: helpedVerifier(here, open, options) }
}

/** Judges large calls until the helper answers them. */
const warmUp = async ({ verifier, there }: ReturnType<typeof helped>): Promise<void> => {
  for (let turn = 0; turn < 100 && there.judged === 0; turn++) {
    expect(await verifier.verify(many)).toEqual(verdicts)
    await new Promise((resolve) => setTimeout(resolve))
  }
  expect(there.judged).toBeGreaterThan(0)
}

test('[E5] much to judge goes to a helper, once it has started, with the same verdicts', async () => {
  const all = helped({ patience: 100 })
  await all.verifier.verify(many)
  expect(all.helpers).toHaveLength(0)
  await warmUp(all)
  const before = all.here.judged
  expect(await all.verifier.verify(many)).toEqual(verdicts)
  expect(all.here.judged).toBe(before)
  expect(all.helpers).toHaveLength(1)
})

test('a few signatures are judged here, however often they come', async () => {
  const { verifier, helpers } = helped({ patience: 10 })
  for (let turn = 0; turn < 10; turn++) expect(await verifier.verify([good, bad])).toEqual([true, false])
  expect(helpers).toHaveLength(0)
})

test('[E5] what a lost helper was judging is judged here, and later there is another', async () => {
  const all = helped({ patience: 40 })
  await warmUp(all)
  const asked = all.verifier.verify(many)
  all.helpers[0]!.lose()
  expect(await asked).toEqual(verdicts)
  expect(all.helpers[0]!.hasEnded).toBe(true)
  expect(await all.verifier.verify(many)).toEqual(verdicts)
  expect(all.helpers).toHaveLength(2)
})

test('a helper with nothing to do is ended', async () => {
  const all = helped({ patience: 40, idleMs: 1 })
  await all.verifier.verify(many)
  expect(all.helpers).toHaveLength(1)
  await until(() => all.helpers[0]!.hasEnded)
})

test('[E5] a device without a second core judges all of it here', async () => {
  const here = counting()
  const verifier = helpedVerifier(here, () => undefined, { patience: 40 })
  for (let turn = 0; turn < 3; turn++) expect(await verifier.verify(many)).toEqual(verdicts)
  expect(here.judged).toBe(3 * many.length)
})
