import type { DocumentId, SchemaId } from '../core/ids.ts'
import type { FieldKind } from '../core/operation/operation.ts'

/** What an index can be made of. Bytes, pinned relations and lists have no order that means something to a person. */
export type SortableKind = Extract<FieldKind, 'bool' | 'int' | 'float' | 'str' | 'relation'>

export const isSortableKind = (kind: FieldKind): kind is SortableKind =>
  kind === 'bool' || kind === 'int' || kind === 'float' || kind === 'str' || kind === 'relation'

/** One index over the views of a family, of a field. */
export interface Sortable {
  readonly name: string
  readonly kind: SortableKind
  /** Second element of its keys; from `FIRST_FIELD_INDEX` up, never used twice in a family. */
  readonly index: number
  /** Every view of the family has its key. Until then materialise writes it already, and queries wait. */
  readonly isReady: boolean
}

/** All versions of one schema: what a query spans (decision 23). */
export interface Family {
  /** First element of its index keys; handed out once per database. */
  readonly number: number
  /** The `schema_definition_v1` document, or the id of a system schema. */
  readonly id: DocumentId | SchemaId
  readonly sortable: readonly Sortable[]
}
