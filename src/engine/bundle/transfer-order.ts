import { sortOperations } from '../../core/document/graph.ts'
import { encodeBundleItem } from '../../core/bundle/bundle.ts'
import type { OperationId } from '../../core/ids.ts'
import type { StoredDocument, StoredItem } from '../../ports/store.ts'
import type { ReadDocument } from '../stored-document.ts'

/**
 * The items of a document as they may travel: each after the entry before it in its log and after every operation it names. A reader
 * that keeps nothing waiting can take them in one by one. One log holds one document, so complete documents are complete logs.
 */
const inTransferOrder = (stored: StoredDocument, read: ReadDocument): readonly StoredItem[] => {
  const positions = new Map<OperationId, number>()
  for (const [position, { id }] of read.operations.entries()) positions.set(id, position)
  const nodes = read.operations.map(({ id, entry, operation }) => {
    const named = operation && operation.action !== 'create' ? operation.previous : []
    const before = entry.backlink as OperationId | undefined
    return { id, previous: [...new Set(before ? [...named, before] : named)] }
  })
  const { sorted, pending } = sortOperations(nodes)
  const waiting = pending.map((id) => positions.get(id) ?? 0).sort((a, b) => a - b)
  // What waits lies in order of arrival, and so each log of it in order of sequence number.
  return [...sorted.map((id) => positions.get(id) ?? 0), ...waiting].flatMap((position) => stored.items[position] ?? [])
}

/** The items as a bundle holds them. */
export const bundleItems = (stored: StoredDocument, read: ReadDocument): readonly Uint8Array[] =>
  inTransferOrder(stored, read).map(({ entry, operation }) => encodeBundleItem(entry, operation))
