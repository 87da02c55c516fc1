import { fail, ok, type Result } from '../../core/result.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { Call, Query, QueryPage } from '../api.ts'
import type { RowChange } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import { documentView } from '../document-view.ts'
import type { Failure } from '../failure.ts'
import type { FamilyRecord } from '../families.ts'
import { encodeCursor, positionOf, type OrderStep } from './order.ts'
import { understand, type Understood } from './plan.ts'
import { relatedDocuments } from './related.ts'
import { countMatches, takePage } from './take-page.ts'

/** A query that can be asked again and again. */
export interface PreparedQuery {
  readonly understood: Understood
  /** Absent while this device has no document of the family. */
  readonly family: FamilyRecord | undefined
}

const emptyPage: QueryPage = { documents: [], totalCount: 0, hasNextPage: false, endCursor: null }

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

const toPage = async (
  deps: EngineDeps,
  rows: readonly ViewRow[],
  total: number | undefined,
  { first, order, select }: Understood,
): Promise<QueryPage> => {
  const shown = rows.slice(0, first)
  const related = await relatedDocuments(deps, shown, select)
  const documents = shown.map((row, i) => ({
    ...documentView(row),
    ...(related[i] && { related: related[i] }),
    cursor: encodeCursor(positionOf(row, order), order),
  }))
  return {
    documents,
    totalCount: total ?? null,
    hasNextPage: rows.length > first,
    endCursor: documents.at(-1)?.cursor ?? null,
  }
}

/** One page, or the step of the order whose index has to be built before. Where the total is known already, the page may come without it. */
export const readPage = async (
  deps: EngineDeps,
  { understood, family }: PreparedQuery,
  signal: AbortSignal,
  isTotalKnown = false,
): Promise<QueryPage | { readonly missing: OrderStep }> => {
  if (!family) return emptyPage
  const isOfFamily = (row: ViewRow): boolean => family.versions.includes(row.schemaId)
  const page = await takePage(deps.store, understood, family, isOfFamily, isTotalKnown, signal)
  return 'missing' in page ? page : toPage(deps, page.rows, page.total, understood)
}

/** How many more match after a change than before. */
export const countMore = ({ understood, family }: PreparedQuery, rows: readonly RowChange[]): number => {
  const count = (row: ViewRow | undefined): number =>
    row?.isDeleted === understood.isOfDeleted && family?.versions.includes(row.schemaId) && understood.matches(row)
      ? 1
      : 0
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
  const page = await readPage(deps, prepared.value, signal)
  if (!('missing' in page)) return ok(page)
  await deps.indexes.ensure(query.schema, page.missing, signal)
  return queryDocuments(deps, query, { signal })
}
