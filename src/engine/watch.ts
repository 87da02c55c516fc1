import type { DocumentId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { Call, Change, DocumentView, KnownSchema, Query, QueryPage } from './api.ts'
import { attempt } from './attempt.ts'
import type { Changed } from './changes-hub.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'
import { isSame } from './is-same.ts'
import { countMore, countQuery, prepareQuery, readRows, toPage, type PreparedQuery } from './query/query.ts'
import { followRows, isLow, livePage, shownPage, spareRows, type LivePage } from './query/live-page.ts'
import type { OrderStep } from './query/order.ts'
import { currentDocument, documentHistory } from './read-document.ts'

type Report<T> = (value: Result<T, Failure>) => void
/**
 * What a watcher does each time something changed that concerns it. `report` may be called more than once; `outdated` says that it is to be done
 * again anyway, so that what takes long can be left.
 */
type Look<T> = (report: Report<T>, signal: AbortSignal, outdated: AbortSignal) => Promise<void>
/** What a watcher can say at once after a change, from what it holds; `undefined`: it has to look. `isDue`: it is to look all the same, soon. */
type Follow<T> = (changed: Changed) => { readonly value: T; readonly isDue: boolean } | undefined

/**
 * Looks now, and again after every change that concerns the watcher and that it cannot follow, until the signal says stop; then resolves. One
 * look at a time: what changes meanwhile, however often, makes one more. Says nothing when a look finds what was said last.
 */
export const watch = async <T>(
  deps: Pick<EngineDeps, 'changes' | 'life'>,
  concerns: (changed: Changed) => boolean,
  look: Look<T>,
  call: Call<Result<T, Failure>>,
  follow: Follow<T> = () => undefined,
): Promise<void> => {
  const signal = AbortSignal.any([call.signal, deps.life])
  let last: Result<T, Failure> | undefined
  const report: Report<T> = (value) => {
    if (signal.aborted || (last && isSame(last, value))) return
    last = value
    call.report?.(value)
  }
  let isDue = true
  let outdated = new AbortController()
  let wake: (() => void) | undefined
  const stop = (): void => wake?.()
  const unsubscribe = deps.changes.subscribe((changed) => {
    if (!concerns(changed)) return
    const followed = follow(changed)
    if (followed) report(ok(followed.value))
    // A look under way may have read before this.
    if (followed && !followed.isDue && wake) return
    isDue = true
    outdated.abort()
    wake?.()
  })
  signal.addEventListener('abort', stop, { once: true })
  try {
    while (!signal.aborted) {
      if (!isDue) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        wake = undefined
        continue
      }
      isDue = false
      outdated = new AbortController()
      const looked = await attempt(async () => ok(await look(report, signal, outdated.signal)), signal)
      if (!looked.ok && looked.error.code !== 'call/aborted') report(looked)
    }
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', stop)
  }
}

export const watchDocument = (
  deps: EngineDeps,
  id: DocumentId,
  call: Call<Result<DocumentView | undefined, Failure>>,
): Promise<void> =>
  watch(
    deps,
    ({ documentIds }) => documentIds.has(id),
    async (report) => report(await currentDocument(deps, id)),
    call,
  )

export const watchHistory = (
  deps: EngineDeps,
  id: DocumentId,
  call: Call<Result<readonly Change[], Failure>>,
): Promise<void> =>
  watch(
    deps,
    ({ documentIds, schemas }) => schemas || documentIds.has(id),
    async (report) => report(await documentHistory(deps, id)),
    call,
  )

export const watchSchemas = (deps: EngineDeps, call: Call<Result<readonly KnownSchema[], Failure>>): Promise<void> =>
  watch(
    deps,
    ({ schemas }) => schemas,
    async (report) => report(ok(await deps.schemas.all())),
    call,
  )

/**
 * Pages of a query that stays open. Its rows are read and its total is counted once; then both are kept by what each change was and is. Where
 * that is not said, where a change came in between, and where documents are followed along, it looks anew.
 */
export const watchQuery = (deps: EngineDeps, query: Query, call: Call<Result<QueryPage, Failure>>): Promise<void> => {
  let prepared: PreparedQuery | undefined
  /** Right as long as it is there. */
  let live: LivePage | undefined
  /** Right as long as it is there. */
  let total: number | undefined
  /** What was said last: it stands until the new one is known. */
  let lastTotal: number | undefined
  let changesHeard = 0
  /** Documents that selected fields led to: a change of theirs changes the page. */
  let shown: ReadonlySet<DocumentId> = new Set()

  const remember = (page: QueryPage): void => {
    const related = page.documents.flatMap((document) => Object.values(document.related ?? {}).flat())
    shown = new Set(related.map(({ id }) => id))
  }
  const concerns = (changed: Changed): boolean => {
    const family = prepared?.family?.number
    const isConcerned =
      changed.schemas ||
      (family !== undefined && changed.families.has(family)) ||
      [...shown].some((id) => changed.documentIds.has(id))
    if (!isConcerned) return false
    changesHeard++
    if (total !== undefined && prepared && changed.rows && !changed.schemas) total += countMore(prepared, changed.rows)
    else total = undefined
    return true
  }
  const follow: Follow<QueryPage> = ({ rows, schemas }) => {
    live = live && prepared && rows && !schemas ? followRows(live, prepared, rows) : undefined
    if (!live || !prepared) return undefined
    const { understood } = prepared
    return { value: shownPage(live, understood, total ?? lastTotal ?? null), isDue: isLow(live, understood) }
  }
  /** A total that was counted while nothing changed. */
  const keepTotal = (counted: number, heardBefore: number): void => {
    lastTotal = counted
    if (heardBefore === changesHeard) total = counted
  }

  /** Builds the index an order wants; the page says how far it is. */
  const build = async (step: OrderStep, report: Report<QueryPage>, signal: AbortSignal): Promise<void> => {
    const indexing = (part: number): void =>
      report(ok({ documents: [], totalCount: null, hasNextPage: false, endCursor: null, indexing: part }))
    indexing(0)
    await deps.indexes.ensure(query.schema, step, signal, indexing)
  }

  /** The page, then the number of all that match: rows are seen sooner than they are counted. */
  const show = async (
    asked: PreparedQuery,
    page: QueryPage,
    report: Report<QueryPage>,
    outdated: AbortSignal,
  ): Promise<void> => {
    const heardBefore = changesHeard
    remember(page)
    const known = page.totalCount ?? total
    if (known !== undefined) lastTotal = known
    report(ok({ ...page, totalCount: known ?? lastTotal ?? null }))
    if (known !== undefined || !asked.understood.isCounted) return
    try {
      keepTotal(await countQuery(deps, asked, outdated), heardBefore)
    } catch (thrown) {
      if (outdated.aborted) return
      throw thrown
    }
    if (!outdated.aborted) report(ok({ ...page, totalCount: lastTotal ?? null }))
  }

  const look: Look<QueryPage> = async (report, signal, outdated) => {
    for (;;) {
      const heardBefore = changesHeard
      const found = await prepareQuery(deps, query)
      if (!found.ok) return report(found)
      prepared = found.value
      const { understood } = prepared
      const read = await readRows(deps, prepared, signal, { spare: spareRows, isTotalWanted: false })
      if ('missing' in read) {
        await build(read.missing, report, signal)
        continue
      }
      if (read.total !== undefined) keepTotal(read.total, heardBefore)
      const isUpToDate = heardBefore === changesHeard
      // What was read is older than what was said meanwhile; the next look is due already.
      if (live && !isUpToDate) return
      if (isUpToDate && understood.select.length === 0) live = livePage(read.rows, understood)
      const page = live
        ? shownPage(live, understood, read.total ?? null)
        : await toPage(deps, read.rows, read.total, understood)
      await show(found.value, page, report, AbortSignal.any([signal, outdated]))
      return
    }
  }
  return watch(deps, concerns, look, call, follow)
}
