import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addEntry,
  countEntries,
  type IndexEntry,
  readEntries,
  removeEntry,
  type SortedEntries,
} from '../../../src/adapters/memory/sorted-entries.ts'
import { compareKeys } from '../../../src/adapters/layout/index-key.ts'
import type { DocumentId } from '../../../src/core/ids.ts'

const documents = ['a', 'b'] as readonly string[] as readonly DocumentId[]
const entry: fc.Arbitrary<IndexEntry> = fc.record({
  // So few that keys meet, so many that runs are cut.
  key: fc.integer({ min: 0, max: 3_000 }).map((number) => ['index', number] as const),
  documentId: fc.constantFrom(...documents),
})
const step = fc.record({ does: fc.constantFrom('add', 'add', 'add', 'remove'), entry } as const)

test('[S12] the index in memory reads as one sorted list does, whatever was added and removed', () => {
  const read = fc.record({
    from: fc.integer({ min: -1, max: 3_001 }),
    to: fc.integer({ min: -1, max: 3_001 }),
    direction: fc.constantFrom('asc', 'desc'),
    limit: fc.constantFrom(0, 1, 7, 600, Infinity),
  } as const)
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 4_000, size: 'max' }),
      fc.array(read, { maxLength: 10 }),
      (steps, reads) => {
        const index: SortedEntries = []
        const model = new Map<string, IndexEntry>()
        for (const { does, entry: one } of steps) {
          const name = one.key.join('/')
          if (does === 'add') {
            addEntry(index, one)
            if (!model.has(name)) model.set(name, one)
          } else {
            removeEntry(index, one)
            if (model.get(name)?.documentId === one.documentId) model.delete(name)
          }
        }
        const sorted = [...model.values()].sort((a, b) => compareKeys(a.key, b.key))
        for (const { from, to, direction, limit } of reads) {
          const range = {
            isBelow: (key: IndexEntry['key']) => Number(key[1]) < from,
            isAbove: (key: IndexEntry['key']) => Number(key[1]) > to,
          }
          const inside = sorted.filter(({ key }) => !range.isBelow(key) && !range.isAbove(key))
          expect(countEntries(index, range)).toBe(inside.length)
          const inOrder = direction === 'asc' ? inside : inside.toReversed()
          expect(readEntries(index, range, direction, limit)).toEqual(inOrder.slice(0, limit))
        }
      },
    ),
    { numRuns: 30 },
  )
})
