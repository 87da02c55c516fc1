import type { FieldKind } from '../../core/operation/operation.ts'

/** What is wrong with a filter. */
export type FilterFailure =
  | { readonly code: 'query/unknown-field'; readonly field: string }
  | { readonly code: 'query/wrong-filter'; readonly field: string; readonly filter: string; readonly kind: FieldKind }
  | { readonly code: 'query/wrong-value'; readonly field: string; readonly filter: string; readonly kind: FieldKind }

export type CursorFailure = { readonly code: 'query/bad-cursor' }

/** What is wrong with a query. Its schema may also be unknown: `schema/unknown`. */
export type QueryFailure =
  | FilterFailure
  | CursorFailure
  | { readonly code: 'query/unsortable-field'; readonly field: string; readonly kind: FieldKind }
  | { readonly code: 'query/first-out-of-range'; readonly first: number; readonly limit: number }
  | { readonly code: 'query/no-relation'; readonly field: string; readonly kind: FieldKind }
