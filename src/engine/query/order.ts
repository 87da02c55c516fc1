import type { DocumentId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { SortableKind } from '../family.ts'
import { placeIn } from '../index-keys.ts'
import { comparePlaces, type Place } from '../sort-order.ts'
import type { CursorFailure } from './failure.ts'

type Row = Omit<ViewRow, 'keys'>

/** One step of an order: a field (or `CREATED_AT`, `CHANGED_AT`) and its direction. None at all: by document id. */
export interface OrderStep {
  readonly name: string
  readonly kind: SortableKind
  readonly direction: 'asc' | 'desc'
}
/** The whole order: ties of the last step go by document id, in the direction of the first. */
export interface FullOrder {
  readonly steps: readonly OrderStep[]
  readonly direction: 'asc' | 'desc'
}

/** Where a row stands in an order. It outlives the row: what comes after it can be found when the row changed or is gone. */
export interface Position {
  readonly places: readonly Place[]
  readonly documentId: DocumentId
}

export const positionOf = (row: Row, order: FullOrder): Position => ({
  places: order.steps.map((step) => placeIn(row, step)),
  documentId: row.documentId,
})

export const comparePositions = (a: Position, b: Position, order: FullOrder): number => {
  for (const [i, step] of order.steps.entries()) {
    const difference = comparePlaces(a.places[i] ?? [], b.places[i] ?? [])
    if (difference !== 0) return step.direction === 'asc' ? difference : -difference
  }
  const difference = a.documentId < b.documentId ? -1 : a.documentId > b.documentId ? 1 : 0
  return order.direction === 'asc' ? difference : -difference
}

/** Whether a position lies between two others: behind the one, and not behind the other. */
export const isBetween = (
  position: Position,
  {
    after,
    until,
    order,
  }: { readonly after: Position | undefined; readonly until: Position | undefined; readonly order: FullOrder },
): boolean =>
  (!after || comparePositions(position, after, order) > 0) && (!until || comparePositions(position, until, order) <= 0)

/** A position as text, for callers to hand back and not to read. Numbers are marked apart from text: JSON has no infinity. */
export const encodeCursor = (position: Position, order: FullOrder): string =>
  JSON.stringify([
    order.steps.map((step) => step.name),
    position.places.map((place) => place.map((part) => (typeof part === 'number' ? `n${part}` : `t${part}`))),
    position.documentId,
  ])

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'string')

/** Refuses what is no cursor, or one of another order: going on from there would skip or repeat. */
export const decodeCursor = (text: string, order: FullOrder): Result<Position, CursorFailure> => {
  let parts: unknown
  try {
    parts = JSON.parse(text)
  } catch {
    return fail({ code: 'query/bad-cursor' })
  }
  const [names, places, documentId] = Array.isArray(parts) ? (parts as readonly unknown[]) : []
  const isOfThisOrder =
    isTexts(names) &&
    names.length === order.steps.length &&
    names.every((name, i) => name === order.steps[i]?.name) &&
    Array.isArray(places) &&
    places.length === names.length &&
    places.every(isTexts) &&
    typeof documentId === 'string'
  if (!isOfThisOrder) return fail({ code: 'query/bad-cursor' })
  const read = (places as readonly (readonly string[])[]).map((place) =>
    place.map((part) => (part.startsWith('n') ? Number(part.slice(1)) : part.slice(1))),
  )
  // Not a number is no key; asking a store for it would be refused there.
  if (read.some((place) => place.length === 0 || place.some(Number.isNaN))) return fail({ code: 'query/bad-cursor' })
  return ok({ places: read, documentId: documentId as DocumentId })
}
