import { decodeEntry } from '../core/entry/decode.ts'
import type { Entry } from '../core/entry/entry.ts'
import type { DocumentId, OperationId, SchemaId } from '../core/ids.ts'
import { decodeOperation } from '../core/operation/decode.ts'
import type { PlainOperation } from '../core/operation/operation.ts'
import type { DamagedRow, Mark, StoredDocument, StoredItem } from '../ports/store.ts'

/** One operation of a stored document, read back from its bytes. `null`: its payload was dropped. */
export interface StoredOperation {
  readonly id: OperationId
  readonly entry: Entry
  readonly operation: PlainOperation | null
  readonly receivedAt: number
}

/** A stored document, read back. In order of arrival, so those of one log are in order of sequence number. */
export interface ReadDocument {
  readonly documentId: DocumentId
  readonly mark: Mark
  readonly operations: readonly StoredOperation[]
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

/** The schema a document was created with; `undefined` where the payload of its CREATE was dropped. */
export const schemaIdOf = (document: ReadDocument): SchemaId | undefined =>
  document.operations.find(({ operation }) => operation?.action === 'create')?.operation?.schemaId
