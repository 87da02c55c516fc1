import { fail, ok, type Result } from '../../core/result.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { Call, DocumentView, Query, QueryPage } from '../api.ts'
import type { RowChange } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import { documentView } from '../document-view.ts'
import type { Failure } from '../failure.ts'
import type { FamilyRecord } from '../families.ts'
import { encodeCursor, positionOf, type FullOrder, type OrderStep } from './order.ts'
import { understand, type Understood } from './plan.ts'
import { relatedDocuments } from './related.ts'
import { countMatches, takePage, type Page } from './take-page.ts'

/** A query that can be asked again and again. */
export interface PreparedQuery {
  readonly understood: Understood
  /** Absent while this device has no document of the family. */
  readonly family: FamilyRecord | undefined
}

const noRows: Page = { rows: [], total: 0 }

/** Reads a query against the schema as it is now. Families change as documents and indexes come: prepare anew after that. */
export const prepareQuery = async (
  { schemas }: Pick<EngineDeps, 'schemas'>,
  query: Query,
): Promise<Result<PreparedQuery, Failure>> => {
  const schema = await schemas.find(query.schema)
  if (!schema) return fail({ code: 'schema/unknown', schemaId: query.schema })
  const understood = understand(query, schema)
  if (!understood.ok) return understood
  return ok({ understood: understood.value, family: await schemas.familyOf(query.schema) })
}

/** A row as a document of a page. */
export const shownRow = (row: ViewRow, order: FullOrder): DocumentView => ({
  ...documentView(row),
  cursor: encodeCursor(positionOf(row, order), order),
})

/** Rows that were read, with what their selected fields lead to. */
export const toPage = async (
  deps: EngineDeps,
  rows: readonly ViewRow[],
  total: number | undefined,
  { first, order, select }: Understood,
): Promise<QueryPage> => {
  const shown = rows.slice(0, first)
  const related = await relatedDocuments(deps, shown, select)
  const documents = shown.map((row, i) => ({
    ...shownRow(row, order),
    ...(related[i] && { related: related[i] }),
  }))
  return {
    documents,
    totalCount: total ?? null,
    hasNextPage: rows.length > first,
    endCursor: documents.at(-1)?.cursor ?? null,
  }
}

/**
 * The rows of one page, and up to `spare` behind it; or the step of the order whose index has to be built before. With the total where an
 * index can count it, or, when it is not `wanted`, where it is known without counting.
 */
export const readRows = async (
  { store }: Pick<EngineDeps, 'store'>,
  { understood, family }: PreparedQuery,
  signal: AbortSignal,
  { spare = 0, isTotalWanted = understood.isCounted } = {},
): Promise<Page | { readonly missing: OrderStep }> => {
  if (!family) return noRows
  const isOfFamily = (row: ViewRow): boolean => family.versions.includes(row.schemaId)
  return takePage(store, { ...understood, first: understood.first + spare }, family, isOfFamily, isTotalWanted, signal)
}

/** Whether a row is among all that the query finds, wherever it stands. */
export const isMatch = ({ understood, family }: PreparedQuery, row: ViewRow): boolean =>
  row.isDeleted === understood.isOfDeleted &&
  family?.versions.includes(row.schemaId) === true &&
  understood.matches(row)

/** How many more match after a change than before. */
export const countMore = (prepared: PreparedQuery, rows: readonly RowChange[]): number => {
  const count = (row: ViewRow | undefined): number => (row && isMatch(prepared, row) ? 1 : 0)
  return rows.reduce((more, { was, is }) => more + count(is) - count(was), 0)
}

export const countQuery = async (
  { store }: Pick<EngineDeps, 'store'>,
  { understood, family }: PreparedQuery,
  signal: AbortSignal,
): Promise<number> => (family ? countMatches(store, understood, family, signal) : 0)

/**
 * One page of the documents of a family. An order that has no index yet waits until it is built; the total is `null` where only looking at
 * every document could tell it.
 */
export const queryDocuments = async (
  deps: EngineDeps,
  query: Query,
  { signal }: Call,
): Promise<Result<QueryPage, Failure>> => {
  const prepared = await prepareQuery(deps, query)
  if (!prepared.ok) return prepared
  const read = await readRows(deps, prepared.value, signal)
  if (!('missing' in read)) return ok(await toPage(deps, read.rows, read.total, prepared.value.understood))
  await deps.indexes.ensure(query.schema, read.missing, signal)
  return queryDocuments(deps, query, { signal })
}
