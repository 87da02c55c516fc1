import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameText } from '../../../src/sdk/react/same-text.ts'

const value = fc.oneof(
  fc.string(),
  fc.double(),
  fc.bigInt(),
  fc.boolean(),
  fc.uint8Array(),
  fc.dictionary(fc.constantFrom('bigint', 'bytes', 'object', 'number'), fc.string()),
)
const options = fc.dictionary(fc.string(), fc.oneof(value, fc.array(value), fc.dictionary(fc.string(), value)))

test('options that say the same are the same text, however they are ordered', () => {
  fc.assert(
    fc.property(options, (some) => {
      const reversed = Object.fromEntries(Object.entries(some).toReversed())
      expect(sameText(reversed)).toBe(sameText(some))
    }),
  )
})

test('values that JSON would confuse are different texts', () => {
  const different = [
    1,
    1n,
    '1',
    { bigint: '1' },
    Uint8Array.of(1),
    [1],
    { bytes: [1] },
    NaN,
    'NaN',
    Infinity,
    null,
    true,
  ]
  expect(new Set(different.map((one) => sameText({ eq: one }))).size).toBe(different.length)
})
