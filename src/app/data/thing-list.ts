import type {
  DocumentId,
  DocumentView,
  Filter,
  Live,
  P2pandaError,
  QueryState,
  SchemaId,
  TakibiNode,
} from '../../sdk/index.ts'
import { endPage, isKnown, newPages, pageLength, placeOf, putRows, startOf, type Pages } from './pages.ts'
import { useLeaving } from './removal.ts'
import { newestThings, ofGroup } from './use-things.ts'

/** Which things of a collection, in which order. */
export interface ListOptions {
  readonly where: Readonly<Record<string, Filter>>
  /** Whose: the things of a group's list are its own. */
  readonly group?: DocumentId | undefined
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

/** A page that grows beyond this is cut, and what is behind it begins anew. */
const longestPage = 2 * pageLength
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

interface WatchedPage {
  readonly after: string | undefined
  /** `undefined`: its end is not known yet. */
  readonly until: string | undefined
  readonly end: () => void
}

/** A hundred rows, or what is left of them; those far from the sight are counted only. */
interface Piece {
  readonly length: number
  readonly end: string | undefined
  readonly rows: readonly DocumentView[]
}

/**
 * Reads a list in pages between cursors; those in sight are live queries, and so is the first one, which knows how many things there are.
 * Cursors are found going forward, so a jump reads its way there in long steps, keeping nothing but the cursors.
 */
export const createThingList = (node: TakibiNode, schema: SchemaId, options: ListOptions): ThingList => {
  const { group, ...question } = options
  const news = newestThings(node, schema, group)
  const listeners = new Set<() => void>()
  const pages = newPages()
  const watched = new Map<number, WatchedPage>()
  /** What the first page said last. */
  let head: QueryState = nothingYet
  let sight = { from: 0, to: 0 }
  let isWalking = false
  let settling: ReturnType<typeof setTimeout> | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  let stop = new AbortController()
  let state: ThingListState = stateOf(head, pages)

  const emit = (): void => {
    state = stateOf(head, pages)
    for (const listener of listeners) listener()
  }
  const pagesInSight = (): { readonly first: number; readonly last: number } => ({
    first: placeOf(pages, sight.from - pageLength / 2).page,
    last: placeOf(pages, sight.to + pageLength / 2).page,
  })
  const isNear = (page: number): boolean => {
    const { first, last } = pagesInSight()
    return page >= first - keptAround && page <= last + keptAround
  }
  /** Only the first page counts. */
  const queryBetween = (after: string | undefined, until: string | undefined, first: number): Live<QueryState> =>
    node.query(schema, {
      ...question,
      ...ofGroup(group),
      count: after === undefined,
      ...(after !== undefined && { after }),
      ...(until !== undefined && { until }),
      first,
    })

  const onPage = (page: number, until: string | undefined, now: QueryState): void => {
    // A page that is watched anew goes on showing what it has.
    if (now.status === 'loading' && now.indexing === undefined) return
    // The old number stands until the new one is counted.
    if (page === 0) head = { ...now, totalCount: now.totalCount ?? head.totalCount }
    if (now.status === 'ready') {
      const isWhole = until !== undefined && !now.hasNextPage
      const rows = isWhole ? now.documents : now.documents.slice(0, pageLength)
      putRows(pages, page, rows)
      if (!isWhole) endPage(pages, page, now.hasNextPage ? rows.at(-1)?.cursor : undefined)
      for (const other of watched.keys()) if (!isKnown(pages, other)) leave(other)
    }
    emit()
    look()
    if (page === 0) onNews()
  }
  const leave = (page: number): void => {
    watched.get(page)?.end()
    watched.delete(page)
  }
  /** Watches a page between its ends, as far as they are known. */
  const watch = (page: number): void => {
    const [after, until] = [pages.cursors[page], pages.cursors[page + 1]]
    const before = watched.get(page)
    if (before && before.after === after && before.until === until) return
    leave(page)
    const end = queryBetween(after, until, until === undefined ? pageLength : longestPage).subscribe((now) =>
      onPage(page, until, now),
    )
    watched.set(page, { after, until, end })
  }

  /** Reads on from the last page that is known, in long steps, until the beginning of page `to` is. Says whether it was overtaken by a change. */
  const walk = async (to: number): Promise<boolean> => {
    const { signal } = stop
    for (;;) {
      const page = pages.cursors.length - 1
      if (page >= to) return false
      const after = pages.cursors[page]
      const first = Math.min(longestStep, (to - page) * pageLength)
      const { documents } = await queryBetween(after, undefined, first).once({ signal })
      if (pages.cursors.length - 1 !== page || pages.cursors[page] !== after) return true
      for (let at = 0; at < documents.length; at += pageLength) {
        const rows = documents.slice(at, at + pageLength)
        keep(page + at / pageLength, rows)
        if (rows.length === pageLength) pages.cursors.push(rows.at(-1)?.cursor)
      }
      if (documents.length < first) return false
    }
  }
  /** Rows that were read on the way. */
  const keep = (page: number, rows: readonly DocumentView[]): void => {
    if (watched.has(page)) return
    putRows(pages, page, rows)
    const { first, last } = pagesInSight()
    if (!isNear(page)) pages.rows.delete(page)
    else if (page >= first && page <= last) emit()
  }
  const walkTo = async (page: number): Promise<void> => {
    if (isWalking || pages.cursors.length < 2) return
    isWalking = true
    let isOvertaken: boolean
    try {
      isOvertaken = await walk(page)
    } catch {
      // Stopped, or the live query of the first page says what is wrong.
      return
    } finally {
      isWalking = false
    }
    rest()
    if (isOvertaken || isKnown(pages, page)) look()
  }

  /** Watches the pages in sight, and lets go of the others. */
  const look = (): void => {
    if (listeners.size === 0) return
    const { first, last } = pagesInSight()
    for (const page of watched.keys()) if (page > 0 && (page < first || page > last)) leave(page)
    for (const page of pages.rows.keys()) if (page > 0 && !isNear(page)) pages.rows.delete(page)
    const end = placeOf(pages, state.total - 1).page
    for (let page = Math.max(1, first); page <= Math.min(last, end); page += 1) {
      if (!isKnown(pages, page)) return void walkTo(Math.min(end, page + readAhead))
      if (!pages.rows.has(page)) watch(page)
    }
    const ahead = Math.min(end, last + readAhead)
    if (ahead > 1 && !isKnown(pages, ahead)) void walkTo(ahead)
    rest()
  }
  const rest = (): void => {
    resting ??= setTimeout(watchSight, restMs)
  }
  const watchSight = (): void => {
    resting = undefined
    watch(0)
    const { first, last } = pagesInSight()
    for (let page = Math.max(1, first); page <= last; page += 1) if (isKnown(pages, page)) watch(page)
  }

  /** Rows that came or went above the sight moved all below: once it is quiet, reads what stands between there and the first page. */
  const settle = async (): Promise<void> => {
    const { signal } = stop
    const to = pagesInSight().first
    const [begin, end] = [pages.cursors[1], pages.cursors[to]]
    if (to <= 1 || begin === undefined || end === undefined) return
    const pieces: Piece[] = []
    try {
      for (let after: string | undefined = begin; after !== undefined;) {
        const { documents, hasNextPage }: QueryState = await queryBetween(after, end, longestStep).once({ signal })
        for (let at = 0; at < documents.length; at += pageLength) {
          const rows = documents.slice(at, at + pageLength)
          pieces.push({ length: rows.length, end: rows.at(-1)?.cursor, rows: isNear(pieces.length + 1) ? rows : [] })
        }
        after = hasNextPage ? documents.at(-1)?.cursor : undefined
      }
    } catch {
      return
    }
    if (pages.cursors[1] !== begin || pages.cursors[to] !== end) return
    for (let page = 1; page < to; page += 1) {
      // What is more than full pages belongs to the last one, so that no page in sight gets another number.
      const own = page < to - 1 ? pieces.slice(page - 1, page) : pieces.slice(page - 1)
      if (page < to - 1) pages.cursors[page + 1] = own.at(-1)?.end ?? end
      leave(page)
      putRows(
        pages,
        page,
        own.flatMap(({ rows }) => rows),
      )
      pages.lengths[page] = own.reduce((sum, { length }) => sum + length, 0)
    }
    emit()
    look()
  }
  const onNews = (): void => {
    clearTimeout(settling)
    settling = setTimeout(() => void settle(), settleMs)
  }

  const start = (): void => {
    stop = new AbortController()
    for (const end of [news.subscribe(onNews), useLeaving.subscribe(emit)])
      stop.signal.addEventListener('abort', end, { once: true })
    watch(0)
    emit()
    look()
    onNews()
  }
  const end = (): void => {
    clearTimeout(settling)
    clearTimeout(resting)
    resting = undefined
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
      const before = pagesInSight()
      sight = { from, to }
      clearTimeout(resting)
      resting = undefined
      if (listeners.size > 0) rest()
      const { first, last } = pagesInSight()
      if (first !== before.first || last !== before.last) look()
    },
  }
}

const nothingYet: QueryState = {
  status: 'loading',
  documents: [],
  totalCount: null,
  hasNextPage: false,
  endCursor: null,
}

/** The list as it looks now. Things being removed are left out, and those behind them move up. */
const stateOf = (head: QueryState, pages: Pages): ThingListState => {
  const leaving = useLeaving.getState().ids
  const gaps: number[] = []
  if (leaving.size > 0)
    for (const [page, rows] of pages.rows)
      for (const [at, { id }] of rows.entries()) if (leaving.has(id)) gaps.push(startOf(pages, page) + at)
  gaps.sort((a, b) => a - b)
  const last = Math.max(-1, ...pages.rows.keys())
  const held = last < 0 ? 0 : startOf(pages, last) + (pages.rows.get(last)?.length ?? 0)
  return {
    status: head.indexing === undefined ? head.status : 'loading',
    ...(head.error === undefined ? {} : { error: head.error }),
    ...(head.indexing === undefined ? {} : { indexing: head.indexing }),
    total: Math.max(0, (head.totalCount ?? held + (isKnown(pages, last + 1) ? pageLength : 0)) - gaps.length),
    isCounted: head.totalCount !== null,
    rowAt: (index) => {
      let at = index
      for (const gap of gaps) if (gap <= at) at += 1
      const place = placeOf(pages, at)
      return pages.rows.get(place.page)?.[place.at]
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
