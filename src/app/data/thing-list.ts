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
/** Rows read at once on the way to a place nobody has been to yet. */
const longestStep = 500
/** Pages kept beside those in sight. */
const keptAround = 10
/** Pages read before they come into sight, so that a flick finds them. */
const readAhead = 8
/** How long a page that is here must stay in sight to be watched. */
const restMs = 150
/** How long nothing may change before pages out of sight are put right. */
const settleMs = 1_000

const pageOf = (index: number): number => Math.floor(index / pageLength)

/**
 * Reads a list in pages behind cursors; those in sight are live queries. A page begins at the cursor its predecessor ended with. Cursors
 * go forward only, so a jump reads its way there in long steps, keeping nothing but the cursors.
 */
export const createThingList = (node: TakibiNode, schema: SchemaId, options: ListOptions): ThingList => {
  const head = node.query(schema, { ...options, first: pageLength })
  const news = newestThings(node, schema)
  const listeners = new Set<() => void>()
  const pages = new Map<number, readonly DocumentView[]>()
  /** The cursor that page n begins after; page 1's comes from the live query of page 0. */
  let cursors: (string | undefined)[] = []
  const watched = new Map<number, { readonly after: string; readonly end: () => void }>()
  let sight = { first: 0, last: 0 }
  let isWalking = false
  let settling: ReturnType<typeof setTimeout> | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  let stop = new AbortController()
  let state: ThingListState = stateOf(head.getState(), pages)

  const emit = (): void => {
    state = stateOf(head.getState(), pages)
    for (const listener of listeners) listener()
  }
  const put = (page: number, { documents, hasNextPage, endCursor }: QueryState): void => {
    pages.set(page, documents)
    const next = hasNextPage ? (endCursor ?? undefined) : undefined
    if (cursors[page + 1] === next) return
    // What comes after it begins elsewhere now, and so does everything behind that.
    cursors.length = Math.min(cursors.length, page + 1)
    cursors[page + 1] = next
  }
  const watch = (page: number, after: string): void => {
    if (watched.get(page)?.after === after) return
    watched.get(page)?.end()
    const end = node.query(schema, { ...options, after, first: pageLength }).subscribe((now) => {
      if (now.status !== 'ready') return
      put(page, now)
      emit()
      look()
    })
    watched.set(page, { after, end })
  }

  /** Reads from page `from`, whose cursor is known, in long steps until the cursor of page `to` is known too. */
  const walk = async (
    from: number,
    to: number,
    found: (string | undefined)[],
    keep: (page: number, documents: readonly DocumentView[]) => void = () => undefined,
  ): Promise<void> => {
    const { signal } = stop
    for (let page = from; page < to;) {
      const after = found[page]
      if (after === undefined) return
      const first = Math.min(longestStep, (to - page) * pageLength)
      const { documents } = await node.query(schema, { ...options, after, first }).once({ signal })
      for (let at = 0; at < documents.length; at += pageLength) {
        const rows = documents.slice(at, at + pageLength)
        if (rows.length === pageLength) found[page + at / pageLength + 1] = rows.at(-1)?.cursor
        keep(page + at / pageLength, rows)
      }
      if (documents.length < first) return
      page += first / pageLength
    }
  }
  const isNear = (page: number): boolean => page >= sight.first - keptAround && page <= sight.last + keptAround
  const keep = (page: number, documents: readonly DocumentView[]): void => {
    if (!isNear(page) || watched.has(page)) return
    pages.set(page, documents)
    if (page >= sight.first && page <= sight.last) emit()
  }
  const walkTo = async (page: number): Promise<void> => {
    const known = cursors.findLastIndex((cursor, at) => at <= page && cursor !== undefined)
    if (known < 1 || isWalking) return
    isWalking = true
    try {
      await walk(known, page, cursors, keep)
    } catch {
      // Stopped, or the live query of the first page says what is wrong.
      return
    } finally {
      isWalking = false
    }
    if (cursors[page] !== undefined) look()
  }

  /** Watches the pages in sight, and lets go of the others. */
  const look = (): void => {
    if (listeners.size === 0) return
    for (const [page, { end }] of watched)
      if (page < sight.first || page > sight.last) {
        end()
        watched.delete(page)
      }
    for (const page of pages.keys()) if (page > 0 && !isNear(page)) pages.delete(page)
    const end = pageOf(Math.max(0, state.total - 1))
    for (let page = Math.max(1, sight.first); page <= Math.min(sight.last, end); page += 1) {
      const after = cursors[page]
      if (after === undefined) return void walkTo(Math.min(end, page + readAhead))
      if (!pages.has(page)) watch(page, after)
    }
    const ahead = Math.min(end, sight.last + readAhead)
    if (ahead > 1 && cursors[ahead] === undefined) void walkTo(ahead)
    clearTimeout(resting)
    resting = setTimeout(watchSight, restMs)
  }
  const watchSight = (): void => {
    for (let page = Math.max(1, sight.first); page <= sight.last; page += 1) {
      const after = cursors[page]
      if (after !== undefined) watch(page, after)
    }
  }

  /** Rows that came or went above the sight moved all below: once it is quiet, walks there again to see by how many. */
  const settle = async (): Promise<void> => {
    const to = sight.first
    if (to <= 1 || cursors[1] === undefined) return
    const found: (string | undefined)[] = [undefined, cursors[1]]
    try {
      await walk(1, to, found)
    } catch {
      return
    }
    if (sight.first !== to || found[to] === cursors[to]) return
    cursors = found
    watchSight()
  }
  const onNews = (): void => {
    clearTimeout(settling)
    settling = setTimeout(() => void settle(), settleMs)
  }
  const onHead = (now: QueryState): void => {
    if (now.indexing === undefined && now.status === 'ready') put(0, now)
    emit()
    look()
    onNews()
  }

  const start = (): void => {
    stop = new AbortController()
    const { signal } = stop
    for (const end of [head.subscribe(onHead), news.subscribe(onNews), useLeaving.subscribe(emit)])
      signal.addEventListener('abort', end, { once: true })
    onHead(head.getState())
  }
  const end = (): void => {
    clearTimeout(settling)
    clearTimeout(resting)
    stop.abort()
    for (const page of watched.values()) page.end()
    watched.clear()
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      const own = (): void => listener()
      listeners.add(own)
      if (listeners.size === 1) start()
      return () => {
        if (listeners.delete(own) && listeners.size === 0) end()
      }
    },
    show: (from, to) => {
      const next = { first: pageOf(Math.max(0, from - pageLength / 2)), last: pageOf(to + pageLength / 2) }
      if (next.first === sight.first && next.last === sight.last) return
      sight = next
      look()
    },
  }
}

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
