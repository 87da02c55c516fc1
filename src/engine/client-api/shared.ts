import { viewIdParts } from '../../core/document/view-id.ts'
import type { DocumentId, SchemaId } from '../../core/ids.ts'
import { type Result, ok } from '../../core/result.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { Call, DocumentView, Query, QueryPage } from '../api.ts'
import { blobOf, bytesOf, countMissing } from '../blob.ts'
import type { EngineDeps } from '../deps.ts'
import { documentView } from '../document-view.ts'
import type { Failure } from '../failure.ts'
import { type FullOrder, comparePositions, decodeCursor, encodeCursor, positionOf } from '../query/order.ts'
import { type PreparedQuery, countQuery, prepareQuery, readRows, toPage } from '../query/query.ts'
import { rowAt } from '../read-document.ts'
import type { SharedBlob, Wanted } from './api.ts'

type Answer<T> = Promise<Result<T, Failure>>
type Row = Omit<ViewRow, 'keys'>

/** Of a longer list of relations only so many are looked at in one query. */
const maxListed = 1_000

/** Shared with everybody: what belongs to a group travels with it only (decisions.md 18), also where others of its schema are open. */
const isPublic = ({ mark, group, fields }: Row): boolean =>
  mark === 'shared' && group === undefined && !Object.values(fields).some(({ kind }) => kind === 'owner')
const isOpen = (row: Row | undefined): boolean => row !== undefined && isPublic(row) && !row.isDeleted

/** The row that is wanted; none where the document it is of may not be shown today. */
async function openRow(deps: EngineDeps, wanted: Wanted): Answer<Row | undefined> {
  if ('id' in wanted) {
    const row = await deps.store.view(wanted.id)
    return ok(isOpen(row) ? row : undefined)
  }
  const [documentId] = await deps.store.documentsOf(viewIdParts(wanted.viewId).slice(0, 1))
  const now = documentId && (await deps.store.view(documentId))
  if (!now || !isOpen(now)) return ok(undefined)
  return now.viewId === wanted.viewId ? ok(now) : rowAt(deps, wanted.viewId)
}

export async function sharedDocument(
  deps: EngineDeps,
  schemaId: SchemaId,
  wanted: Wanted,
): Answer<DocumentView | undefined> {
  const row = await openRow(deps, wanted)
  if (!row.ok) return row
  return ok(row.value?.schemaId === schemaId ? documentView(row.value) : undefined)
}

/** A query that sees what is shared, and of the family only the schema it names. */
async function prepareShared(deps: EngineDeps, query: Query): Answer<PreparedQuery> {
  const prepared = await prepareQuery(deps, query)
  if (!prepared.ok) return prepared
  const { understood, family } = prepared.value
  const shared = {
    field: 'meta.shared',
    kind: 'bool',
    test: (row: Row) => isPublic(row) && row.schemaId === query.schema,
  } as const
  const conditions = [...understood.conditions, shared]
  const matches = (row: ViewRow): boolean => shared.test(row) && understood.matches(row)
  return ok({ understood: { ...understood, conditions, matches }, family })
}

export async function sharedQuery(deps: EngineDeps, query: Query, call: Call): Answer<QueryPage> {
  const prepared = await prepareShared(deps, query)
  if (!prepared.ok) return prepared
  const read = await readRows(deps, prepared.value, call.signal)
  if (!('missing' in read)) return ok(await toPage(deps, read.rows, read.total, prepared.value.understood))
  await deps.indexes.ensure(query.schema, read.missing, call.signal)
  return sharedQuery(deps, query, call)
}

export async function countShared(deps: EngineDeps, query: Query, { signal }: Call): Answer<number> {
  const prepared = await prepareShared(deps, query)
  return prepared.ok ? ok(await countQuery(deps, prepared.value, signal)) : prepared
}

/** Views of now are read all at once; those of then one by one. */
async function rowsOf(
  deps: EngineDeps,
  list: readonly Wanted[],
  signal: AbortSignal,
): Answer<readonly (Row | undefined)[]> {
  const ids = list.flatMap((wanted) => ('id' in wanted ? [wanted.id] : []))
  const views = await deps.store.views([...new Set(ids)])
  const byId = new Map<DocumentId, ViewRow>(views.flatMap((row) => (row ? [[row.documentId, row] as const] : [])))
  const rows: (Row | undefined)[] = []
  for (const wanted of list) {
    signal.throwIfAborted()
    if ('id' in wanted) {
      rows.push(byId.get(wanted.id))
      continue
    }
    const row = await openRow(deps, wanted)
    if (!row.ok) return row
    rows.push(row.value)
  }
  return ok(rows)
}

/** A row and where it stands: the cursor says the same, so that a page can go on behind it. */
interface Placed {
  readonly row: Row
  readonly cursor: string
}

const inListOrder = (placed: readonly Placed[], after: string | undefined): Result<readonly Placed[], Failure> => {
  if (after === undefined) return ok(placed)
  const at = placed.findIndex(({ cursor }) => cursor === after)
  return at < 0 ? { ok: false, error: { code: 'query/bad-cursor' } } : ok(placed.slice(at + 1))
}

const inOrder = (
  rows: readonly Row[],
  order: FullOrder,
  after: string | undefined,
): Result<readonly Placed[], Failure> => {
  const from = after === undefined ? undefined : decodeCursor(after, order)
  if (from && !from.ok) return from
  const placed = rows
    .map((row) => ({ row, position: positionOf(row, order) }))
    .filter(({ position }) => !from || comparePositions(position, from.value, order) > 0)
    .sort((a, b) => comparePositions(a.position, b.position, order))
  return ok(placed.map(({ row, position }) => ({ row, cursor: encodeCursor(position, order) })))
}

export async function sharedList(
  deps: EngineDeps,
  list: readonly Wanted[],
  query: Query,
  call: Call,
): Answer<QueryPage> {
  const { after, ...rest } = query
  const prepared = await prepareShared(deps, rest)
  if (!prepared.ok) return prepared
  const { understood } = prepared.value
  const rows = await rowsOf(deps, list.slice(0, maxListed), call.signal)
  if (!rows.ok) return rows
  const fitting = rows.value.flatMap((row, at): readonly Placed[] =>
    row?.isDeleted === understood.isOfDeleted && understood.matches({ ...row, keys: [] })
      ? [{ row, cursor: `list-${at}` }]
      : [],
  )
  const ordered = query.orderBy
    ? inOrder(
        fitting.map(({ row }) => row),
        understood.order,
        after,
      )
    : inListOrder(fitting, after)
  if (!ordered.ok) return ordered
  const shown = ordered.value.slice(0, understood.first)
  return ok({
    documents: shown.map(({ row, cursor }) => ({ ...documentView(row), cursor })),
    totalCount: fitting.length,
    hasNextPage: ordered.value.length > understood.first,
    endCursor: shown.at(-1)?.cursor ?? null,
  })
}

export async function sharedBlob(deps: EngineDeps, wanted: Wanted, { signal }: Call): Answer<SharedBlob | undefined> {
  const row = await openRow(deps, wanted)
  if (!row.ok) return row
  const blob = row.value && blobOf(row.value)
  if (!row.value || !blob || (await countMissing(deps, blob.pieces)) > 0) return ok(undefined)
  const { documentId } = row.value
  const { viewId, mimeType, length } = blob
  return ok({ documentId, viewId, mimeType, length, bytes: bytesOf(deps, documentId, blob, signal) })
}
