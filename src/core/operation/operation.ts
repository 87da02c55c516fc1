import type { DocumentId, DocumentViewId, OperationId, SchemaId } from '../ids.ts'

/** The nine kinds of field value that p2panda has (wire.md §4.1), and `owner` (identity.md §2.1). */
export type FieldKind =
  | 'bool'
  | 'int'
  | 'float'
  | 'str'
  | 'bytes'
  | 'relation'
  | 'relation_list'
  | 'pinned_relation'
  | 'pinned_relation_list'
  | 'owner'

/** A value together with its kind, as an operation carries it once a schema was applied. */
export type FieldValue =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'relation'; readonly value: DocumentId }
  | { readonly kind: 'relation_list'; readonly value: readonly DocumentId[] }
  | { readonly kind: 'pinned_relation'; readonly value: DocumentViewId }
  | { readonly kind: 'pinned_relation_list'; readonly value: readonly DocumentViewId[] }
  /** The group, or the owned document, that the document belongs to: on the wire like a pinned relation. CREATE alone sets it. */
  | { readonly kind: 'owner'; readonly value: DocumentViewId }

/** Field values by name. */
export type Fields = Readonly<Record<string, FieldValue>>

/** A value as it can be read without a schema (wire.md §4.3): bytes may be a relation, a hash list may be any list. */
export type PlainValue =
  | { readonly plain: 'bool'; readonly value: boolean }
  | { readonly plain: 'int'; readonly value: bigint }
  | { readonly plain: 'float'; readonly value: number }
  | { readonly plain: 'str'; readonly value: string }
  | { readonly plain: 'bytes'; readonly value: Uint8Array }
  | { readonly plain: 'hashes'; readonly value: readonly OperationId[] }
  | { readonly plain: 'hash-lists'; readonly value: readonly (readonly OperationId[])[] }

export type PlainFields = Readonly<Record<string, PlainValue>>

interface Common {
  readonly schemaId: SchemaId
}

/** An operation read without its schema. `previous` is sorted and unique. */
export type PlainOperation =
  | (Common & { readonly action: 'create'; readonly fields: PlainFields })
  | (Common & { readonly action: 'update'; readonly previous: readonly OperationId[]; readonly fields: PlainFields })
  | (Common & { readonly action: 'delete'; readonly previous: readonly OperationId[] })

/** An operation whose fields were read by its schema. */
export type Operation =
  | (Common & { readonly action: 'create'; readonly fields: Fields })
  | (Common & { readonly action: 'update'; readonly previous: readonly OperationId[]; readonly fields: Fields })
  | (Common & { readonly action: 'delete'; readonly previous: readonly OperationId[] })
