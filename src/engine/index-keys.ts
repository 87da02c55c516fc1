import type { DocumentId } from '../core/ids.ts'
import type { FieldValue } from '../core/operation/operation.ts'
import type { IndexKey, ViewRow } from '../ports/store.ts'
import type { Family, Sortable } from './family.ts'
import { keyOfPlace, placeOf, type Place } from './sort-order.ts'

/** Living documents by id, and by the two times of this device: every family has them, as lists by time are what people look at first. */
export const BY_ID = 0
/** Deleted documents, by id and by their last change, in a partition of their own: they appear only where asked for. */
export const DELETED_BY_ID = 1
export const DELETED_BY_CHANGE = 2
export const BY_CREATION = 3
export const BY_CHANGE = 4
/** Indexes of fields are numbered from here, so that there is room for more of the ones above. */
export const FIRST_FIELD_INDEX = 16

/** Orders every family knows without a field of that name; a field named so is hidden behind them. */
export const CREATED_AT = 'CREATED_AT'
export const CHANGED_AT = 'CHANGED_AT'
export const DOCUMENT_ID = 'DOCUMENT_ID'
/** For p2panda's client API, which has it. No index serves it. */
export const DOCUMENT_VIEW_ID = 'DOCUMENT_VIEW_ID'

type Indexed = Omit<ViewRow, 'keys'>

/** What a row is ordered by under this name. Own properties only: field names come from strangers. */
export const valueNamed = (row: Indexed, name: string): FieldValue | undefined => {
  if (name === CREATED_AT) return { kind: 'int', value: BigInt(Math.trunc(row.createdAt)) }
  if (name === CHANGED_AT) return { kind: 'int', value: BigInt(Math.trunc(row.changedAt)) }
  // Compared as text, as relations are.
  if (name === DOCUMENT_VIEW_ID) return { kind: 'relation', value: row.viewId as string as DocumentId }
  return Object.hasOwn(row.fields, name) ? row.fields[name] : undefined
}

/** Where a row stands in this index; many rows may stand at one place, then the document id decides. */
export const placeIn = (row: Indexed, sortable: Pick<Sortable, 'name' | 'kind'>): Place =>
  placeOf(valueNamed(row, sortable.name), sortable.kind)

/**
 * Every key under which a row is found: `[family, index, place…, document id]`. In a browser a row costs some 110 µs and each key some 20
 * more (`npm run bench -- views`), so a family has three of its own and one per sortable field, by default three more.
 */
export const indexKeysOf = (row: Indexed, family: Family): readonly IndexKey[] => {
  const id = row.documentId
  const timeKey = (index: number, name: string): IndexKey => [
    family.number,
    index,
    ...placeIn(row, { name, kind: 'int' }),
    id,
  ]
  if (row.isDeleted) return [[family.number, DELETED_BY_ID, id], timeKey(DELETED_BY_CHANGE, CHANGED_AT)]
  const keys: IndexKey[] = [
    [family.number, BY_ID, id],
    timeKey(BY_CREATION, CREATED_AT),
    timeKey(BY_CHANGE, CHANGED_AT),
  ]
  for (const sortable of family.sortable)
    keys.push([family.number, sortable.index, ...keyOfPlace(placeIn(row, sortable), sortable.kind), id])
  return keys
}
