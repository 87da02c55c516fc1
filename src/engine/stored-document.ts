import { decodeEntry } from '../core/entry/decode.ts'
import type { Entry } from '../core/entry/entry.ts'
import type { DocumentId, OperationId, SchemaId } from '../core/ids.ts'
import { decodeOperation } from '../core/operation/decode.ts'
import type { PlainOperation } from '../core/operation/operation.ts'
import type { SealedFault } from '../core/sealing/failure.ts'
import type { DamagedRow, Mark, StoredDocument, StoredItem } from '../ports/store.ts'

/** What a sealed operation says; that its key is not here; or why it says nothing. The graph and view ids need none of it. */
export type Opened = { readonly open: PlainOperation } | { readonly fault: SealedFault } | 'locked'

/** One operation of a stored document, read back from its bytes. `null`: its payload was dropped. */
export interface StoredOperation {
  readonly id: OperationId
  readonly entry: Entry
  readonly operation: PlainOperation | null
  readonly receivedAt: number
  /** Of a sealed one, once it was opened. */
  readonly inside?: Opened
}

/** A stored document, read back. In order of arrival, so those of one log are in order of sequence number. */
export interface ReadDocument {
  readonly documentId: DocumentId
  readonly mark: Mark
  readonly operations: readonly StoredOperation[]
  /** Of a sealed one that was opened: its secret group, and the key group of that where it is here. */
  readonly sealed?: { readonly secretGroup: DocumentId; readonly group?: DocumentId }
}

const damaged = (documentId: DocumentId): DamagedRow => ({ code: 'store/corrupt', table: 'docs', key: documentId })

const readItem = (item: StoredItem): StoredOperation | undefined => {
  const entry = decodeEntry(item.entry)
  const operation = item.operation && decodeOperation(item.operation)
  if (!entry.ok || (operation && !operation.ok)) return undefined
  return {
    id: entry.value.hash as OperationId,
    entry: entry.value,
    operation: operation && operation.value,
    receivedAt: item.receivedAt,
  }
}

/** What lies in the store was checked when it came; bytes that no longer decode were damaged since, and count as a damaged row. */
export function readStored(document: StoredDocument): ReadDocument | DamagedRow {
  const operations: StoredOperation[] = []
  for (const item of document.items) {
    const operation = readItem(item)
    if (!operation) return damaged(document.documentId)
    operations.push(operation)
  }
  return { documentId: document.documentId, mark: document.mark, operations }
}

const createIn = (document: ReadDocument): StoredOperation | undefined =>
  document.operations.find(({ operation }) => operation?.action === 'create')

/** The schema a document was created with, as everybody sees it; `undefined` where the payload of its CREATE was dropped. */
export const schemaIdOf = (document: ReadDocument): SchemaId | undefined => createIn(document)?.operation?.schemaId

/** The schema of what a document says: that inside, where it is sealed. `undefined` also where its CREATE does not open. */
export function innerSchemaIdOf(document: ReadDocument): SchemaId | undefined {
  const create = createIn(document)
  if (create?.inside === undefined) return create?.operation?.schemaId
  return typeof create.inside === 'object' && 'open' in create.inside ? create.inside.open.schemaId : undefined
}
