import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWellFormed } from '../../src/core/bytes/utf8.ts'
import type { FieldValue } from '../../src/core/operation/operation.ts'
import { compareKeys } from '../../src/adapters/layout/index-key.ts'
import { comparePlaces, foldText, isCut, keyOfPlace, placeOf } from '../../src/engine/sort-order.ts'

const int = (value: bigint): FieldValue => ({ kind: 'int', value })
const float = (value: number): FieldValue => ({ kind: 'float', value })
const str = (value: string): FieldValue => ({ kind: 'str', value })
const sign = (number: number): number => Math.sign(number)

const anyInt = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: 2n ** 53n - 4n, max: 2n ** 53n + 4n }),
  fc.bigInt({ min: -(2n ** 53n) - 4n, max: -(2n ** 53n) + 4n }),
  fc.bigInt({ min: 2n ** 63n - 2000n, max: 2n ** 63n - 1n }),
)

test('integers stand in the index as they stand among each other, also beyond 2^53', () => {
  fc.assert(
    fc.property(anyInt, anyInt, (a, b) => {
      const order = comparePlaces(placeOf(int(a), 'int'), placeOf(int(b), 'int'))
      expect(sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
    { numRuns: 2000 },
  )
})

test('floats stand in the index by size, with 0 and -0 together and NaN behind', () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (a, b) => {
      const order = comparePlaces(placeOf(float(a), 'float'), placeOf(float(b), 'float'))
      const among = (left: number, right: number): number => (left < right ? -1 : left > right ? 1 : 0)
      const isOdd = Number.isNaN(a) || Number.isNaN(b)
      expect(sign(order)).toBe(isOdd ? among(Number(Number.isNaN(a)), Number(Number.isNaN(b))) : among(a, b))
    }),
  )
})

test('an absent value, or one of another kind, stands behind every value', () => {
  fc.assert(
    fc.property(fc.oneof(anyInt.map(int), fc.double().map(float), fc.string({ unit: 'binary' }).map(str)), (value) => {
      const kind = value.kind as 'int' | 'float' | 'str'
      expect(comparePlaces(placeOf(value, kind), placeOf(undefined, kind))).toBeLessThan(0)
      expect(placeOf(value, 'relation')).toEqual(placeOf(undefined, 'relation'))
    }),
  )
})

test('a key never contradicts the place it stands for, and differs from it only where it is cut', () => {
  const text = fc.string({ unit: 'binary', maxLength: 90 })
  fc.assert(
    fc.property(text, text, fc.string({ maxLength: 70 }), (a, b, start) => {
      const [left, right] = [placeOf(str(start + a), 'str'), placeOf(str(start + b), 'str')]
      const [leftKey, rightKey] = [keyOfPlace(left, 'str'), keyOfPlace(right, 'str')]
      const byKey = sign(compareKeys(leftKey, rightKey))
      const byPlace = sign(comparePlaces(left, right))
      // Equal keys say nothing where text was cut off.
      const isUndecided = byKey === 0 && isCut(leftKey, 'str')
      expect(isUndecided ? byPlace : byKey).toBe(byPlace)
    }),
    { numRuns: 1000 },
  )
})

test('keys hold no half of a surrogate pair, so that every store can write them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const [key] = keyOfPlace(placeOf(str(text), 'str'), 'str')
      expect(isWellFormed(String(key))).toBe(true)
    }),
  )
})

test('text is ordered without regard to case and accents, in no particular language', () => {
  expect(['Zoë', 'apple', 'Éclair', 'eclair', 'Banana', 'ärgern', 'ß'].map(foldText)).toEqual([
    'zoe',
    'apple',
    'eclair',
    'eclair',
    'banana',
    'argern',
    'ß',
  ])
  expect(foldText('ΟΔΟΣ')).toBe(foldText('οδος'))
})
