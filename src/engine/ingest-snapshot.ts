import { lipmaa, needsSkiplink } from '../core/entry/lipmaa.ts'
import type { LinkTarget } from '../core/entry/verify.ts'
import type { DocumentId, Hash, OperationId, SchemaId, SeqNum } from '../core/ids.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { Head, Store } from '../ports/store.ts'
import type { EngineDeps } from './deps.ts'
import { type Snapshot, placeName } from './ingest-judge.ts'
import type { SoundItem } from './ingest-prepare.ts'
import type { RecentLogs } from './recent-logs.ts'
import { type ReadDocument, readStored, schemaIdOf } from './stored-document.ts'

/** Reads what a batch is judged by: each table once, however many items there are, and of long logs only what is not remembered. */
export async function takeSnapshot(
  { store, recent }: Pick<EngineDeps, 'store' | 'recent'>,
  items: readonly SoundItem[],
  schemas: ReadonlyMap<SchemaId, Schema | undefined>,
): Promise<Snapshot> {
  const logs = new Map(items.map(({ log, entry }) => [log, entry]))
  const found = await store.heads([...logs.values()])
  const heads = new Map([...logs.keys()].map((log, at) => [log, found[at]]))
  const documentByOperation = await readDocumentsOf(store, previousOutside(items))
  const opensLog = items.some(({ log, payload }) => !heads.get(log) && payload?.operation.action !== 'create')
  const wanted = new Set(opensLog ? documentByOperation.values() : [])
  const schemaIds = new Map<DocumentId, SchemaId>()
  const links = new Map<string, LinkTarget>()
  for (const item of items) {
    const head = heads.get(item.log)
    if (!head) continue
    const { documentId } = head
    const schemaId = recent.schemaIdOf(documentId)
    if (schemaId) schemaIds.set(documentId, schemaId)
    const link = rememberedLink(recent, item, head)
    if (link && link !== 'none') links.set(placeName(item.log, link.seqNum), link)
    if (opensLog || !schemaId || !link) wanted.add(documentId)
  }
  const documents = await readDocuments(store, [...wanted])
  for (const document of documents.values()) recent.learn(document, schemaIdOf(document))
  return {
    heads,
    documentByOperation,
    documents,
    schemaIds,
    links,
    schemas,
    forked: items.some((item) => isOddLink(item, heads.get(item.log))) ? await readForked(store) : new Set(),
  }
}

/**
 * What judging this item takes of its log besides the head, and whether it is remembered: `none`: nothing. `undefined`: the document has to be
 * read, for the entry that its skiplink leads to, or for the one that stands at its place.
 */
function rememberedLink(recent: RecentLogs, { entry }: SoundItem, head: Head): LinkTarget | 'none' | undefined {
  if (entry.seqNum <= head.seqNum) return entry.hash === head.hash ? 'none' : undefined
  const seqNum = lipmaa(entry.seqNum) as SeqNum
  // Past the head it leads to another entry of the batch.
  if (!needsSkiplink(entry.seqNum) || seqNum > head.seqNum) return 'none'
  const hash = seqNum === head.seqNum ? head.hash : recent.hashAt(head, seqNum)
  return hash && { publicKey: head.publicKey, logId: head.logId, seqNum, hash }
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
