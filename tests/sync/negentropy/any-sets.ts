import * as fc from 'fast-check'
import { bytesToHex } from '../../../src/core/bytes/hex.ts'
import { encodeUtf8 } from '../../../src/core/bytes/utf8.ts'
import { blake3 } from '../../../src/core/hash/blake3.ts'
import type { Hash } from '../../../src/core/ids.ts'
import type { Item } from '../../../src/sync/negentropy/item-set.ts'

const ids = new Map<string, Hash>()

/** The hash of a text, made once. */
export function idOf(text: string): Hash {
  const known = ids.get(text) ?? (`0020${bytesToHex(blake3(encodeUtf8(text)))}` as Hash)
  ids.set(text, known)
  return known
}

/** Two sets with much in common: how many items, in how many timestamps, and which of them one side lacks. */
export interface TwoSets {
  readonly ours: readonly Item[]
  readonly theirs: readonly Item[]
}

export const twoSets = (max: number): fc.Arbitrary<TwoSets> =>
  fc
    .record({
      count: fc.nat({ max }),
      timestamps: fc.constantFrom(1, 3, 100, 100_000),
      oursLacks: fc.constantFrom(0, 1, 2, 7, 100),
      theirsLacks: fc.constantFrom(0, 1, 2, 9, 100),
      salt: fc.nat({ max: 5 }),
    })
    .map(({ count, timestamps, oursLacks, theirsLacks, salt }) => {
      const items = Array.from({ length: count }, (_, n) => ({
        timestamp: BigInt((n * 7919) % timestamps),
        id: idOf(`${salt}/${n}`),
      }))
      const without = (every: number, from: number) => items.filter((_, n) => every === 0 || n % every !== from % every)
      return { ours: without(oursLacks, 0), theirs: without(theirsLacks, 3) }
    })

const only = (a: readonly Item[], b: readonly Item[]): readonly Hash[] => {
  const other = new Set(b.map(({ id }) => id))
  return a
    .map(({ id }) => id)
    .filter((id) => !other.has(id))
    .toSorted()
}

/** What the side that has `ours` is to find. */
export const differences = ({ ours, theirs }: TwoSets) => ({ have: only(ours, theirs), need: only(theirs, ours) })
