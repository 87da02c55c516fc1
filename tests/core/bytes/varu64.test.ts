import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Bug } from '../../../src/core/assert.ts'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { decodeVarU64, encodeVarU64, maxU64 } from '../../../src/core/bytes/varu64.ts'
import vectors from '../../vectors/varu64.json'

describe('varu64', () => {
  test.each(vectors.vectors)('[E1] $value is $hex, both ways', ({ value, hex }) => {
    expect(bytesToHex(encodeVarU64(BigInt(value)))).toBe(hex)
    const bytes = hexToBytes(hex)
    expect(decodeVarU64(bytes, 0)).toEqual({ ok: true, value: { value: BigInt(value), next: bytes.length } })
  })

  test.each(vectors.invalid)('[E1] refuses $hex: $reason', ({ hex }) => {
    expect(decodeVarU64(hexToBytes(hex), 0)).toMatchObject({ ok: false, error: { code: 'varu64/not-shortest' } })
  })

  test('[E1] every number comes back, wherever it stands', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, maxU64), fc.nat({ max: 5 }), (value, at) => {
        const encoded = encodeVarU64(value)
        const bytes = new Uint8Array(at + encoded.length + 3)
        bytes.set(encoded, at)
        expect(decodeVarU64(bytes, at)).toEqual({ ok: true, value: { value, next: at + encoded.length } })
      }),
    )
  })

  test('[E1] whatever is accepted encodes to the same bytes, and nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10 }), (bytes) => {
        const decoded = decodeVarU64(bytes, 0)
        if (!decoded.ok) return
        expect(encodeVarU64(decoded.value.value)).toEqual(bytes.slice(0, decoded.value.next))
      }),
      { numRuns: 2000 },
    )
  })

  test('[E1] says where a number that ends too early begins', () => {
    expect(decodeVarU64(hexToBytes('00f901'), 1)).toEqual({ ok: false, error: { code: 'varu64/cut-off', at: 1 } })
    expect(decodeVarU64(new Uint8Array(0), 0)).toEqual({ ok: false, error: { code: 'varu64/cut-off', at: 0 } })
  })

  test('[E1] does not wrap numbers that do not fit', () => {
    expect(() => encodeVarU64(maxU64 + 1n)).toThrow(Bug)
    expect(() => encodeVarU64(-1n)).toThrow(Bug)
  })
})
