import { assert } from '../../core/assert.ts'
import { addHashes, hashToNumber } from '../../core/entry/log-item.ts'
import type { Hash } from '../../core/ids.ts'

/**
 * An ordered set that knows the sum of any range of itself: a weight-balanced tree whose nodes carry size and sum of what is below them.
 * Adding, taking out, finding and summing cost O(log n). Sets are values: a change makes a new one that shares nearly everything with the old, so
 * that a session reconciles the set as it was when it began while entries go on arriving.
 */
export interface ItemSet {
  readonly root: Node | undefined
}

/** What is reconciled: a log's head, its log id as timestamp (sync.md §4). */
export interface Item {
  /** Below 2^64 - 1, which stands for infinity. */
  readonly timestamp: bigint
  readonly id: Hash
}

/** A place in the order, before all items that are not lower. `id` is any beginning of a hash, from `0020` on. */
export interface Bound {
  readonly timestamp: bigint
  readonly id: string
}

interface Node {
  readonly item: Item
  /** The digest as a little-endian number. */
  readonly value: bigint
  readonly left: Node | undefined
  readonly right: Node | undefined
  readonly size: number
  /** Of the values of the whole subtree, modulo 2^256. */
  readonly sum: bigint
}
type Tree = Node | undefined

export const emptyItemSet: ItemSet = { root: undefined }

/** By timestamp, then by id. A bound comes before the items that its id begins. */
export function compareBounds(a: Bound, b: Bound): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** A set of these items, in any order, each once. O(n log n), most of it sorting. */
export function itemSetOf(items: Iterable<Item>): ItemSet {
  const sorted = [...items].sort(compareBounds)
  assert(
    sorted.every((item, i) => i === 0 || compareBounds(sorted[i - 1] as Item, item) < 0),
    'a set has each item once',
  )
  const build = (from: number, to: number): Tree => {
    if (from === to) return undefined
    const middle = (from + to) >> 1
    const item = sorted[middle] as Item
    return node(build(from, middle), item, hashToNumber(item.id), build(middle + 1, to))
  }
  return { root: build(0, sorted.length) }
}

/** The set with this item; the same set where it is in already. */
export function withItem(set: ItemSet, item: Item): ItemSet {
  const root = insert(set.root, item)
  return root === set.root ? set : { root }
}

/** The set without this item; the same set where it is not in. */
export function withoutItem(set: ItemSet, item: Item): ItemSet {
  const root = remove(set.root, item)
  return root === set.root ? set : { root }
}

export const itemCount = ({ root }: ItemSet): number => size(root)

/** How many items lie before the bound: the position of the first that does not. */
export function positionOf({ root }: ItemSet, bound: Bound): number {
  let before = 0
  for (let tree = root; tree;) {
    const isBefore = compareBounds(tree.item, bound) < 0
    if (isBefore) before += size(tree.left) + 1
    tree = isBefore ? tree.right : tree.left
  }
  return before
}

/** The item at a position below `itemCount`. */
export function itemAt({ root }: ItemSet, position: number): Item {
  let rest = position
  for (let tree = root; tree;) {
    const left = size(tree.left)
    if (rest === left) return tree.item
    tree = rest < left ? tree.left : tree.right
    if (rest > left) rest -= left + 1
  }
  assert(false, 'a position lies in its set')
}

/** Sum of the ids at positions `from` to before `to`, modulo 2^256. */
export const sumBetween = ({ root }: ItemSet, from: number, to: number): bigint =>
  BigInt.asUintN(256, sumBefore(root, to) - sumBefore(root, from))

/** The items at positions `from` to before `to`, one by one: O(log n) to begin, then O(1) each, on average. */
export function* itemsBetween({ root }: ItemSet, from: number, to: number): Generator<Item, void, undefined> {
  // Nodes whose left side is done, the next one last.
  const path: Node[] = []
  let skip = from
  for (let tree = root; tree;) {
    const left = size(tree.left)
    if (skip <= left) path.push(tree)
    if (skip === left) break
    tree = skip < left ? tree.left : tree.right
    if (skip > left) skip -= left + 1
  }
  for (let count = to - from; count > 0; count--) {
    const next = path.pop()
    if (!next) return
    yield next.item
    for (let tree = next.right; tree; tree = tree.left) path.push(tree)
  }
}

function sumBefore(root: Tree, position: number): bigint {
  let rest = position
  let sum = 0n
  for (let tree = root; tree && rest > 0;) {
    const left = size(tree.left)
    if (rest > left) {
      sum += (tree.left?.sum ?? 0n) + tree.value
      rest -= left + 1
      tree = tree.right
    } else tree = tree.left
  }
  return sum
}

const size = (tree: Tree): number => tree?.size ?? 0

const node = (left: Tree, item: Item, value: bigint, right: Tree): Node => ({
  item,
  value,
  left,
  right,
  size: size(left) + 1 + size(right),
  sum: addHashes(addHashes(left?.sum ?? 0n, value), right?.sum ?? 0n),
})

/** No side weighs more than three times the other; a double rotation where the inner grandchild weighs twice the outer. Both proved sound together (Hirai, Yamamoto 2011). */
const maxRatio = 3
const doubleRatio = 2
const weight = (tree: Tree): number => size(tree) + 1

/** A node of these parts, rotated where one change has made one side too heavy. */
function balanced(left: Tree, item: Item, value: bigint, right: Tree): Node {
  if (right && weight(right) > maxRatio * weight(left)) {
    const inner = right.left
    if (!inner || weight(inner) < doubleRatio * weight(right.right))
      return node(node(left, item, value, inner), right.item, right.value, right.right)
    return node(
      node(left, item, value, inner.left),
      inner.item,
      inner.value,
      node(inner.right, right.item, right.value, right.right),
    )
  }
  if (left && weight(left) > maxRatio * weight(right)) {
    const inner = left.right
    if (!inner || weight(inner) < doubleRatio * weight(left.left))
      return node(left.left, left.item, left.value, node(inner, item, value, right))
    return node(
      node(left.left, left.item, left.value, inner.left),
      inner.item,
      inner.value,
      node(inner.right, item, value, right),
    )
  }
  return node(left, item, value, right)
}

function insert(tree: Tree, item: Item): Node {
  if (!tree) return node(undefined, item, hashToNumber(item.id), undefined)
  const order = compareBounds(item, tree.item)
  if (order === 0) return tree
  const side = order < 0 ? tree.left : tree.right
  const changed = insert(side, item)
  return changed === side ? tree : withSide(tree, order, changed)
}

function remove(tree: Tree, item: Item): Tree {
  if (!tree) return undefined
  const order = compareBounds(item, tree.item)
  if (order === 0) return joined(tree.left, tree.right)
  const side = order < 0 ? tree.left : tree.right
  const changed = remove(side, item)
  return changed === side ? tree : withSide(tree, order, changed)
}

/** The same node with another left (`order` below 0) or right side. */
const withSide = (tree: Node, order: number, side: Tree): Node =>
  order < 0 ? balanced(side, tree.item, tree.value, tree.right) : balanced(tree.left, tree.item, tree.value, side)

/** Two neighbours that were balanced with one item between them. */
function joined(left: Tree, right: Tree): Tree {
  if (!left) return right
  if (!right) return left
  let first = right
  while (first.left) first = first.left
  return balanced(left, first.item, first.value, remove(right, first.item))
}
