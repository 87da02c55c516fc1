import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { headOf, headsOf, isHeadChunk, withHead } from '../../../src/adapters/layout/head-chunk.ts'
import {
  appendItem,
  decodeSegment,
  maxSegmentBytes,
  maxSegmentItems,
  newTail,
  readTail,
  writeTail,
} from '../../../src/adapters/layout/segment.ts'
import type { EncodedEntry, EncodedOperation, LogId } from '../../../src/core/ids.ts'
import type { StoredItem } from '../../../src/ports/store.ts'
import { ada, item } from '../../contracts/store-samples.ts'

const stored: fc.Arbitrary<StoredItem> = fc.record({
  entry: fc.uint8Array({ maxLength: 226 }).map((bytes) => bytes as Uint8Array as EncodedEntry),
  operation: fc.option(fc.uint8Array({ maxLength: 300 }).map((bytes) => bytes as Uint8Array as EncodedOperation)),
  arrival: fc.nat(),
  receivedAt: fc.oneof(fc.integer(), fc.double({ noNaN: true })),
  origin: fc.constantFrom('local', 'import', 'peer'),
})
const items = fc.array(stored, { maxLength: 200 })

test('[S6] segments hold all items in order, none too long, the open one last', () => {
  fc.assert(
    fc.property(items, fc.nat(200), (all, cut) => {
      const full: Uint8Array[] = []
      let tail = newTail('shared')
      for (const [at, one] of all.entries()) {
        // Put down and taken up again in between, as by two commits.
        if (at === cut) tail = readTail(writeTail(tail))!
        const segment = appendItem(tail, one)
        if (segment) full.push(segment)
      }
      const segments = [...full, writeTail(tail)].map((segment) => decodeSegment(segment)!)
      expect(segments.flatMap((segment) => segment.items)).toEqual(all)
      expect(segments.at(-1)).toMatchObject({ mark: 'shared', fullSegments: full.length })
      expect(Math.max(...segments.map((segment) => segment.items.length))).toBeLessThanOrEqual(maxSegmentItems)
      for (const segment of full) expect(segment.length).toBeLessThanOrEqual(maxSegmentBytes + 6)
    }),
    { numRuns: 30 },
  )
})

test('[S15] a segment that was cut or prolonged is damaged, and no bytes at all make the decoder throw', () => {
  fc.assert(
    fc.property(fc.array(stored, { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(255), (all, place, byte) => {
      const tail = newTail('private')
      for (const one of all) appendItem(tail, one)
      const whole = writeTail(tail)
      expect(decodeSegment(whole.slice(0, place % whole.length))).toBeUndefined()
      expect(decodeSegment(Uint8Array.of(...whole, byte))).toBeUndefined()
      decodeSegment(whole.with(place % whole.length, byte))
    }),
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decodeSegment(bytes)))
})

test('[S7] a chunk gives back the heads that were put into it, by log id', () => {
  const places = fc.uniqueArray(fc.nat(63), { maxLength: 64 })
  fc.assert(
    fc.property(places, fc.bigInt(0n, 2n ** 58n - 1n), (slots, chunkNumber) => {
      const heads = slots.map((slot) => item({ document: `${slot}`, log: (chunkNumber << 6n) | BigInt(slot) }).head)
      let chunk = new Uint8Array(0)
      for (const head of heads) chunk = withHead(chunk, head) as Uint8Array<ArrayBuffer>
      expect(isHeadChunk(chunk)).toBe(true)
      expect(headsOf(chunk, ada, chunkNumber)).toEqual(heads.toSorted((a, b) => (a.logId < b.logId ? -1 : 1)))
      for (let slot = 0n; slot < 64n; slot++) {
        const logId = ((chunkNumber << 6n) | slot) as LogId
        expect(headOf(chunk, ada, logId)).toEqual(heads.find((head) => head.logId === logId))
      }
    }),
    { numRuns: 30 },
  )
})
