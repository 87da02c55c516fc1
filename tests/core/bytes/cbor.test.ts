import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCbor, encodeCbor } from '../../../src/core/bytes/cbor.ts'
import type { CborValue } from '../../../src/core/bytes/cbor.ts'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { compareBytes } from '../../../src/core/bytes/concat.ts'
import { compareUtf8, decodeUtf8, encodeUtf8, isWellFormed } from '../../../src/core/bytes/utf8.ts'

const text = fc.string({ unit: 'binary' }).filter(isWellFormed)
const { value: anyValue } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.bigInt(-(2n ** 64n), 2n ** 64n - 1n),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    text,
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(text, { maxLength: 4 })
      .chain((keys) =>
        fc
          .array(tie('value'), { minLength: keys.length, maxLength: keys.length })
          .map((values) => new Map(keys.toSorted(compareUtf8).map((key, i) => [key, values[i] as CborValue]))),
      ),
  ),
}))

describe('canonical CBOR', () => {
  test('[EN1] whatever is encoded comes back', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decodeCbor(encodeCbor(value))).toEqual({ ok: true, value })
      }),
      { numRuns: 1000 },
    )
  })

  test('[EN1] never throws, and never accepts what re-encodes differently', () => {
    const mutated = fc.tuple(anyValue, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([value, at, flip]) => {
      const bytes = encodeCbor(value)
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 24 }), mutated), (bytes) => {
        const decoded = decodeCbor(bytes)
        expect(decoded.ok ? encodeCbor(decoded.value) : bytes).toEqual(bytes)
      }),
      { numRuns: 5000 },
    )
  })

  test.each([
    ['1801', 'an int in two bytes'],
    ['190017', 'an int in three bytes'],
    ['1b00000000ffffffff', 'an int in nine bytes'],
    ['780161', 'a text length in two bytes'],
    ['9f01ff', 'an array of indefinite length'],
    ['bf616101ff', 'a map of indefinite length'],
    ['5f4101ff', 'bytes of indefinite length'],
    ['c249010000000000000000', 'a bignum'],
    ['d9d9f701', 'a tag'],
    ['f7', 'undefined'],
    ['f0', 'a simple value'],
    ['f814', 'a boolean in two bytes'],
    ['fa3fc00000', '1.5 in single precision'],
    ['fb3ff8000000000000', '1.5 in double precision'],
    ['fa33800000', '2^-24 in single precision, which is a half subnormal'],
    ['f97e01', 'another NaN'],
    ['f9fe00', 'a negative NaN'],
    ['fb7ff8000000000000', 'NaN in double precision'],
    ['0101', 'something after the end'],
    ['', 'nothing'],
    ['61ff', 'text that is no UTF-8'],
    ['63eda080', 'half of a surrogate pair'],
    ['a2616201616101', 'keys out of order'],
    ['a2616101616102', 'a key twice'],
    ['a261620162616102', 'keys in order of length'],
    ['1c', 'a reserved length'],
    ['9b7fffffffffffffff', 'an array of more items than bytes'],
    ['5affffffff00', 'bytes beyond the end'],
  ])('[EN1] refuses %s: %s', (hex) => {
    expect(decodeCbor(hexToBytes(hex))).toMatchObject({ ok: false, error: { code: 'cbor/malformed' } })
  })

  test('[EN1] says at which byte it stopped understanding', () => {
    expect(decodeCbor(hexToBytes('8201f7'))).toEqual({
      ok: false,
      error: { code: 'cbor/malformed', at: 2, expected: 'a value' },
    })
  })

  test('[EN1] a million arrays inside one another overflow nothing', () => {
    expect(decodeCbor(new Uint8Array(1_000_000).fill(0x81)).ok).toBe(false)
  })

  test('[EN1] all 65,536 halves are read as what they are, and written back alike', () => {
    const view = new DataView(new ArrayBuffer(3))
    const bytes = new Uint8Array(view.buffer)
    view.setUint8(0, 0xf9)
    const misjudged: string[] = []
    for (let bits = 0; bits < 0x10000; bits++) {
      view.setUint16(1, bits)
      const decoded = decodeCbor(bytes)
      const isNaNOfOtherForm = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0 && bits !== 0x7e00
      const comesBack = decoded.ok && bytesToHex(encodeCbor(decoded.value)) === bytesToHex(bytes)
      if (comesBack === isNaNOfOtherForm) misjudged.push(bits.toString(16))
    }
    expect(misjudged).toEqual([])
  })
})

describe('UTF-8', () => {
  test('[EN1] texts are ordered as their bytes are', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Math.sign(compareBytes(encodeUtf8(a), encodeUtf8(b))))
      }),
      { numRuns: 2000, examples: [['\uffff', '\u{10000}']] },
    )
  })

  test('[EN1] keeps a byte order mark as the character it is', () => {
    expect(decodeUtf8(encodeUtf8('\ufeffa'))).toBe('\ufeffa')
  })
})
