import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashToNumber } from '../../../src/core/entry/log-item.ts'
import type { Hash } from '../../../src/core/ids.ts'
import {
  type Item,
  type ItemSet,
  compareBounds,
  emptyItemSet,
  itemAt,
  itemCount,
  itemSetOf,
  itemsBetween,
  positionOf,
  sumBetween,
  withItem,
  withoutItem,
} from '../../../src/sync/negentropy/item-set.ts'

/** A few timestamps and ids, so that items collide, share timestamps and come back. */
const item = fc
  .tuple(fc.bigInt(0n, 6n), fc.nat({ max: 40 }))
  .map(([timestamp, n]): Item => ({ timestamp, id: `0020${n.toString(16).padStart(2, '0').repeat(32)}` as Hash }))
const change = fc.record({ item, isIn: fc.boolean() })

const sum = (items: readonly Item[]): bigint =>
  BigInt.asUintN(
    256,
    items.reduce((total, { id }) => total + hashToNumber(id), 0n),
  )

/** The longest way down, read off the tree itself. */
const depth = (tree: ItemSet['root']): number => (tree ? 1 + Math.max(depth(tree.left), depth(tree.right)) : 0)

describe('an ordered set', () => {
  test('[W7] holds, orders, counts and sums what a plain list does, after any changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 120 }), fc.nat(), fc.nat(), item, (changes, a, b, bound) => {
        let set = emptyItemSet
        let list: readonly Item[] = []
        for (const { item: changed, isIn } of changes) {
          set = isIn ? withItem(set, changed) : withoutItem(set, changed)
          const others = list.filter((each) => compareBounds(each, changed) !== 0)
          list = (isIn ? [...others, changed] : others).toSorted(compareBounds)
        }
        const [from = 0, to = 0] = [a % (list.length + 1), b % (list.length + 1)].toSorted((x, y) => x - y)
        expect(itemCount(set)).toBe(list.length)
        expect([...itemsBetween(set, from, to)]).toEqual(list.slice(from, to))
        expect(list.map((_, i) => itemAt(set, i))).toEqual(list)
        expect(sumBetween(set, from, to)).toBe(sum(list.slice(from, to)))
        expect(positionOf(set, bound)).toBe(list.filter((each) => compareBounds(each, bound) < 0).length)
        const prefix = { timestamp: bound.timestamp, id: bound.id.slice(0, 6) }
        expect(positionOf(set, prefix)).toBe(list.filter((each) => compareBounds(each, prefix) < 0).length)
      }),
      { numRuns: 300 },
    )
  })

  const inOrder = Array.from({ length: 5000 }, (_, i): Item => ({
    timestamp: BigInt(i),
    id: `0020${i.toString(16).padStart(64, '0')}` as Hash,
  }))

  test.each([
    ['in order', inOrder],
    ['from the end', inOrder.toReversed()],
    ['from both ends', inOrder.flatMap((each, i) => [each, inOrder[inOrder.length - 1 - i] as Item])],
  ])('[W7] stays flat when items come %s', (_, items) => {
    const set = items.reduce(withItem, emptyItemSet)
    expect(itemCount(set)).toBe(inOrder.length)
    expect(depth(set.root)).toBeLessThanOrEqual(2.5 * Math.log2(inOrder.length))
    const half = inOrder.slice(0, 2500).reduce(withoutItem, set)
    expect(depth(half.root)).toBeLessThanOrEqual(2.5 * Math.log2(2500))
  })

  test('[W7] a change leaves the set as it was, and touches few of its nodes', () => {
    const set = itemSetOf(inOrder)
    const before = set.root
    const changed = withoutItem(set, inOrder[17] as Item)
    expect(set.root).toBe(before)
    const nodes = new Set<unknown>()
    const collect = (tree: ItemSet['root']): void => {
      if (!tree) return
      nodes.add(tree)
      collect(tree.left)
      collect(tree.right)
    }
    collect(set.root)
    let made = 0
    const count = (tree: ItemSet['root']): void => {
      if (!tree || nodes.has(tree)) return
      made += 1
      count(tree.left)
      count(tree.right)
    }
    count(changed.root)
    expect(made).toBeLessThan(30)
  })

  test('[W7] what is in or not in already changes nothing', () => {
    const set = itemSetOf(inOrder)
    expect(withItem(set, inOrder[5] as Item)).toBe(set)
    expect(withoutItem(set, { timestamp: 9n, id: (inOrder[5] as Item).id })).toBe(set)
  })
})
