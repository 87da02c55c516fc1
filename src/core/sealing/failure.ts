import type { SchemaId } from '../ids.ts'

/**
 * Why a sealed operation says nothing, though its key is here. It keeps its place in its document and has no effect, on every device that has the key
 * (secret-groups.md §11). `not-bound`: it was sealed by another key, in another group, or for another place.
 */
export type SealedFault =
  | { readonly code: 'sealed/malformed'; readonly at: number; readonly expected: string }
  | { readonly code: 'sealed/not-bound' }
  /** A group that is sealed takes no envelope without cipher, and the other way round. */
  | { readonly code: 'sealed/suite-refused'; readonly suite: number }
  /** Control and carriers are judged in clear; nothing inside an envelope may pass for them. */
  | { readonly code: 'sealed/schema-refused'; readonly schemaId: SchemaId }

/** Why something cannot be sealed. */
export type SealFailure =
  | Extract<SealedFault, { readonly code: 'sealed/schema-refused' }>
  | { readonly code: 'sealed/too-large'; readonly bytes: number; readonly limit: number }
