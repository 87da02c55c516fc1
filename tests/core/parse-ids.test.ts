import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxU64 } from '../../src/core/bytes/varu64.ts'
import { hashBytes } from '../../src/core/hash/yasmf.ts'
import type { Hash } from '../../src/core/ids.ts'
import {
  formatU64,
  parseDocumentViewId,
  parseLogId,
  parsePublicKey,
  parseSeqNum,
  parseU64,
  toLogId,
  toSeqNum,
} from '../../src/core/parse-ids.ts'

const [low, high] = [hashBytes(Uint8Array.of(1)), hashBytes(Uint8Array.of(2))].sort() as [Hash, Hash]

describe('identifiers that come as text', () => {
  test('[E1] a public key is 64 lowercase hex digits', () => {
    expect(parsePublicKey('ab'.repeat(32))).toEqual({ ok: true, value: 'ab'.repeat(32) })
    expect(parsePublicKey('AB'.repeat(32)).ok).toBe(false)
    expect(parsePublicKey('ab'.repeat(31)).ok).toBe(false)
  })

  test('[DV2] a document view id is sorted, without repetition, and not empty', () => {
    expect(parseDocumentViewId(`${low}_${high}`)).toEqual({ ok: true, value: `${low}_${high}` })
    expect(parseDocumentViewId(low).ok).toBe(true)
    expect(parseDocumentViewId(`${high}_${low}`)).toMatchObject({ error: { code: 'view-id/malformed' } })
    expect(parseDocumentViewId(`${low}_${low}`)).toMatchObject({ error: { code: 'view-id/malformed' } })
    for (const text of ['', '_', `${low}_`, `_${low}`, `${low}__${high}`])
      expect(parseDocumentViewId(text)).toMatchObject({ error: { code: 'hash/malformed' } })
  })
})

describe('numbers of 64 bits', () => {
  test('[E1] come back from decimal text', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, maxU64), (value) => {
        expect(parseU64(String(value))).toEqual({ ok: true, value })
      }),
    )
  })

  test.each(['', '-1', '01', '1.0', '1e3', ' 1', '0x1', '18446744073709551616', '9'.repeat(10_000)])(
    '[E1] refuse %j',
    (text) => {
      expect(parseLogId(text)).toMatchObject({ ok: false, error: { code: 'number/malformed' } })
    },
  )

  test('[E1] a sequence number begins at 1, a log id at 0', () => {
    expect(parseSeqNum('0').ok).toBe(false)
    expect(toSeqNum(0n).ok).toBe(false)
    expect(toSeqNum(1n)).toEqual({ ok: true, value: 1n })
    expect(toLogId(0n)).toEqual({ ok: true, value: 0n })
    expect(toLogId(maxU64 + 1n).ok).toBe(false)
  })

  test('[E1] as keys of a database are in the order of the numbers', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, maxU64), fc.bigInt(0n, maxU64), (a, b) => {
        expect(formatU64(a)).toHaveLength(16)
        expect(formatU64(a) < formatU64(b)).toBe(a < b)
      }),
    )
  })
})
