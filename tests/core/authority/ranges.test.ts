import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeRanges, digestOf, encodeRanges } from '../../../src/core/authority/ranges.ts'
import { encodeCbor } from '../../../src/core/bytes/cbor.ts'
import { equalBytes } from '../../../src/core/bytes/concat.ts'
import type { LogId, SeqNum } from '../../../src/core/ids.ts'
import { anId } from '../operation/an-operation.ts'

const long = (logId: bigint, from: bigint, to: bigint) => ({
  logId: logId as LogId,
  from: from as SeqNum,
  to: to as SeqNum,
})
const digestRow = (...logs: (readonly [bigint, bigint])[]) => ({
  logs: logs.map(([logId, to]) => ({ logId: logId as LogId, to: to as SeqNum })),
  digest: digestOf(logs.map((_, i) => anId(i))),
})
const refused = (expected: RegExp, row = 0) => ({
  ok: false,
  error: { code: 'ranges/malformed', row, expected: expect.stringMatching(expected) },
})

describe('ranges of a limit', () => {
  test('[R11] long rows and digest rows come back as they were written', () => {
    const rows = [
      { ...long(0n, 1n, 5n), tip: anId(1) },
      long(2n, 3n, 2n ** 64n - 1n),
      digestRow([3n, 1n], [900n, 70_000n]),
    ]
    expect(decodeRanges(encodeRanges(rows))).toEqual({ ok: true, value: rows })
    expect(decodeRanges(encodeRanges([]))).toEqual({ ok: true, value: [] })
  })

  test('[R11] a digest row of 64 neighbouring logs takes 3 bytes for each', () => {
    const row = digestRow(...Array.from({ length: 64 }, (_, i): [bigint, bigint] => [BigInt(i + 1), 9n]))
    expect(encodeRanges([row]).length).toBeLessThan(64 * 3)
  })

  test.each([
    ['no CBOR', Uint8Array.of(0xff), /array of rows/],
    ['another value', encodeCbor('rows'), /array of rows/],
    ['a row of two', encodeCbor([[1n, 2n]]), /three or four/],
    ['texts for numbers', encodeCbor([['1', 1n, 1n, null]]), /numbers/],
    ['from behind to', encodeCbor([[1n, 3n, 2n, null]]), /from ≤ to/],
    ['a negative log', encodeCbor([[-1n, 1n, 2n, null]]), /from ≤ to/],
    ['a short hash', encodeCbor([[1n, 1n, 2n, Uint8Array.of(1)]]), /34 bytes/],
    ['a digest of no logs', encodeCbor([[new Uint8Array(), new Uint8Array(), new Uint8Array(32)]]), /1 to 64/],
    [
      '65 logs in a digest',
      encodeCbor([[new Uint8Array(65).fill(1), new Uint8Array(65).fill(1), new Uint8Array(32)]]),
      /1 to 64/,
    ],
    ['a log without its end', encodeCbor([[Uint8Array.of(1, 1), Uint8Array.of(1), new Uint8Array(32)]]), /as many/],
    ['one log twice', encodeCbor([[Uint8Array.of(1, 0), Uint8Array.of(1, 1), new Uint8Array(32)]]), /ascend/],
    ['an end at 0', encodeCbor([[Uint8Array.of(1), Uint8Array.of(0), new Uint8Array(32)]]), /from 1/],
    ['a short digest', encodeCbor([[Uint8Array.of(1), Uint8Array.of(1), new Uint8Array(31)]]), /32 bytes/],
  ])('[R11] refuses %s', (_, bytes, expected) => {
    expect(decodeRanges(bytes)).toMatchObject(refused(expected))
  })

  test('[R11] refuses rows out of order, rows over one another, and too many', () => {
    expect(decodeRanges(encodeRanges([long(2n, 1n, 1n), long(1n, 1n, 1n)]))).toMatchObject(refused(/sorted/, 1))
    expect(decodeRanges(encodeRanges([long(1n, 1n, 4n), long(1n, 4n, 5n)]))).toMatchObject(refused(/overlap/, 1))
    expect(decodeRanges(encodeRanges([digestRow([1n, 4n], [5n, 1n]), long(5n, 1n, 2n)]))).toMatchObject(
      refused(/overlap/, 1),
    )
    const many = Array.from({ length: 1025 }, (_, i) => long(BigInt(i), 1n, 1n))
    expect(decodeRanges(encodeRanges(many))).toMatchObject(refused(/1024 rows/, 1024))
  })

  test('[R11] whatever bytes come, it never throws, and what is read is written again the same', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(
          fc.array(fc.oneof(fc.bigInt(0n, 300n), fc.uint8Array({ maxLength: 40 }), fc.constant(null)), {
            maxLength: 5,
          }),
        )
        .map((rows) => encodeCbor(rows)),
    )
    const survives = (bytes: Uint8Array): boolean => {
      const rows = decodeRanges(bytes)
      return !rows.ok || equalBytes(encodeRanges(rows.value), bytes)
    }
    expect(fc.check(fc.property(anyBytes, survives)).failed).toBe(false)
  })
})
