import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareKeys } from '../../../src/adapters/layout/index-key.ts'
import { decodeKey, encodeKey } from '../../../src/adapters/node/leveldb-keys.ts'
import { compareBytes } from '../../../src/core/bytes/concat.ts'

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', '\u0001', '\ud800', '\uffff', '\u007f\u0080'),
)
const number = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(0, -0, Infinity, -Infinity, 5e-324))
const key = fc.array(fc.oneof(number, text), { maxLength: 4 })

test('[S12] bytes of keys sort as the keys do', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      const order = compareBytes(encodeKey('k', a), encodeKey('k', b))
      expect(Math.sign(order)).toBe(Math.sign(compareKeys(a, b)))
    }),
    { numRuns: 2_000 },
  )
})

test('[S12] a key comes back from its bytes, with one zero', () => {
  fc.assert(
    fc.property(key, (written) => {
      const oneZero = written.map((element) => (element === 0 ? 0 : element))
      expect(decodeKey(encodeKey('docs', written))).toEqual(oneZero)
    }),
    { numRuns: 1_000 },
  )
})
