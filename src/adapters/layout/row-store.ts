import type { IndexKey, Pending, Store, TableUsage } from '../../ports/store.ts'
import { rangeEnds } from './index-key.ts'
import { type Rows, judged, valuesOf, walk } from './row-access.ts'
import { countAnew, isCountersDamage } from './count-anew.ts'
import { documentReads } from './row-documents.ts'
import { headReads } from './row-heads.ts'
import { partReads } from './row-parts.ts'
import { isCounters, isDocumentId, isForkRow, isLocalRow, isPendingRow, isQueueRow, isViewRow, sizeOf } from './rows.ts'
import { type Table, beginningWith, countersKey, tables, textBeginningWith } from './tables.ts'

/** Rows where one that is damaged must not hide the others. */
const whole = <T>(rows: readonly unknown[], isWhole: (row: unknown) => row is T): T[] => rows.filter(isWhole)

const viewReads = (rows: Rows): Pick<Store, 'view' | 'views' | 'viewsIn' | 'countIn'> => ({
  view: async (documentId) => {
    const [row] = await rows.getMany('views', [[documentId]])
    return judged('views', [documentId], row, isViewRow)
  },
  views: async (documentIds) => {
    const keys = documentIds.map((id) => [id])
    const found = await rows.getMany('views', keys)
    return found.map((row) => (isViewRow(row) ? row : undefined))
  },
  viewsIn: async ({ direction, limit, ...range }) => {
    const found = await rows.viewsIn(rangeEnds(range), { direction, limit })
    return found.flatMap(({ key, value }) => (isViewRow(value) ? [{ key, row: value }] : []))
  },
  countIn: (range) => rows.countIn(rangeEnds(range)),
})

const localReads = (rows: Rows): Pick<Store, 'local' | 'localWith'> => ({
  local: async (key) => {
    const [row] = await rows.getMany('local', [[key]])
    return judged('local', [key], row, isLocalRow)?.value
  },
  localWith: async (prefix) =>
    (await rows.range('local', textBeginningWith(prefix))).flatMap(({ key, value }) =>
      isLocalRow(value) ? [[key[0] as string, value.value] as const] : [],
    ),
})

const usageOf = async (rows: Rows, table: Table): Promise<TableUsage> => {
  const usage = { table, rows: 0, bytes: 0 }
  for await (const page of walk(rows, table, {}, new AbortController().signal)) {
    usage.rows += page.length
    for (const { value } of page) usage.bytes += sizeOf(value)
  }
  return usage
}

/** A store over the rows of a database, laid out as `tables.ts` says. */
export const rowStore = (rows: Rows): Store => ({
  ...headReads(rows),
  ...documentReads(rows),
  ...viewReads(rows),
  ...localReads(rows),
  ...partReads(rows),
  pending: async (awaits) =>
    whole<Pending>(await rows.pendingOn([...new Set(awaits)]), isPendingRow).sort((a, b) => (a.id < b.id ? -1 : 1)),
  isPending: (ids) => {
    const keys = ids.map((id): IndexKey => [id])
    return rows.hasMany('pending', keys)
  },
  allPending: async (limit) => whole<Pending>(valuesOf(await rows.range('pending', {}, { limit })), isPendingRow),
  forks: async () => whole(valuesOf(await rows.range('forks', {})), isForkRow),
  queue: async (limit) => whole(valuesOf(await rows.range('queue', {}, { limit })), isQueueRow),
  outbox: async (target, limit) =>
    whole(valuesOf(await rows.range('outbox', beginningWith([target]), { limit })), isDocumentId),
  lastArrival: async () => {
    const [row] = await rows.getMany('meta', [countersKey])
    if (row === undefined || isCounters(row)) return row?.arrival ?? 0
    return (await countAnew(rows)).arrival
  },
  usage: () => Promise.all(tables.map((table) => usageOf(rows, table))),
  commit: async (changes, expect, isAllowed) => {
    try {
      return await rows.commit(changes, expect, isAllowed)
    } catch (failure) {
      if (!isCountersDamage(failure)) throw failure
      return rows.commit(changes, expect, isAllowed, await countAnew(rows))
    }
  },
  [Symbol.asyncDispose]: () => rows[Symbol.asyncDispose](),
})
