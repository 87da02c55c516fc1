import type { DocumentId } from '../../core/ids.ts'
import type { PartKey, Store } from '../../ports/store.ts'

export const isSamePart = (a: PartKey, b: PartKey): boolean => a.scope === b.scope && a.part === b.part

/**
 * Documents that entered a part, or went on in it, after this number of it: of what a device had then, these are not the whole. When an entry
 * arrived here says nothing of that: a document may enter a part much later.
 */
export async function changedSince(store: Store, key: PartKey, number: number): Promise<ReadonlySet<DocumentId>> {
  const changed = new Set<DocumentId>()
  for await (const page of store.partLogs(key, number, new AbortController().signal))
    for (const { head } of page) changed.add(head.documentId)
  return changed
}
