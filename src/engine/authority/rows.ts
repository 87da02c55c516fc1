import type { DocumentId, OperationId, PublicKey, SchemaId } from '../../core/ids.ts'
import type { Store } from '../../ports/store.ts'

/**
 * Rows of `local` that the authority keeps:
 *
 *     authority/version                        how often anything was registered
 *     authority/control/<document>             how many operations of a document of the control plane were taken in
 *     authority/judged/<group>/<document>      how the operations of a document of a group were judged
 */
export const versionKey = 'authority/version'
export const controlPrefix = 'authority/control/'
export const controlKey = (document: DocumentId): string => `${controlPrefix}${document}`
const judgedByGroup = 'authority/judged/'
export const judgedPrefix = (group: DocumentId): string => `${judgedByGroup}${group}/`
export const judgedKey = (group: DocumentId, document: DocumentId): string => `${judgedPrefix(group)}${document}`

/** Every document that was judged in a group. */
export const judgedDocuments = async (store: Store): Promise<readonly DocumentId[]> =>
  (await store.localWith(judgedByGroup)).map(([key]) => key.slice(key.lastIndexOf('/') + 1) as DocumentId)

/** How a document was judged when its view was made last. */
export interface JudgedRow {
  readonly schemaId: SchemaId
  /** Keys that wrote to it, sorted. */
  readonly authors: readonly PublicKey[]
  /** How many operations were judged: the first ones, in order of arrival. */
  readonly count: number
  /** Those of them that do not count. */
  readonly refused: readonly OperationId[]
}
