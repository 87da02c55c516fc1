import { reduceDocument } from '../../../core/document/reduce.ts'
import { decodeEntry } from '../../../core/entry/decode.ts'
import type { DocumentId, DocumentViewId, OperationId, PublicKey, SchemaId } from '../../../core/ids.ts'
import { decodeOperation } from '../../../core/operation/decode.ts'
import { fieldsToValues } from '../../../core/operation/values.ts'
import type { Values } from '../../../engine/api.ts'
import type { Store, StoredDocument } from '../../../ports/index.ts'

/** A document as the command line tells of it. */
export interface ListedDocument {
  readonly id: DocumentId
  readonly schemaId: SchemaId
  readonly viewId: DocumentViewId
  /** Public key of the CREATE. */
  readonly owner: PublicKey
  readonly deleted: boolean
  readonly edited: boolean
  /** How many are stored. */
  readonly operations: number
  /** `null`: deleted, or its schema is not here. */
  readonly fields: Values | null
}

const never = new AbortController().signal

/** What the graph alone says about a document whose schema nobody knows here. */
function withoutSchema({ documentId, items }: StoredDocument): ListedDocument | undefined {
  const operations = items.flatMap(({ entry, operation }) => {
    const decoded = decodeEntry(entry)
    const plain = operation && decodeOperation(operation)
    if (!decoded.ok || !plain?.ok) return []
    const { action, schemaId } = plain.value
    const previous = plain.value.action === 'create' ? {} : { previous: plain.value.previous }
    const id = decoded.value.hash as OperationId
    return [{ id, publicKey: decoded.value.publicKey, operation: { action, schemaId, ...previous } }]
  })
  const reduced = reduceDocument(operations)
  if (!reduced.ok) return undefined
  const { viewId, schemaId, owner, isDeleted, sorted } = reduced.value
  return {
    id: documentId,
    schemaId,
    viewId,
    owner,
    deleted: isDeleted,
    edited: sorted.length > 1,
    operations: items.length,
    fields: null,
  }
}

/** All documents of a store, sorted by id. Call it when their views are up to date. */
export async function listDocuments(store: Store): Promise<readonly ListedDocument[]> {
  const listed: ListedDocument[] = []
  for await (const page of store.allDocuments(never)) {
    for (const stored of page) {
      if ('code' in stored) continue
      const view = await store.view(stored.documentId)
      const document = view
        ? {
            id: view.documentId,
            schemaId: view.schemaId,
            viewId: view.viewId,
            owner: view.owner,
            deleted: view.isDeleted,
            edited: view.isEdited,
            operations: stored.items.length,
            fields: view.isDeleted ? null : fieldsToValues(view.fields),
          }
        : withoutSchema(stored)
      if (document) listed.push(document)
    }
  }
  return listed.sort((a, b) => (a.id < b.id ? -1 : 1))
}
