import type { Store, ViewRow } from '../../ports/store.ts'
import type { Family } from '../family.ts'
import { BY_ID, DELETED_BY_ID } from '../index-keys.ts'
import { comparePositions, isBetween, positionOf, type OrderStep } from './order.ts'
import { narrow, rangeOfOrder, type Narrowed, type Understood } from './plan.ts'
import { pagesOf, takeInOrder, type Range } from './walk.ts'

/** Rows that are rather loaded and sorted in memory than looked for in the order of another index. */
const maxRowsToLoad = 1000
/** Rows, for each that is wanted, that are looked at in the order asked for before the counts of other indexes decide. */
const maxRowsToTry = 4

export interface Page {
  /** One more than asked for, where there is one. */
  readonly rows: readonly ViewRow[]
  /** All matches without cursor and limit, where that came along or an index could count it. */
  readonly total: number | undefined
}

const loadIds = async (
  store: Store,
  { ids = [], isOfDeleted }: Understood,
  isOfFamily: (row: ViewRow) => boolean,
): Promise<readonly ViewRow[]> => {
  const rows = await store.views(ids)
  return rows.filter((row): row is ViewRow => row?.isDeleted === isOfDeleted && isOfFamily(row))
}

const loadRange = async (store: Store, range: Range, signal: AbortSignal): Promise<readonly ViewRow[]> => {
  const rows = new Map<string, ViewRow>()
  for await (const page of pagesOf(store, { ...range, direction: 'asc' }, maxRowsToLoad, signal))
    for (const { row } of page) rows.set(row.documentId, row)
  return [...rows.values()]
}

/** Few rows, all in memory: test, sort, cut. */
const takeFromRows = (rows: readonly ViewRow[], understood: Understood): Page => {
  const { order } = understood
  const placed = rows
    .filter((row) => understood.matches(row))
    .map((row) => ({ row, position: positionOf(row, order) }))
    .sort((a, b) => comparePositions(a.position, b.position, order))
  const rest = placed.filter(({ position }) => isBetween(position, understood))
  return { rows: rest.slice(0, understood.first + 1).map(({ row }) => row), total: placed.length }
}

const fewest = async (
  store: Store,
  narrowed: readonly Narrowed[],
): Promise<(Narrowed & { readonly count: number }) | undefined> => {
  const counted = await Promise.all(narrowed.map(async (one) => ({ ...one, count: await store.countIn(one.range) })))
  return counted.sort((a, b) => a.count - b.count)[0]
}

/** What an index knows about the number of matches. */
const totalByIndex = async (
  store: Store,
  understood: Understood,
  family: Family,
  best: (Narrowed & { readonly count: number }) | undefined,
): Promise<number | undefined> => {
  if (understood.conditions.length === 0)
    return store.countIn({ prefix: [family.number, understood.isOfDeleted ? DELETED_BY_ID : BY_ID] })
  return best?.keeps.length === understood.conditions.length ? best.count : undefined
}

/**
 * One page of a query. Ids given: those rows. Else a short walk along the index of the order, testing rows. If that does not fill the page:
 * where the index of a filter holds at most 1,000 rows, those, sorted in memory; otherwise the walk until the page is full.
 * `missing`: the index of the order is not there yet. Counting ten thousand keys takes longer than all else, so who wants the total says so.
 */
export const takePage = async (
  store: Store,
  understood: Understood,
  family: Family,
  isOfFamily: (row: ViewRow) => boolean,
  isTotalWanted: boolean,
  signal: AbortSignal,
): Promise<Page | { readonly missing: OrderStep }> => {
  if (understood.ids) return takeFromRows(await loadIds(store, understood, isOfFamily), understood)
  const narrowed = narrow(understood, family)
  const ordered = rangeOfOrder(understood, family, narrowed)
  const wanted = understood.first + 1
  const isFiltered = understood.conditions.length > 0
  const walk = 'range' in ordered && {
    ...ordered,
    order: understood.order,
    matches: understood.matches,
    until: understood.until,
    firstRead: isFiltered ? 2 * wanted : wanted,
  }
  // Mostly the page fills within a few rows, and that is known as soon as the counts are.
  const shortWalk = walk && { ...walk, maxRows: maxRowsToTry * wanted }
  const trying = shortWalk ? takeInOrder(store, shortWalk, understood.after, wanted, signal) : undefined
  const quick = isTotalWanted ? undefined : await trying
  if (quick) return { rows: quick.rows, total: quick.matched }
  const [best, tried] = await Promise.all([fewest(store, narrowed), trying])
  const total = await totalByIndex(store, understood, family, best)
  if (tried) return { rows: tried.rows, total: total ?? tried.matched }
  if (best && best.count <= maxRowsToLoad) return takeFromRows(await loadRange(store, best.range, signal), understood)
  if ('missing' in ordered) return ordered
  const taken = walk ? await takeInOrder(store, walk, understood.after, wanted, signal) : undefined
  return { rows: taken?.rows ?? [], total: total ?? taken?.matched }
}

/** How many match: by an index, else by looking at all that can. */
export const countMatches = async (
  store: Store,
  understood: Understood,
  family: Family,
  signal: AbortSignal,
): Promise<number> => {
  const best = await fewest(store, narrow(understood, family))
  const known = await totalByIndex(store, understood, family, best)
  if (known !== undefined) return known
  const all = { prefix: [family.number, understood.isOfDeleted ? DELETED_BY_ID : BY_ID] }
  const matches = new Set<string>()
  for await (const page of pagesOf(store, { ...(best?.range ?? all), direction: 'asc' }, 500, signal))
    for (const { row } of page) if (understood.matches(row)) matches.add(row.documentId)
  return matches.size
}
