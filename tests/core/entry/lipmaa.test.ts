import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxU64 } from '../../../src/core/bytes/varu64.ts'
import { certificatePool, linkPath, lipmaa, needsSkiplink } from '../../../src/core/entry/lipmaa.ts'
import vectors from '../../vectors/lipmaa.json'

const numbers = (values: readonly (number | string)[]): bigint[] => values.map(BigInt)

describe('lipmaa', () => {
  test('[E3] gives the skip link of entries 1 to 2,200, and says where one is due', () => {
    for (const { n, lipmaa: expected, skiplinkRequired } of vectors.table) {
      expect(lipmaa(BigInt(n)), `lipmaa(${n})`).toBe(BigInt(expected))
      expect(needsSkiplink(BigInt(n)), `needsSkiplink(${n})`).toBe(skiplinkRequired)
    }
  })

  test.each(vectors.large)('[E3] lipmaa($n) is $lipmaa', ({ n, lipmaa: expected, skiplinkRequired }) => {
    expect(lipmaa(BigInt(n))).toBe(BigInt(expected))
    expect(needsSkiplink(BigInt(n))).toBe(skiplinkRequired)
  })
})

/** Length of the shortest way down, by breadth first. */
function shortest(from: bigint, to: bigint): number {
  const steps = new Map([[from, 1]])
  for (const [n, length] of steps) {
    if (n === to) return length
    for (const next of [n - 1n, lipmaa(n)]) if (next >= to && !steps.has(next)) steps.set(next, length + 1)
  }
  throw new Error('there is always a way down')
}

describe('linkPath', () => {
  test('[E9] is as short as any way along links', () => {
    for (let from = 1n; from <= 130n; from++)
      for (let to = 1n; to <= from; to++) {
        const path = linkPath(from, to)
        expect(path.length, `${from} to ${to}`).toBe(shortest(from, to))
        expect([path[0], path.at(-1)]).toEqual([from, to])
      }
  })

  test('[E9] is short for the longest log there can be', () => {
    expect(linkPath(maxU64, 1n).length).toBeLessThan(300)
    expect(certificatePool(maxU64 - 5n).length).toBeLessThan(600)
  })
})

describe('certificatePool', () => {
  test.each(vectors.certificatePools)('[E9] of entry $x', ({ x, down, pool }) => {
    expect(linkPath(BigInt(x), 1n)).toEqual(numbers(down))
    expect(certificatePool(BigInt(x))).toEqual(numbers(pool))
  })

  test('[E9] leaves out what is above the height of the log', () => {
    expect(certificatePool(23n, 30n)).toEqual(numbers([1, 4, 13, 17, 21, 22, 23, 24, 25, 26]))
    expect(certificatePool(23n, 23n)).toEqual(linkPath(23n, 1n).reverse())
  })

  const seqNum = fc.oneof(fc.bigInt(1n, 2000n), fc.bigInt(1n, maxU64))
  test('[E9] two pools together lead from the later entry to the earlier one and on to the first', () => {
    fc.assert(
      fc.property(seqNum, seqNum, (one, other) => {
        const [x, y] = one < other ? [one, other] : [other, one]
        const both = new Set([...certificatePool(x), ...certificatePool(y)])
        const reached = new Set([y])
        for (const n of [...both].sort((a, b) => (a < b ? 1 : -1)))
          if (reached.has(n) && n > x) for (const next of [n - 1n, lipmaa(n)]) if (next >= x) reached.add(next)
        expect(reached.has(x), `${y} to ${x}`).toBe(true)
        expect(linkPath(x, 1n).every((n) => both.has(n))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('[E9] two pools cut at the height of the log still do', () => {
    for (let x = 1n; x <= 60n; x++)
      for (let y = x; y <= 60n; y++) {
        const both = new Set([...certificatePool(x, y), ...certificatePool(y, y)])
        const reached = new Set([y])
        for (let n = y; n > x; n--)
          if (both.has(n) && reached.has(n)) for (const next of [n - 1n, lipmaa(n)]) reached.add(next)
        expect(reached.has(x), `${y} to ${x}`).toBe(true)
      }
  })
})
