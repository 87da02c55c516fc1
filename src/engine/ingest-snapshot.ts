import { needsSkiplink } from '../core/entry/lipmaa.ts'
import type { DocumentId, Hash, OperationId, SchemaId } from '../core/ids.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { Head, Store } from '../ports/store.ts'
import type { SoundItem } from './ingest-prepare.ts'
import type { Snapshot } from './ingest-judge.ts'
import { type ReadDocument, readStored } from './stored-document.ts'

/** Reads what a batch is judged by: each table once, however many items there are. */
export async function takeSnapshot(
  store: Store,
  items: readonly SoundItem[],
  schemas: ReadonlyMap<SchemaId, Schema | undefined>,
): Promise<Snapshot> {
  const logs = new Map(items.map(({ log, entry }) => [log, entry]))
  const found = await store.heads([...logs.values()])
  const heads = new Map([...logs.keys()].map((log, at) => [log, found[at]]))
  const documentByOperation = await readDocumentsOf(store, previousOutside(items))
  const wanted = new Set(documentByOperation.values())
  for (const item of items) {
    const head = heads.get(item.log)
    if (head && needsDocument(item, head)) wanted.add(head.documentId)
  }
  return {
    heads,
    documentByOperation,
    documents: await readDocuments(store, [...wanted]),
    schemas,
    forked: items.some((item) => isOddLink(item, heads.get(item.log))) ? await readForked(store) : new Set(),
  }
}

/** The operations that the batch goes on from without bringing them. */
function previousOutside(items: readonly SoundItem[]): ReadonlySet<OperationId> {
  const inside = new Set<Hash>(items.map(({ entry }) => entry.hash))
  const outside = new Set<OperationId>()
  for (const { payload } of items)
    if (payload && payload.operation.action !== 'create')
      for (const id of payload.operation.previous) if (!inside.has(id)) outside.add(id)
  return outside
}

/** Whether judging this item takes more of its log than the head: another entry at its place, or the one a skiplink leads to. */
const needsDocument = ({ entry }: SoundItem, head: Head): boolean =>
  entry.seqNum <= head.seqNum ? entry.hash !== head.hash : needsSkiplink(entry.seqNum)

const isOddLink = ({ entry }: SoundItem, head: Head | undefined): boolean =>
  head !== undefined && entry.seqNum === head.seqNum + 1n && entry.backlink !== head.hash

async function readDocumentsOf(
  store: Store,
  ids: ReadonlySet<OperationId>,
): Promise<ReadonlyMap<OperationId, DocumentId>> {
  const known = new Map<OperationId, DocumentId>()
  if (ids.size === 0) return known
  const list = [...ids]
  const documentIds = await store.documentsOf(list)
  for (const [at, id] of list.entries()) {
    const documentId = documentIds[at]
    if (documentId) known.set(id, documentId)
  }
  return known
}

/** Damaged rows are left out: what builds on them is refused as such, and the rest of the batch goes on. */
async function readDocuments(store: Store, ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, ReadDocument>> {
  const documents = new Map<DocumentId, ReadDocument>()
  if (ids.length === 0) return documents
  for (const document of await store.documents(ids)) {
    if (!document || 'code' in document) continue
    const read = readStored(document)
    if (!('code' in read)) documents.set(read.documentId, read)
  }
  return documents
}

const readForked = async (store: Store): Promise<ReadonlySet<Hash>> =>
  new Set((await store.forks()).flatMap(({ a, b }) => [a.hash, b.hash]))
