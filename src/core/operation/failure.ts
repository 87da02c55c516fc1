import type { SchemaId } from '../ids.ts'
import type { FieldKind } from './operation.ts'

/** More bytes than an operation may have. */
export type OperationTooLarge = {
  readonly code: 'payload/too-large'
  readonly bytes: number
  readonly limit: number
}

/** `previous` is not a sorted list of at least one id, each once (EN2). */
export type PreviousFailure =
  | { readonly code: 'operation/previous-empty' }
  | { readonly code: 'operation/previous-unsorted' }

/** Bytes that are no operation. `at` is the position of the byte that did not fit. */
export type DecodeOperationFailure =
  | OperationTooLarge
  | PreviousFailure
  | { readonly code: 'operation/malformed'; readonly at: number; readonly expected: string }
  | { readonly code: 'operation/version-unsupported'; readonly version: bigint }
  | { readonly code: 'operation/fields-unsorted'; readonly field: string }

/** A value that does not fit its field. `field-type`: another kind of value; `field-invalid`: the right kind, but not allowed. */
export type FieldFailure =
  | {
      readonly code: 'operation/field-type'
      readonly field: string
      readonly expected: FieldKind
      readonly found: string
    }
  | { readonly code: 'operation/field-invalid'; readonly field: string; readonly expected: string }

/** Fields that are not those of the schema. */
export type FieldsFailure =
  | FieldFailure
  | { readonly code: 'operation/field-missing'; readonly field: string }
  | { readonly code: 'operation/field-unknown'; readonly field: string }

/** An operation that its schema refuses. */
export type ReadOperationFailure =
  | FieldsFailure
  | { readonly code: 'schema/not-matching'; readonly expected: SchemaId; readonly found: SchemaId }

/** An operation that has no valid bytes. */
export type EncodeOperationFailure = OperationTooLarge | PreviousFailure | FieldFailure
