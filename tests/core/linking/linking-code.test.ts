import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToHex } from '../../../src/core/bytes/hex.ts'
import { type CborValue, encodeCbor } from '../../../src/core/bytes/cbor.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import {
  type LinkingCode,
  decodeLinkingCode,
  encodeLinkingCode,
  linkingCodeToQrText,
  linkingCodeToText,
  parseLinkingCode,
} from '../../../src/core/linking/linking-code.ts'
import { encodeBlob } from '../../../src/core/meeting/blob.ts'
import { meetingCodeToQrText, meetingCodeToText } from '../../../src/core/meeting/code.ts'
import { aBlob, aCandidate, anyBlob } from '../meeting/a-code.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const anyKey = bytes(32).map((key) => bytesToHex(key) as PublicKey)
const anyHint = fc.record({
  address: fc.constantFrom('wss://node.example', 'ws://10.0.0.4:2020/'),
  transportKey: anyKey,
})
const anyCode: fc.Arbitrary<LinkingCode> = fc.record({
  shownBy: fc.constantFrom('new', 'known'),
  transportKey: anyKey,
  secret: bytes(16),
  publicKey: anyKey,
  way: fc.oneof(fc.array(anyHint, { maxLength: 4 }), anyBlob),
})
const aCode: LinkingCode = {
  shownBy: 'new',
  transportKey: 'a1'.repeat(32) as PublicKey,
  secret: new Uint8Array(16).fill(5),
  publicKey: 'b2'.repeat(32) as PublicKey,
  way: [],
}

describe('a linking code', () => {
  test('[LD1] comes back from its QR text, from its text, and from a message with its link', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const text = linkingCodeToText(code)
        const message = `Open this on the laptop: https://app.example/x/#/link/${text}\nSoon!`
        for (const form of [linkingCodeToQrText(code), text, ` ${text.slice(0, 40)}\n${text.slice(40)} `, message])
          expect(parseLinkingCode(form)).toEqual({ ok: true, value: code })
      }),
    )
  })

  test('[LD1] never throws, and never accepts what re-encodes differently', () => {
    const mutated = fc.tuple(anyCode, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([code, at, flip]) => {
      const encoded = encodeLinkingCode(code)
      encoded[at % encoded.length]! ^= flip
      return encoded
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 120 }), mutated), (found) => {
        const decoded = decodeLinkingCode(found)
        expect(decoded.ok ? encodeLinkingCode(decoded.value) : found).toEqual(found)
      }),
      { numRuns: 1_000 },
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseLinkingCode(text).ok).toBe(false)
      }),
    )
  })

  const key = new Uint8Array(32)
  const good: CborValue[] = [1n, key, new Uint8Array(16), key, []]
  const hostile: readonly (readonly [string, CborValue[]])[] = [
    ['a transport key of 31 bytes', good.with(1, new Uint8Array(31))],
    ['a secret of 8 bytes', good.with(2, new Uint8Array(8))],
    ['a key that is a text', good.with(3, 'key')],
    [
      'five hints',
      good.with(
        4,
        Array.from({ length: 5 }, () => ['wss://node.example', key]),
      ),
    ],
    ['an address that hides its host', good.with(4, [['wss://known@other.example', key]])],
    ['half an offer', good.with(4, encodeBlob(aBlob([aCandidate('ipv4')])).subarray(0, 40))],
    ['an item more', [...good, null]],
  ]
  test.each(hostile)('[LD1] is refused with %s', (_, items) => {
    expect(decodeLinkingCode(encodeCbor(items))).toMatchObject({ ok: false, error: { code: 'meeting/malformed' } })
  })

  test('[LD1] of a newer app says so', () => {
    const newer = { ok: false, error: { code: 'meeting/version-unsupported', version: 3n } }
    expect(decodeLinkingCode(encodeCbor([3n, 'whatever']))).toEqual(newer)
  })

  test('[LD1] says so where it is one to meet by', () => {
    const code = { transportKey: aCode.transportKey, blob: aBlob([aCandidate('ipv4')]), inviteSecret: null }
    const wrong = { ok: false, error: { code: 'linking/for-meeting' } }
    for (const form of [meetingCodeToQrText(code), `Here: https://app.example/#/meet/${meetingCodeToText(code)}`])
      expect(parseLinkingCode(form)).toEqual(wrong)
  })

  test('[LD1] without hints has 132 characters, with two hidden addresses 282: a QR code that phones read from each other', () => {
    expect(linkingCodeToQrText(aCode)).toHaveLength(132)
    const way = aBlob([aCandidate('mdns', 1), aCandidate('mdns', 2)])
    expect(linkingCodeToQrText({ ...aCode, way })).toHaveLength(282)
  })
})
