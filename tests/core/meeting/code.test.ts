import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToBase64Url } from '../../../src/core/bytes/base64.ts'
import { encodeCbor } from '../../../src/core/bytes/cbor.ts'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { decodeBlob, encodeBlob } from '../../../src/core/meeting/blob.ts'
import {
  decodeMeetingCode,
  encodeMeetingCode,
  meetingCodeToQrText,
  meetingCodeToText,
  parseMeetingCode,
} from '../../../src/core/meeting/code.ts'
import { aBlob, aCandidate, aCode, anyBlob, anyCode } from './a-code.ts'

describe('the connection blob', () => {
  test('[M2] comes back as it was', () => {
    fc.assert(
      fc.property(anyBlob, (blob) => {
        expect(decodeBlob(encodeBlob(blob))).toEqual({ ok: true, value: blob })
      }),
    )
  })

  test('[M2] never throws, and never accepts what re-encodes differently', () => {
    const mutated = fc.tuple(anyBlob, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([blob, at, flip]) => {
      const bytes = encodeBlob(blob)
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), mutated), (bytes) => {
        const decoded = decodeBlob(bytes)
        expect(decoded.ok ? encodeBlob(decoded.value) : bytes).toEqual(bytes)
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    { candidates: [], bytes: 60 },
    { candidates: [aCandidate('ipv4')], bytes: 67 },
    { candidates: [aCandidate('mdns', 1), aCandidate('mdns', 2)], bytes: 99 },
    { candidates: [1, 2, 3, 4].map((seed) => aCandidate('ipv6', seed)), bytes: 137 },
  ])('[M2] takes $bytes bytes with $candidates.length addresses', ({ candidates, bytes }) => {
    expect(encodeBlob(aBlob(candidates))).toHaveLength(bytes)
  })

  const hex = bytesToHex(encodeBlob(aBlob([aCandidate('ipv4')])))
  const refused = [
    ['another kind', hex.replace(/^8500/, '8501')],
    ['an item more', hex.replace(/^85/, '86')],
    ['credentials as text that bytes could hold', hex.replace(/^850043....../, '8500646b33522b')],
    ['a password too short', hex.replace(/(?<=^8500.{8})52.{36}/, `4f${'00'.repeat(15)}`)],
    ['a fingerprint of 31 bytes', hex.replace(/5820../, '581f')],
    ['an unknown kind of address', hex.replace(/4700(?=.{12}$)/, '4705')],
    ['port 0', hex.replace(/....$/, '0000')],
    ['half an address', hex.replace(/47(?=.{14}$)(.*)..$/, '46$1')],
    ['five addresses', hex.replace(/47(.{14})$/, (_, one: string) => `5823${one.repeat(5)}`)],
    ['something behind it', `${hex}00`],
  ] as const
  test.each(refused)('[M2] is refused with %s', (_, bytes) => {
    expect(bytes).not.toBe(hex)
    expect(decodeBlob(hexToBytes(bytes))).toMatchObject({ ok: false, error: { code: 'meeting/malformed' } })
  })
})

describe('the meeting code', () => {
  test('[M3] comes back from its QR text, from its text, and from a message with its link', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const text = meetingCodeToText(code)
        const message = `Tap this: https://app.example/x/#/meet/${text}\nSee you!`
        for (const form of [meetingCodeToQrText(code), text, ` ${text.slice(0, 40)}\n${text.slice(40)} `, message])
          expect(parseMeetingCode(form)).toEqual({ ok: true, value: code })
      }),
    )
  })

  test('[M3] never throws, and never accepts what re-encodes differently', () => {
    const mutated = fc.tuple(anyCode, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([code, at, flip]) => {
      const bytes = encodeMeetingCode(code)
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 120 }), mutated), (bytes) => {
        const decoded = decodeMeetingCode(bytes)
        expect(decoded.ok ? encodeMeetingCode(decoded.value) : bytes).toEqual(bytes)
      }),
      { numRuns: 3000 },
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseMeetingCode(text).ok).toBe(false)
      }),
    )
  })

  test('[M3] of a newer app says so, whatever else it holds', () => {
    const newer = { ok: false, error: { code: 'meeting/version-unsupported', version: 2n } }
    expect(decodeMeetingCode(hexToBytes('8602000000000000'))).toEqual(newer)
  })

  test.each([1n, 2n, 3n])('[M3] says so where it is one to be linked by, whatever it begins with: %s', (first) => {
    const found = bytesToBase64Url(encodeCbor([first, new Uint8Array(32), new Uint8Array(16), new Uint8Array(32), []]))
    const wrong = { ok: false, error: { code: 'meeting/for-linking' } }
    for (const form of [found, `https://app.example/#/link/${found}`]) expect(parseMeetingCode(form)).toEqual(wrong)
  })

  test.each(['', 'https://app.example/#/meet/', 'hello', 'x'.repeat(20_000)])('[M3] is not %j', (text) => {
    expect(parseMeetingCode(text)).toMatchObject({ ok: false, error: { code: 'meeting/malformed' } })
  })

  test('[M3] with two hidden addresses and no invite has 204 characters, for a QR code of 49 modules', () => {
    expect(meetingCodeToQrText(aCode([aCandidate('mdns', 1), aCandidate('mdns', 2)]))).toHaveLength(204)
  })
})
