import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeRanges, encodeRanges } from '../../../src/core/authority/ranges.ts'
import { hashBytes } from '../../../src/core/hash/yasmf.ts'
import { type KeptLog, keepRows } from '../../../src/core/identity/keep-rows.ts'
import type { LogId, OperationId, SeqNum } from '../../../src/core/ids.ts'

const keptLogs = fc
  .uniqueArray(
    fc.record({
      logId: fc.bigInt({ min: 0n, max: 5_000n }),
      to: fc.bigInt({ min: 1n, max: 300n }),
      together: fc.constantFrom(undefined, '', 'a group', 'another'),
    }),
    { selector: ({ logId }) => logId, maxLength: 3_000, size: 'max' },
  )
  .map((logs) =>
    logs.map(({ logId, to, together }): KeptLog => ({
      logId: logId as LogId,
      to: to as SeqNum,
      tip: hashBytes(Uint8Array.from([Number(logId & 255n), Number(logId >> 8n)])) as OperationId,
      ...(together !== undefined && { together }),
    })),
  )

test('[ID13] rows keep each log once, to its end, and are read as they were written', () => {
  fc.assert(
    fc.property(keptLogs, (logs) => {
      const kept = new Map<bigint, bigint>()
      for (const rows of keepRows(logs)) {
        expect(decodeRanges(encodeRanges(rows))).toEqual({ ok: true, value: rows })
        for (const row of rows)
          for (const { logId, to } of 'digest' in row ? row.logs : [row]) {
            expect(kept.has(logId)).toBe(false)
            kept.set(logId, to)
          }
      }
      expect(kept).toEqual(
        new Map(logs.toSorted((a, b) => Number(a.logId - b.logId)).map(({ logId, to }) => [logId, to])),
      )
    }),
    { numRuns: 20 },
  )
})

test('[ID13] logs of different groups never share a row', () => {
  fc.assert(
    fc.property(keptLogs, (logs) => {
      const together = new Map(logs.map((log) => [log.logId, log.together]))
      const shared = keepRows(logs)
        .flat()
        .map((row) => ('digest' in row ? new Set(row.logs.map(({ logId }) => together.get(logId))).size : 1))
      expect(new Set(shared)).toEqual(new Set(logs.length > 0 ? [1] : []))
    }),
    { numRuns: 20 },
  )
})

test('[ID13] ten thousand logs take 38 KB', () => {
  const tip = hashBytes(Uint8Array.of(1)) as OperationId
  const logs = Array.from({ length: 10_000 }, (_, at) => ({
    logId: BigInt(at) as LogId,
    to: 1n as SeqNum,
    tip,
    together: '',
  }))
  const bytes = keepRows(logs).map((rows) => encodeRanges(rows).length)
  expect(bytes).toHaveLength(1)
  expect(bytes[0]).toBeLessThan(38_000)
})
