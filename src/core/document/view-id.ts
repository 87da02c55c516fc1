import { concatBytes } from '../bytes/concat.ts'
import { hashBytes, hashToBytes } from '../hash/yasmf.ts'
import type { DocumentViewId, Hash, OperationId } from '../ids.ts'

/** Operation ids, at least one, to the view id they make: sorted, each once (DV1). */
export const documentViewId = (ids: readonly OperationId[]): DocumentViewId =>
  (ids.length === 1 ? ids[0] : [...new Set(ids)].sort().join('_')) as DocumentViewId

/** The operation ids of a view id, sorted. */
export const viewIdParts = (viewId: DocumentViewId): readonly OperationId[] => viewId.split('_') as OperationId[]

/** The short name of a view: the hash over its ids, one after the other. Never on the wire (wire.md §1.4). */
export const hashViewId = (viewId: DocumentViewId): Hash =>
  hashBytes(concatBytes(...viewIdParts(viewId).map(hashToBytes)))
