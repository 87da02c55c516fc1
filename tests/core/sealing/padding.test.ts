import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pad, unpad } from '../../../src/core/sealing/padding.ts'

test.each([
  [0, 32],
  [31, 32],
  [32, 64],
  [255, 256],
  [256, 272],
  [1000, 1024],
  [1024, 1088],
  [100_000, 100_352],
])('[SD1] %i bytes are padded to %i', (length, padded) => {
  expect(pad(new Uint8Array(length)).length).toBe(padded)
})

test('[SD1] padding is undone, and adds 12 % at most where it is much', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      const padded = pad(bytes)
      expect(unpad(padded)).toEqual(bytes)
      expect(padded.length).toBeLessThanOrEqual(Math.max(256, bytes.length * 1.12 + 1))
    }),
  )
})
