import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSame } from '../../../src/adapters/layout/equality.ts'

const value = fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: false })

test('[S3] a copy is the same as its original', () => {
  expect(() => fc.assert(fc.property(value, (one) => isSame(one, structuredClone(one))))).not.toThrow()
})

test.each([
  [1, 1n],
  [1, '1'],
  [null, undefined],
  [[], {}],
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: { b: [1] } }, { a: { b: [1, 2] } }],
  [Uint8Array.of(1), Uint8Array.of(2)],
  [Uint8Array.of(1), [1]],
])('[S3] %o and %o are not the same', (a, b) => {
  expect(isSame(a, b)).toBe(false)
  expect(isSame(b, a)).toBe(false)
})

test('[S3] a value as deep as it likes is compared without a stack', () => {
  const deep = (): unknown => {
    let one: unknown = 1
    for (let level = 0; level < 100_000; level++) one = [one]
    return one
  }
  expect(isSame(deep(), deep())).toBe(true)
})
