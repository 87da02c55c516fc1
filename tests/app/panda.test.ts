import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { accessories, pandaTraits } from '../../src/app/panda/panda-traits.ts'

const keys = Array.from({ length: 512 }, (_, n) => createHash('sha256').update(`key ${n}`).digest('hex'))

test('the same key has the same face, on every device', () => {
  expect(pandaTraits('00'.repeat(32))).toEqual(pandaTraits('00'.repeat(32)))
  expect(pandaTraits(keys[3]!)).toMatchObject({ accessory: expect.stringMatching(accessories.join('|')) })
})

test('faces differ: of 512 keys no more than a few look alike', () => {
  expect(new Set(keys.map((key) => JSON.stringify(pandaTraits(key)))).size).toBeGreaterThan(480)
})

test('whatever is no key gets some panda too', () => {
  for (const text of ['', 'zz', '🐼', '0']) expect(pandaTraits(text).ground).toMatch(/^#/)
})

test('persons differ in ground and coat as keys do, although all their ids begin alike', () => {
  const faces = keys.map((key) => pandaTraits(`0020${key}`))
  expect(new Set(faces.map(({ ground }) => ground)).size).toBe(12)
  expect(new Set(faces.map(({ coat }) => coat)).size).toBe(5)
})
