import type { DocumentId } from '../../core/ids.ts'
import type { DamagedRow, Store, StoredDocument } from '../../ports/store.ts'
import { type Rows, judged, valuesOf, walk } from './row-access.ts'
import { isDocumentId } from './rows.ts'
import { type Segment, decodeSegment, readTail } from './segment.ts'
import { beginningWith, damagedRow, segmentKey } from './tables.ts'

/** Segments in the order of their numbers: the open one, then the full ones from oldest to newest. */
const joinSegments = (documentId: DocumentId, values: readonly unknown[]): StoredDocument | DamagedRow => {
  const segments = values.map(decodeSegment)
  const [open, ...full] = segments
  if (open === undefined || segments.includes(undefined) || full.length !== open.fullSegments)
    return damagedRow('docs', [documentId])
  return { documentId, mark: open.mark, items: [...full, open].flatMap((segment) => (segment as Segment).items) }
}

const isLong = (segment: unknown): boolean =>
  segment instanceof Uint8Array && (readTail(segment)?.fullSegments ?? 0) > 0

/** Reads of `docs` and `ids`. */
export const documentReads = (rows: Rows): Pick<Store, 'document' | 'documents' | 'allDocuments' | 'documentsOf'> => {
  const longDocument = async (id: DocumentId): Promise<StoredDocument | DamagedRow> =>
    joinSegments(id, valuesOf(await rows.range('docs', beginningWith([id]))))
  /** What its open segment begins; a long document is read again as one, since it may have grown between the two calls. */
  const read = async (id: DocumentId, open: unknown): Promise<StoredDocument | DamagedRow | undefined> => {
    if (open === undefined) return undefined
    return isLong(open) ? longDocument(id) : joinSegments(id, [open])
  }
  const documents: Store['documents'] = async (documentIds) => {
    const keys = documentIds.map((id) => segmentKey(id, 0))
    const open = await rows.getMany('docs', keys)
    return Promise.all(documentIds.map((id, at) => read(id, open[at])))
  }
  /** A document that grew while the walk went over it looks damaged; then a second look, at all of it at once, decides. */
  const join = async ({ id, values }: { readonly id: DocumentId; readonly values: readonly unknown[] }) => {
    const document = joinSegments(id, values)
    return 'code' in document ? longDocument(id) : document
  }

  return {
    documents,
    document: async (documentId) => {
      const [document] = await documents([documentId])
      if (document !== undefined && 'code' in document) throw document
      return document
    },
    allDocuments: async function* (signal) {
      let held: { readonly id: DocumentId; readonly values: unknown[] } | undefined
      for await (const page of walk(rows, 'docs', {}, signal)) {
        const complete: (StoredDocument | DamagedRow)[] = []
        for (const { key, value } of page) {
          const id = key[0] as DocumentId
          if (held && held.id !== id) complete.push(await join(held))
          if (held?.id !== id) held = { id, values: [] }
          held.values.push(value)
        }
        if (complete.length > 0) yield complete
      }
      if (held) yield [await join(held)]
    },
    documentsOf: async (operationIds) => {
      const keys = operationIds.map((id) => [id])
      const found = await rows.getMany('ids', keys)
      const others = operationIds.filter((_, at) => found[at] === undefined)
      const otherKeys = others.map((id) => segmentKey(id as DocumentId, 0))
      const isCreate = await rows.hasMany('docs', otherKeys)
      const creates = new Set(others.filter((_, at) => isCreate[at]))
      return operationIds.map((id, at) =>
        creates.has(id) ? (id as DocumentId) : judged('ids', [id], found[at], isDocumentId),
      )
    },
  }
}
