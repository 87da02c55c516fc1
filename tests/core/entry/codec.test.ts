import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Bug } from '../../../src/core/assert.ts'
import { concatBytes } from '../../../src/core/bytes/concat.ts'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { maxU64 } from '../../../src/core/bytes/varu64.ts'
import { decodeEntry, decodeUnsignedEntry } from '../../../src/core/entry/decode.ts'
import { type UnsignedEntry, encodeUnsignedEntry, sealEntry, signedEntry } from '../../../src/core/entry/encode.ts'
import { needsSkiplink } from '../../../src/core/entry/lipmaa.ts'
import { signEntry } from '../../../src/core/entry/sign.ts'
import { signedPart } from '../../../src/core/entry/verify.ts'
import type { Hash, PublicKey, Signature } from '../../../src/core/ids.ts'
import { anEntry, fields, must, payload, seed, someHash } from './build.ts'

const publicKey = '22'.repeat(32) as PublicKey
const signature = new Uint8Array(64).fill(3) as Signature

const seqNum = fc.oneof(fc.bigInt(1n, 300n), fc.bigInt(1n, maxU64))
const hash = fc.string({ maxLength: 20 }).map(someHash)
const unsigned: fc.Arbitrary<UnsignedEntry> = fc
  .record({ seqNum, logId: fc.bigInt(0n, maxU64), payloadSize: fc.bigInt(0n, maxU64), payloadHash: hash, skip: hash })
  .chain(({ skip, ...rest }) =>
    fc.boolean().map((isEndOfLog) => ({
      ...rest,
      publicKey,
      isEndOfLog,
      ...(rest.seqNum > 1n && { backlink: someHash(`back ${skip}`) }),
      ...(needsSkiplink(rest.seqNum) && { skiplink: skip }),
    })),
  )

describe('an entry', () => {
  test('[E2] comes back from its bytes, signed or not', () => {
    fc.assert(
      fc.property(unsigned, (entry) => {
        const bytes = must(encodeUnsignedEntry(entry))
        expect(must(decodeUnsignedEntry(bytes))).toEqual(entry)
        const sealed = sealEntry(bytes, signature)
        const decoded = must(decodeEntry(sealed))
        expect(decoded).toMatchObject({ ...entry, signature, bytes: sealed })
        expect(signedPart(decoded)).toEqual(bytes)
      }),
    )
  })

  test('[E2] is, once its fields are signed, what its bytes decode to', () => {
    fc.assert(
      fc.property(unsigned, (entry) => {
        const bytes = must(encodeUnsignedEntry(entry))
        expect(signedEntry(entry, bytes, signature)).toStrictEqual(must(decodeEntry(sealEntry(bytes, signature))))
      }),
    )
  })

  test('[E2] keeps its own copy of the bytes', () => {
    const bytes = signEntry(fields(), seed)
    const entry = must(decodeEntry(bytes))
    const kept = bytesToHex(entry.bytes)
    bytes.fill(0)
    expect(bytesToHex(entry.bytes)).toBe(kept)
    expect(bytesToHex(entry.signature)).toBe(kept.slice(-128))
  })

  test('[E2] is at least 134 and at most 226 bytes long', () => {
    expect(anEntry().bytes).toHaveLength(134)
    expect(needsSkiplink(maxU64)).toBe(true)
    expect(anEntry({ seqNum: maxU64, logId: maxU64, payloadSize: maxU64 }).bytes).toHaveLength(226)
  })
})

describe('decodeEntry', () => {
  test('[E2] never throws, and what it accepts encodes to the same bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 })
    const damaged = fc
      .tuple(unsigned, fc.nat(), fc.nat({ max: 255 }), fc.integer({ min: -3, max: 3 }))
      .map(([entry, at, byte, grow]) => {
        const whole = concatBytes(
          sealEntry(must(encodeUnsignedEntry(entry)), signature),
          new Uint8Array(Math.max(0, grow)),
        )
        whole[at % whole.length] = byte
        return whole.slice(0, whole.length + Math.min(0, grow))
      })
    fc.assert(
      fc.property(fc.oneof(bytes, damaged), (input) => {
        const whole = decodeEntry(input)
        const signedPartOnly = decodeUnsignedEntry(input)
        const again = whole.ok
          ? sealEntry(must(encodeUnsignedEntry(whole.value)), whole.value.signature)
          : signedPartOnly.ok && must(encodeUnsignedEntry(signedPartOnly.value))
        expect(again).toEqual(again && input)
      }),
      { numRuns: 3000 },
    )
  })

  test('[E2] says at which byte it stopped understanding, for every length it may be cut to', () => {
    const bytes = anEntry({ seqNum: 4n }).bytes
    const starts = { tag: 0, publicKey: 1, logId: 33, seqNum: 34, skiplink: 35, backlink: 69, size: 103, hash: 104 }
    const fieldStarts = [...Object.values(starts), 138]
    for (let length = 0; length < bytes.length; length++) {
      const expected = fieldStarts.findLast((start) => start <= length)
      expect(decodeEntry(bytes.slice(0, length)), `${length} bytes`).toMatchObject({
        ok: false,
        error: { code: 'entry/malformed', at: expected },
      })
    }
  })

  test('[E2] refuses anything behind the signature', () => {
    const { bytes } = anEntry()
    for (const more of [1, 64, 200])
      expect(decodeEntry(concatBytes(bytes, new Uint8Array(more)))).toMatchObject({
        error: { code: 'entry/malformed', expected: 'the end of the entry' },
      })
    expect(decodeUnsignedEntry(bytes)).toMatchObject({ error: { at: bytes.length - 64 } })
  })

  test.each([2, 3, 0x7f, 0xff])('[E2] refuses tag %i', (tag) => {
    const bytes = anEntry().bytes.slice()
    bytes[0] = tag
    expect(decodeEntry(bytes)).toEqual({
      ok: false,
      error: { code: 'entry/malformed', at: 0, expected: 'tag 0 or 1' },
    })
  })

  test('[E7] reads tag 1 as the end of the log', () => {
    expect(anEntry().isEndOfLog).toBe(false)
    expect(anEntry({ isEndOfLog: true })).toMatchObject({ isEndOfLog: true })
  })
})

describe('encodeUnsignedEntry', () => {
  const encode = (changes: Partial<UnsignedEntry>) => encodeUnsignedEntry({ ...fields(), publicKey, ...changes })
  const [one, other] = [someHash('one'), someHash('other')]

  test.each<[string, Partial<UnsignedEntry>]>([
    ['2 without backlink', { seqNum: 2n }],
    ['1 with a backlink', { backlink: one }],
    ['1 with a skiplink', { skiplink: one }],
    ['4 without skiplink', { seqNum: 4n, backlink: one }],
    ['4 without backlink', { seqNum: 4n, skiplink: one }],
    ['4 with one hash for both', { seqNum: 4n, skiplink: one, backlink: one }],
    ['3 with a skiplink nobody asked for', { seqNum: 3n, backlink: one, skiplink: other }],
    ['2 with its backlink as skiplink', { seqNum: 2n, backlink: one, skiplink: one }],
  ])('[E3] refuses entry %s', (_, changes) => {
    expect(encode(changes)).toMatchObject({ ok: false, error: { code: 'entry/links-invalid' } })
  })

  test.each<[string, Partial<UnsignedEntry>]>([
    ['logId', { logId: maxU64 + 1n }],
    ['logId', { logId: -1n }],
    ['seqNum', { seqNum: 0n }],
    ['seqNum', { seqNum: maxU64 + 1n }],
    ['payloadSize', { payloadSize: maxU64 + 1n }],
  ])('[E2] does not wrap a %s out of range', (field, changes) => {
    expect(encode(changes)).toEqual({ ok: false, error: { code: 'entry/out-of-range', field } })
  })

  test('[E1] repairs no hash: what only its type makes one does not decode', () => {
    const repaired = `00ff${one.slice(4)}` as Hash
    const bytes = must(encode({ seqNum: 2n, backlink: repaired }))
    expect(decodeUnsignedEntry(bytes)).toMatchObject({ ok: false, error: { at: 35 } })
  })
})

describe('signEntry', () => {
  test('[E3] takes wrong links for a bug of ours', () => {
    expect(() => signEntry(fields({ seqNum: 2n, backlink: undefined }), seed)).toThrow(Bug)
  })

  test('[E2] signs the same bytes in the same way every time', () => {
    expect(bytesToHex(anEntry().bytes)).toBe(bytesToHex(anEntry().bytes))
    expect(hexToBytes(anEntry().payloadHash)).toHaveLength(34)
    expect(anEntry().payloadSize).toBe(BigInt(payload.length))
  })
})
