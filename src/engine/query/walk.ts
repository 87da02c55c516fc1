import type { Bound, Store, ViewRange, ViewRow } from '../../ports/store.ts'
import { comparePlaces, isCut, keyOfPlace, type Place } from '../sort-order.ts'
import { comparePositions, isBetween, positionOf, type FullOrder, type Position } from './order.ts'

/** Rows in one read: small at first, so that a first page is quick, then twice as many each time up to this. */
const maxRowsPerRead = 500
/** Rows of one group kept before they are sorted and cut back to what is wanted. */
const groupSlack = 1000

export type Range = Pick<ViewRange, 'prefix' | 'lower' | 'upper'>

/** All rows of a range, page by page: nothing is held but the page at hand. Rejects with the signal's reason. */
export async function* pagesOf(
  store: Store,
  range: Range & Pick<ViewRange, 'direction'>,
  firstLimit: number,
  signal: AbortSignal,
): AsyncIterable<readonly { readonly key: Place; readonly row: ViewRow }[]> {
  const end = range.direction === 'asc' ? 'lower' : 'upper'
  let bound = range[end]
  for (let limit = Math.min(firstLimit, maxRowsPerRead); ; limit = Math.min(limit * 2, maxRowsPerRead)) {
    signal.throwIfAborted()
    const page = await store.viewsIn({ ...range, ...(bound && { [end]: bound }), limit })
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (!last || page.length < limit) return
    bound = { key: last.key.slice(range.prefix.length), isOpen: true }
  }
}

export interface Walk {
  readonly range: Range
  readonly order: FullOrder
  /** The range's index is that of the order's first step. Otherwise all of the range is looked at, and only what is wanted is kept. */
  readonly isInOrder: boolean
  readonly matches: (row: ViewRow) => boolean
  /** Rows behind this position are left out. */
  readonly until?: Position | undefined
  /** Rows in the first read; the more, the fewer of them are likely to match. */
  readonly firstRead?: number
  /** Gives up when the page is not full after about so many rows. */
  readonly maxRows?: number
}

export interface Taken {
  readonly rows: readonly ViewRow[]
  /** All that matched, where the walk saw the whole range. */
  readonly matched: number | undefined
}

/** Where a position stands in the index. What shares its key may stand on either side of it, as ties may be ordered by more than the key. */
const edgeAt = (
  { steps }: FullOrder,
  { places, documentId }: Position,
): { readonly key: Place; readonly isExact: boolean } => {
  const [step] = steps
  if (!step) return { key: [documentId], isExact: true }
  const key = keyOfPlace(places[0] ?? [], step.kind)
  const isExact = steps.length === 1 && !isCut(key, step.kind)
  return { key: isExact ? [...key, documentId] : key, isExact }
}

/** The part of the range between the cursors, as far as the index can tell. */
const rangeBetween = ({ range, order, isInOrder, until }: Walk, after: Position | undefined): Range => {
  if (!isInOrder) return range
  const from = after && edgeAt(order, after)
  const to = until && edgeAt(order, until)
  const [lower, upper] = [from && { key: from.key, isOpen: from.isExact }, to && { key: to.key }]
  const [low, high] = order.direction === 'asc' ? [lower, upper] : [upper, lower]
  return {
    ...range,
    ...(low && { lower: tighter(range.lower, low, 1) }),
    ...(high && { upper: tighter(range.upper, high, -1) }),
  }
}

const tighter = (a: Bound | undefined, b: Bound, sign: 1 | -1): Bound =>
  a && comparePlaces(a.key, b.key) * sign > 0 ? a : b

/**
 * The first `wanted` matching rows after a position, in order. An index orders by its first step, and text by its first 64 characters
 * only: rows that share a key and may still differ form a group, which is sorted before it goes on. A group of any size needs memory
 * for `wanted` rows only. `undefined`: it gave up.
 */
export const takeInOrder = async (
  store: Store,
  walk: Walk,
  after: Position | undefined,
  wanted: number,
  signal: AbortSignal,
): Promise<Taken | undefined> => {
  const { order, until, firstRead = wanted, maxRows = Number.POSITIVE_INFINITY } = walk
  const [step] = order.steps
  const taken: ViewRow[] = []
  const seen = new Set<string>()
  let matched = 0
  let group: ViewRow[] = []
  let groupKey: Place | undefined
  let isPastCursor = after === undefined

  const sortGroup = (): void => {
    const placed = group.map((row) => ({ row, position: positionOf(row, order) }))
    placed.sort((a, b) => comparePositions(a.position, b.position, order))
    group = placed.slice(0, wanted - taken.length).map(({ row }) => row)
  }
  const closeGroup = (): void => {
    if (group.length > 0) sortGroup()
    taken.push(...group)
    group = []
    groupKey = undefined
  }

  const direction = walk.isInOrder ? order.direction : 'asc'
  const range = rangeBetween(walk, after)
  const afterKey = after && step ? keyOfPlace(after.places[0] ?? [], step.kind) : undefined
  let looked = 0
  for await (const page of pagesOf(store, { ...range, direction }, Math.max(firstRead, 50), signal)) {
    if (looked >= maxRows) return undefined
    looked += page.length
    for (const { key, row } of page) {
      const place = key.slice(range.prefix.length, -1)
      const isSettled = walk.isInOrder && (!step || (order.steps.length === 1 && !isCut(place, step.kind)))
      if (groupKey && comparePlaces(groupKey, place) !== 0) closeGroup()
      if (taken.length >= wanted) return { rows: taken.slice(0, wanted), matched: undefined }
      // A row that moved while we read may come by twice.
      if (!walk.matches(row) || seen.has(row.documentId)) continue
      matched++
      if (walk.isInOrder && !isPastCursor && (!afterKey || comparePlaces(place, afterKey) !== 0)) isPastCursor = true
      if ((after && !isPastCursor) || until) {
        if (!isBetween(positionOf(row, order), { after: isPastCursor ? undefined : after, until, order })) continue
      }
      seen.add(row.documentId)
      if (isSettled) {
        taken.push(row)
        continue
      }
      if (walk.isInOrder) groupKey = place
      group.push(row)
      if (group.length > wanted + groupSlack) sortGroup()
    }
    if (group.length === 0 && taken.length >= wanted) return { rows: taken.slice(0, wanted), matched: undefined }
  }
  closeGroup()
  return { rows: taken.slice(0, wanted), matched: after || until ? undefined : matched }
}
