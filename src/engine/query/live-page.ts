import type { DocumentId } from '../../core/ids.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { DocumentView, QueryPage } from '../api.ts'
import type { RowChange } from '../changes-hub.ts'
import { comparePositions, isBetween, positionOf, type FullOrder, type Position } from './order.ts'
import type { Understood } from './plan.ts'
import { isMatch, shownRow, type PreparedQuery } from './query.ts'

/** Rows held behind a watched page: so many may leave it before it has to be read again. */
export const spareRows = 24

interface LiveRow {
  readonly id: DocumentId
  readonly position: Position
  readonly document: DocumentView
}

/**
 * The rows of a watched page and some of those behind it, in order. Changes of which it is told what they were and are (`RowChange`) keep it
 * right without a look into the store.
 */
export interface LivePage {
  readonly rows: readonly LiveRow[]
  /** Nothing matches behind the last of them. */
  readonly isAll: boolean
}

const liveRow = (row: ViewRow, order: FullOrder): LiveRow => ({
  id: row.documentId,
  position: positionOf(row, order),
  document: shownRow(row, order),
})

/** A page that lives, of rows just read: up to `first + spareRows`, and one more where there is one. */
export const livePage = (rows: readonly ViewRow[], { first, order }: Understood): LivePage => {
  const held = first + spareRows
  return { rows: rows.slice(0, held).map((row) => liveRow(row, order)), isAll: rows.length <= held }
}

/** The page after a change; `undefined` where only the store knows what has moved up into it. */
export const followRows = (
  page: LivePage,
  prepared: PreparedQuery,
  changes: readonly RowChange[],
): LivePage | undefined => {
  const { understood } = prepared
  const { order, first } = understood
  const rows = [...page.rows]
  for (const { was, is } of changes) {
    const id = (is ?? was)?.documentId
    const before = rows.findIndex((row) => row.id === id)
    if (before >= 0) rows.splice(before, 1)
    if (!is || !isMatch(prepared, is)) continue
    const row = liveRow(is, order)
    if (!isBetween(row.position, understood)) continue
    const next = rows.findIndex(({ position }) => comparePositions(position, row.position, order) > 0)
    if (next >= 0) rows.splice(next, 0, row)
    else if (page.isAll) rows.push(row)
  }
  const held = first + spareRows
  const isAll = page.isAll && rows.length <= held
  return isAll || rows.length > first ? { rows: rows.slice(0, held), isAll } : undefined
}

/** Half of the spare rows are used up: time to read, before the page needs them. */
export const isLow = ({ rows, isAll }: LivePage, { first }: Understood): boolean =>
  !isAll && rows.length <= first + spareRows / 2

/** What the watcher is shown of it. */
export const shownPage = ({ rows }: LivePage, { first }: Understood, totalCount: number | null): QueryPage => {
  const documents = rows.slice(0, first).map(({ document }) => document)
  return { documents, totalCount, hasNextPage: rows.length > first, endCursor: documents.at(-1)?.cursor ?? null }
}
