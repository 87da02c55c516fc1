import type { DocumentId } from '../../core/ids.ts'
import type { FieldKind, FieldValue } from '../../core/operation/operation.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Schema } from '../../core/schema/schema.ts'
import type { Bound, ViewRow } from '../../ports/store.ts'
import type { Query } from '../api.ts'
import { isSortableKind, type Family, type Sortable } from '../family.ts'
import {
  BY_CHANGE,
  BY_CREATION,
  BY_ID,
  CHANGED_AT,
  CREATED_AT,
  DELETED_BY_CHANGE,
  DELETED_BY_ID,
  DOCUMENT_ID,
  DOCUMENT_VIEW_ID,
} from '../index-keys.ts'
import { ABSENT, comparePlaces, keyOfPlace, type Place } from '../sort-order.ts'
import type { QueryFailure } from './failure.ts'
import { readFilter, readFlag, type Condition, type Span } from './filters.ts'
import { decodeCursor, type FullOrder, type OrderStep, type Position } from './order.ts'
import type { Range } from './walk.ts'

const maxFirst = 1000
const defaultFirst = 25

/** A query that was understood: what to test, in which order to give, from where on, and how many. */
export interface Understood {
  readonly conditions: readonly Condition[]
  readonly matches: (row: ViewRow) => boolean
  /** Only these documents can match. */
  readonly ids: readonly DocumentId[] | undefined
  readonly isOfDeleted: boolean
  readonly order: FullOrder
  readonly after: Position | undefined
  readonly until: Position | undefined
  readonly first: number
  readonly isCounted: boolean
  readonly select: readonly string[]
}

const kindOf = (schema: Schema, field: string): Result<FieldKind, QueryFailure> => {
  const known = schema.fields.find(({ name }) => name === field)
  return known ? ok(known.kind) : fail({ code: 'query/unknown-field', field })
}

const idIn = (id: string | undefined): FieldValue | undefined =>
  id === undefined ? undefined : { kind: 'relation', value: id as DocumentId }

const readConditions = (query: Query, schema: Schema): Result<readonly Condition[], QueryFailure> => {
  const conditions: Condition[] = []
  for (const [field, filter] of Object.entries(query.where ?? {})) {
    const kind = kindOf(schema, field)
    if (!kind.ok) return kind
    const read = readFilter(field, kind.value, filter)
    if (!read.ok) return read
    conditions.push(...read.value)
  }
  // All of these are ids, compared as text: a relation is the kind of value that takes these filters.
  const idsOf = { documentId: 'documentId', viewId: 'viewId', owner: 'owner', group: 'group' } as const
  for (const field of Object.values(idsOf)) {
    const filter = query.meta?.[field]
    if (!filter) continue
    const read = readFilter(field, 'relation', filter, (row) => idIn(row[field]))
    if (!read.ok) return read
    conditions.push(...read.value.map(({ test, kind }) => ({ field: `meta.${field}`, kind, test })))
  }
  if (query.meta?.edited) {
    const read = readFlag('edited', query.meta.edited, (row) => row.isEdited)
    if (!read.ok) return read
    conditions.push(...read.value.map(({ test, kind }) => ({ field: 'meta.edited', kind, test })))
  }
  return ok(conditions)
}

const readOrder = (query: Query, schema: Schema): Result<FullOrder, QueryFailure> => {
  const steps: OrderStep[] = []
  const given = query.orderBy ?? []
  for (const { by, direction } of given) {
    // Nothing after the document id can matter: no two are equal.
    if (by === DOCUMENT_ID) break
    if (by === CREATED_AT || by === CHANGED_AT) {
      steps.push({ name: by, kind: 'int', direction })
      continue
    }
    if (by === DOCUMENT_VIEW_ID) {
      steps.push({ name: by, kind: 'relation', direction })
      continue
    }
    const kind = kindOf(schema, by)
    if (!kind.ok) return kind
    if (!isSortableKind(kind.value)) return fail({ code: 'query/unsortable-field', field: by, kind: kind.value })
    steps.push({ name: by, kind: kind.value, direction })
  }
  return ok({ steps, direction: given[0]?.direction ?? 'asc' })
}

/** Reads a query by the version of the schema that it names: wrong fields, filters, values and cursors are failures, not empty answers. */
export const understand = (query: Query, schema: Schema): Result<Understood, QueryFailure> => {
  const first = query.first ?? defaultFirst
  if (!Number.isInteger(first) || first < 1 || first > maxFirst)
    return fail({ code: 'query/first-out-of-range', first, limit: maxFirst })
  const conditions = readConditions(query, schema)
  if (!conditions.ok) return conditions
  const order = readOrder(query, schema)
  if (!order.ok) return order
  const after = query.after === undefined ? undefined : decodeCursor(query.after, order.value)
  if (after && !after.ok) return after
  const until = query.until === undefined ? undefined : decodeCursor(query.until, order.value)
  if (until && !until.ok) return until
  for (const field of query.select ?? []) {
    const kind = kindOf(schema, field)
    if (!kind.ok) return kind
    if (!/relation/.test(kind.value)) return fail({ code: 'query/no-relation', field, kind: kind.value })
  }
  const { eq, in: among } = query.meta?.documentId ?? {}
  const ids = eq !== undefined ? [eq] : among
  const { deleted } = query.meta ?? {}
  return ok({
    conditions: conditions.value,
    matches: (row) => conditions.value.every(({ test }) => test(row)),
    ids: ids && ([...new Set(ids)] as DocumentId[]),
    isOfDeleted: deleted?.eq === true || deleted?.notEq === false,
    order: order.value,
    after: after?.value,
    until: until?.value,
    first,
    isCounted: query.count !== false,
    select: query.select ?? [],
  })
}

/** An index range that holds everything that can match, as far as one index can say. */
export interface Narrowed {
  readonly range: Range
  readonly sortable: Sortable
  /** Conditions that the range alone keeps; when it keeps all of them, its keys can be counted. */
  readonly keeps: readonly Condition[]
}

const later = (a: Place | undefined, b: Place | undefined): Place | undefined =>
  a && b ? (comparePlaces(a, b) > 0 ? a : b) : (a ?? b)
const earlier = (a: Place | undefined, b: Place | undefined): Place | undefined =>
  a && b ? (comparePlaces(a, b) < 0 ? a : b) : (a ?? b)

/** Bounds of several spans over one index. Values that are absent stand behind all others and match no filter that has a span. */
const boundsOf = (spans: readonly Span[], sortable: Sortable): { lower?: Bound; upper: Bound } => {
  const from = spans.map((span) => span.from).reduce(later, undefined)
  const to = spans.map((span) => span.to).reduce(earlier, undefined)
  return {
    ...(from && { lower: { key: keyOfPlace(from, sortable.kind) } }),
    upper: to ? { key: keyOfPlace(to, sortable.kind) } : { key: [ABSENT], isOpen: true },
  }
}

/** For each index that conditions can use: its range. */
export const narrow = (understood: Understood, family: Family): readonly Narrowed[] => {
  if (understood.isOfDeleted) return []
  const narrowed: Narrowed[] = []
  for (const sortable of family.sortable) {
    const usable = understood.conditions.filter(
      ({ field, kind, span }) => span && sortable.isReady && field === sortable.name && kind === sortable.kind,
    )
    if (usable.length === 0) continue
    const spans = usable.flatMap(({ span }) => (span ? [span] : []))
    narrowed.push({
      range: { prefix: [family.number, sortable.index], ...boundsOf(spans, sortable) },
      sortable,
      keeps: usable.filter(({ span }) => span?.isExact),
    })
  }
  return narrowed
}

/** The indexes that every family has for its times. */
const timeIndexes: ReadonlyMap<string, number> = new Map([
  [CREATED_AT, BY_CREATION],
  [CHANGED_AT, BY_CHANGE],
])

/** The index of an order's first step; `missing` where it has to be built first. */
export const rangeOfOrder = (
  understood: Understood,
  family: Family,
  narrowed: readonly Narrowed[],
): { readonly range: Range; readonly isInOrder: boolean } | { readonly missing: OrderStep } => {
  const [step] = understood.order.steps
  if (understood.isOfDeleted) {
    if (step?.name === CHANGED_AT) return { range: { prefix: [family.number, DELETED_BY_CHANGE] }, isInOrder: true }
    // Deleted documents have no other index; they are few, and only what is wanted of them is held.
    return { range: { prefix: [family.number, DELETED_BY_ID] }, isInOrder: step === undefined }
  }
  if (!step) return { range: { prefix: [family.number, BY_ID] }, isInOrder: true }
  const time = timeIndexes.get(step.name)
  if (time !== undefined) return { range: { prefix: [family.number, time] }, isInOrder: true }
  if (step.name === DOCUMENT_VIEW_ID) return { range: { prefix: [family.number, BY_ID] }, isInOrder: false }
  const sortable = family.sortable.find(({ name, kind }) => name === step.name && kind === step.kind)
  if (!sortable?.isReady) return { missing: step }
  const narrower = narrowed.find((one) => one.sortable === sortable)
  return { range: narrower?.range ?? { prefix: [family.number, sortable.index] }, isInOrder: true }
}
