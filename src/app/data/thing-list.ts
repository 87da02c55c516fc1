import type { DocumentView, Filter, P2pandaError, QueryState, SchemaId, TakibiNode } from '../../sdk/index.ts'
import { useLeaving } from './removal.ts'
import { newestThings } from './use-things.ts'

/** Which things of a collection, in which order. */
export interface ListOptions {
  readonly where: Readonly<Record<string, Filter>>
  readonly orderBy: readonly string[]
}

/** A list of any length, of which only what is looked at is held. */
export interface ThingListState {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error?: P2pandaError
  /** How many things there are, as far as it is known. */
  readonly total: number
  readonly isCounted: boolean
  /** An index is being built for this order: 0 to 1. */
  readonly indexing?: number
  /** `undefined`: not read yet. */
  readonly rowAt: (index: number) => DocumentView | undefined
}

export interface ThingList {
  readonly getState: () => ThingListState
  readonly subscribe: (listener: () => void) => () => void
  /** Says which rows are in sight; they and their neighbours are read. */
  readonly show: (from: number, to: number) => void
}

const pageLength = 100
/** Rows read at once on the way to a place nobody has been to yet: the most a query gives. */
const longestStep = 1_000
/** Pages kept beside those in sight. */
const keptAround = 4
/** How long nothing may change before pages out of sight are put right. */
const settleMs = 1_000

const pageOf = (index: number): number => Math.floor(index / pageLength)

/**
 * Reads a list in pages behind cursors. The first page is a live query. Later ones begin at the cursor their predecessor ended with;
 * a change anywhere reads those in sight again. Cursors go forward only, so a jump reads its way there in long steps, keeping
 * nothing but the cursors.
 */
export const createThingList = (node: TakibiNode, schema: SchemaId, options: ListOptions): ThingList => {
  const head = node.query(schema, { ...options, first: pageLength })
  const news = newestThings(node, schema)
  const listeners = new Set<() => void>()
  const pages = new Map<number, readonly DocumentView[]>()
  /** When a page was read last, counted in changes of the collection. */
  const readAt = new Map<number, number>()
  /** The cursor that page n begins after. Page 1's comes from the live query. */
  let cursors: (string | undefined)[] = []
  let changes = 0
  let sight = { first: 0, last: 0 }
  let isReading = false
  let isDrifted = false
  let settling: ReturnType<typeof setTimeout> | undefined
  let stop = new AbortController()
  let state: ThingListState = stateOf(head.getState(), pages)

  const emit = (): void => {
    state = stateOf(head.getState(), pages)
    for (const listener of listeners) listener()
  }

  const take = (from: number, documents: readonly DocumentView[]): void => {
    for (let at = 0; at < documents.length; at += pageLength) {
      const page = from + at / pageLength
      const rows = documents.slice(at, at + pageLength)
      readAt.set(page, changes)
      if (page >= sight.first - keptAround && page <= sight.last + keptAround) pages.set(page, rows)
      if (rows.length === pageLength) cursors[page + 1] = rows.at(-1)?.cursor
    }
  }

  const isMissing = (page: number): boolean => !pages.has(page) || readAt.get(page) !== changes
  const nextMissing = (): number | undefined => {
    const last = Math.min(sight.last, pageOf(Math.max(0, state.total - 1)))
    for (let page = Math.max(1, sight.first); page <= last; page += 1) if (isMissing(page)) return page
    return undefined
  }
  /** Reads from the nearest known cursor to the page, and says whether that brought it nearer. */
  const step = async (page: number, signal: AbortSignal): Promise<boolean> => {
    let from = page
    while (from > 1 && cursors[from] === undefined) from -= 1
    const after = cursors[from]
    if (after === undefined) return false
    const first = from === page ? pageLength : Math.min(longestStep, (page - from + 1) * pageLength)
    const asked = changes
    const { documents } = await node.query(schema, { ...options, after, first }).once({ signal })
    if (asked !== changes) return true
    take(from, documents)
    if (documents.length === 0) pages.set(from, [])
    return documents.length === first
  }
  const read = async (): Promise<void> => {
    if (isReading || listeners.size === 0) return
    isReading = true
    const { signal } = stop
    try {
      for (let page = nextMissing(); page !== undefined; page = nextMissing()) {
        const isNearer = await step(page, signal)
        emit()
        if (!isNearer && isMissing(page)) break
      }
    } catch {
      // Stopped, or the live query of the first page says what is wrong.
    } finally {
      isReading = false
    }
  }

  /** Cursors before the sight may be some rows off after changes there: walks up to it anew, once it is quiet. */
  const settle = async (): Promise<void> => {
    if (!isDrifted || sight.first <= 1) return
    isDrifted = false
    cursors.length = 2
    readAt.clear()
    await read()
  }

  const onNews = (now: QueryState, before: QueryState): void => {
    if (now.status !== 'ready' || before.status !== 'ready') return
    changes += 1
    isDrifted = true
    cursors.length = Math.min(cursors.length, Math.max(2, sight.last + 1))
    const known = new Map(now.documents.map((document) => [document.id, document]))
    // What changed is shown at once where it stands; the pages are read again all the same.
    for (const [page, rows] of pages)
      if (page > 0 && rows.some(({ id }) => known.has(id)))
        pages.set(
          page,
          rows.map((row) => patched(row, known.get(row.id))),
        )
    emit()
    void read()
    clearTimeout(settling)
    settling = setTimeout(() => void settle(), settleMs)
  }
  const onHead = (now: QueryState): void => {
    if (now.indexing === undefined && now.status === 'ready') {
      pages.set(0, now.documents)
      cursors[1] = now.hasNextPage ? (now.endCursor ?? undefined) : undefined
    }
    emit()
    void read()
  }

  const start = (): void => {
    stop = new AbortController()
    changes += 1
    const { signal } = stop
    for (const end of [head.subscribe(onHead), news.subscribe(onNews), useLeaving.subscribe(emit)])
      signal.addEventListener('abort', end, { once: true })
    onHead(head.getState())
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      const own = (): void => listener()
      listeners.add(own)
      if (listeners.size === 1) start()
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return
        clearTimeout(settling)
        stop.abort()
      }
    },
    show: (from, to) => {
      const next = { first: pageOf(Math.max(0, from - pageLength / 2)), last: pageOf(to + pageLength / 2) }
      if (next.first === sight.first && next.last === sight.last) return
      sight = next
      for (const page of pages.keys())
        if (page > 0 && (page < sight.first - keptAround || page > sight.last + keptAround)) pages.delete(page)
      void read()
    },
  }
}

const patched = (row: DocumentView, now: DocumentView | undefined): DocumentView =>
  now === undefined || now.viewId === row.viewId
    ? row
    : { ...now, ...(row.cursor === undefined ? {} : { cursor: row.cursor }) }

/** The list as it looks now. Things being removed are left out, and those behind them move up. */
const stateOf = (head: QueryState, pages: ReadonlyMap<number, readonly DocumentView[]>): ThingListState => {
  const leaving = useLeaving.getState().ids
  const gaps: number[] = []
  if (leaving.size > 0)
    for (const [page, rows] of pages)
      for (const [at, { id }] of rows.entries()) if (leaving.has(id)) gaps.push(page * pageLength + at)
  gaps.sort((a, b) => a - b)
  const held = [...pages].reduce((most, [page, rows]) => Math.max(most, page * pageLength + rows.length), 0)
  return {
    status: head.indexing === undefined ? head.status : 'loading',
    ...(head.error === undefined ? {} : { error: head.error }),
    ...(head.indexing === undefined ? {} : { indexing: head.indexing }),
    total: Math.max(0, (head.totalCount ?? held + (head.hasNextPage ? pageLength : 0)) - gaps.length),
    isCounted: head.totalCount !== null,
    rowAt: (index) => {
      let at = index
      for (const gap of gaps) if (gap <= at) at += 1
      return pages.get(pageOf(at))?.[at % pageLength]
    },
  }
}

/** A list that is all there: what a search found. */
export const wholeList = (documents: readonly DocumentView[]): ThingListState => ({
  status: 'ready',
  total: documents.length,
  isCounted: true,
  rowAt: (index) => documents[index],
})
