import type { DocumentId, SchemaId } from '../ids.ts'
import type { FieldKind } from '../operation/operation.ts'

/** The type of one field: its kind and, for relations, the schema related to (absent: any document). */
export interface FieldType {
  readonly kind: FieldKind
  readonly schemaId?: SchemaId
}

export interface SchemaField extends FieldType {
  readonly name: string
  /** Only system schemas have these: the field may be absent in CREATE. */
  readonly isOptional?: boolean
}

/** What the fields of an operation are judged by. */
export interface Schema {
  readonly id: SchemaId
  readonly name: string
  readonly description: string
  /** Sorted by the UTF-8 bytes of the name, unique. */
  readonly fields: readonly SchemaField[]
  /** The `schema_definition_v1` document; absent for system schemas. All versions of one document are one family (decision 23). */
  readonly definition?: DocumentId
}
