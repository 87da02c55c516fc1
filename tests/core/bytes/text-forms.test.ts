import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base45ToBytes, bytesToBase45 } from '../../../src/core/bytes/base45.ts'
import { base64ToBytes, base64UrlToBytes, bytesToBase64, bytesToBase64Url } from '../../../src/core/bytes/base64.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/core/bytes/utf8.ts'

const forms = [
  { name: 'base45', encode: bytesToBase45, decode: base45ToBytes },
  { name: 'base64', encode: bytesToBase64, decode: base64ToBytes },
  { name: 'base64url', encode: bytesToBase64Url, decode: base64UrlToBytes },
]

describe.each(forms)('$name', ({ encode, decode }) => {
  test('[M1] brings bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decode(encode(bytes))).toEqual(bytes)
      }),
    )
  })

  test('[M1] reads no text but the one it would write', () => {
    const texts = fc.oneof(fc.string(), fc.base64String(), fc.stringMatching(/^[0-9A-Z $%*+./:-]*$/))
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = decode(text)
        expect(bytes ? encode(bytes) : text).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })
})

test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
])('[M1] base45 of %j is the one of RFC 9285', (text, expected) => {
  expect(bytesToBase45(encodeUtf8(text))).toBe(expected)
  expect(decodeUtf8(base45ToBytes(expected)!)).toBe(text)
})

test.each(['GGW', 'A', ':::', 'ab', ':/'])('[M1] base45 refuses %j, which no bytes have', (text) => {
  expect(base45ToBytes(text)).toBeUndefined()
})

test.each(['A', 'AB', 'AAB', 'AA=='])('[M1] base64url refuses %j, which no bytes have', (text) => {
  expect(base64UrlToBytes(text)).toBeUndefined()
})
