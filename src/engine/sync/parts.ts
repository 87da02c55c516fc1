import type { DocumentId } from '../../core/ids.ts'
import type { PartKey, Store } from '../../ports/store.ts'

export const isSamePart = (a: PartKey, b: PartKey): boolean => a.scope === b.scope && a.part === b.part

/** Of these documents, those that are in the part. */
export async function documentsInPart(
  store: Store,
  key: PartKey,
  documentIds: readonly (DocumentId | undefined)[],
): Promise<ReadonlySet<DocumentId>> {
  const ids = [...new Set(documentIds.filter((id) => id !== undefined))]
  const memberships = ids.length > 0 ? await store.partsOf(ids) : []
  return new Set(ids.filter((_, at) => memberships[at]?.some((one) => isSamePart(one, key))))
}

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
