import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Bug } from '../../../src/core/assert.ts'
import { compareBytes, concatBytes, equalBytes } from '../../../src/core/bytes/concat.ts'
import { bytesToHex, hexToBytes, isHex } from '../../../src/core/bytes/hex.ts'

const bytes = fc.uint8Array({ maxLength: 80 })

describe('hex', () => {
  test('[E1] bytes come back from their text, which is what Node writes', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const text = bytesToHex(value)
        expect(text).toBe(Buffer.from(value).toString('hex'))
        expect(isHex(text, value.length)).toBe(true)
        expect(equalBytes(hexToBytes(text), value)).toBe(true)
      }),
    )
  })

  test.each(['0', 'AB', '0g', 'é0', '0x', ' 0'])('[E1] %j is no hex: one value has one text', (text) => {
    expect(isHex(text, 1)).toBe(false)
    expect(() => hexToBytes(text)).toThrow(Bug)
  })

  test('[E1] knows how many bytes it should be', () => {
    expect(isHex('abcd', 2)).toBe(true)
    expect(isHex('abcd', 1)).toBe(false)
    expect(isHex('', 0)).toBe(true)
  })
})

describe('compareBytes', () => {
  test('[E1] orders bytes as their hex is ordered', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [textA, textB] = [bytesToHex(a), bytesToHex(b)]
        expect(Math.sign(compareBytes(a, b))).toBe(textA < textB ? -1 : textA > textB ? 1 : 0)
      }),
    )
  })
})

describe('concatBytes', () => {
  test('[E1] puts all parts in a row, in an array of its own', () => {
    const part = Uint8Array.of(1, 2)
    const whole = concatBytes(part, new Uint8Array(0), Uint8Array.of(3))
    part[0] = 9
    expect([...whole]).toEqual([1, 2, 3])
    expect(concatBytes()).toHaveLength(0)
  })
})
