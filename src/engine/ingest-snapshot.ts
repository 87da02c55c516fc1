import type { Entry } from '../core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../core/entry/lipmaa.ts'
import type { LinkTarget } from '../core/entry/verify.ts'
import { logName } from '../core/entry/log-name.ts'
import type { DocumentId, Hash, OperationId, SchemaId, SeqNum } from '../core/ids.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { Head, Store, StoredDocument } from '../ports/store.ts'
import type { EngineDeps } from './deps.ts'
import { examineDocument, isSound } from './examine.ts'
import { type Snapshot, headAt, placeName } from './ingest-judge.ts'
import type { SoundItem } from './ingest-prepare.ts'
import { readMends } from './mend.ts'
import type { RecentLogs } from './recent-logs.ts'
import { type ReadDocument, readStored, schemaIdOf } from './stored-document.ts'

type Deps = Pick<EngineDeps, 'store' | 'recent'>
type Schemas = ReadonlyMap<SchemaId, Schema | undefined>

/**
 * Reads what a batch is judged by: each table once, however many items there are, and of long logs only what is not remembered. Documents
 * whose entries come again are examined, since a copy may be there to mend them.
 */
export async function takeSnapshot(deps: Deps, items: readonly SoundItem[], schemas: Schemas): Promise<Snapshot> {
  const snapshot = await look(deps, items, schemas)
  if (snapshot.damaged.size === 0 && snapshot.reached.size === 0) return snapshot
  const mends = await readMends(deps.store)
  return { ...(await look(deps, items, schemas)), mends }
}

/** What a batch is judged by whose every log is taken to begin with it. Reads nothing: where that is wrong its commit is stale. */
export function snapshotOfBeginnings(items: readonly SoundItem[], schemas: Schemas): Snapshot {
  return {
    heads: new Map(items.map(({ log }) => [log, undefined])),
    documentByOperation: new Map(),
    documents: new Map(),
    damaged: new Map(),
    reached: new Map(),
    schemaIds: new Map(),
    links: new Map(),
    schemas,
    forked: new Set(),
  }
}

async function look({ store, recent }: Deps, items: readonly SoundItem[], schemas: Schemas): Promise<Snapshot> {
  const logs = new Map(items.map(({ log, entry }) => [log, entry]))
  const [found, documentByOperation] = await Promise.all([
    store.heads([...logs.values()]),
    readDocumentsOf(store, previousOutside(items)),
  ])
  const heads = new Map([...logs.keys()].map((log, at) => [log, found[at]]))
  const opensLog = items.some(({ log, payload }) => !heads.get(log) && payload?.operation.action !== 'create')
  const wanted = new Set(opensLog ? documentByOperation.values() : [])
  const schemaIds = new Map<DocumentId, SchemaId>()
  const links = new Map<string, LinkTarget>()
  const repeated = new Set<DocumentId>()
  for (const item of items) {
    const head = heads.get(item.log)
    if (!head) continue
    const { documentId } = head
    if (item.entry.seqNum <= head.seqNum) repeated.add(documentId)
    const schemaId = recent.schemaIdOf(documentId)
    if (schemaId) schemaIds.set(documentId, schemaId)
    const link = rememberedLink(recent, item, head)
    if (link && link !== 'none') links.set(placeName(item.log, link.seqNum), link)
    if (opensLog || !schemaId || !link || repeated.has(documentId)) wanted.add(documentId)
  }
  const { documents, damaged } = await readDocuments(
    store,
    [...wanted],
    (stored) => !repeated.has(stored.documentId) || isSound(examineDocument(stored), heads),
  )
  for (const document of documents.values()) recent.learn(document, schemaIdOf(document))
  return {
    heads,
    documentByOperation,
    documents,
    damaged,
    reached: shortLogs(heads, documents, damaged),
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
  if (entry.seqNum <= head.seqNum) return undefined
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

/** Documents that can be read, and those that cannot or are no longer what came: with as much of them as the store still gives. */
async function readDocuments(
  store: Store,
  ids: readonly DocumentId[],
  isAsItCame: (stored: StoredDocument) => boolean,
): Promise<Pick<Snapshot, 'documents' | 'damaged'>> {
  const documents = new Map<DocumentId, ReadDocument>()
  const damaged = new Map<DocumentId, StoredDocument | undefined>()
  const rows = ids.length > 0 ? await store.documents(ids) : []
  for (const [at, documentId] of ids.entries()) {
    const row = rows[at]
    const stored = row && !('code' in row) ? row : undefined
    const read = stored && readStored(stored)
    if (read && !('code' in read) && isAsItCame(stored)) documents.set(documentId, read)
    else damaged.set(documentId, stored)
  }
  return { documents, damaged }
}

/** Logs whose documents do not reach their heads, with where they still reach. */
function shortLogs(
  heads: Snapshot['heads'],
  documents: Snapshot['documents'],
  damaged: Snapshot['damaged'],
): Snapshot['reached'] {
  const newest = new Map<string, Entry>()
  for (const { operations } of documents.values()) for (const { entry } of operations) newest.set(logName(entry), entry)
  const reached = new Map<string, Head | undefined>()
  for (const [log, head] of heads) {
    if (!head) continue
    const { documentId } = head
    if (damaged.has(documentId)) reached.set(log, undefined)
    if (!documents.has(documentId)) continue
    const entry = newest.get(log)
    if (!entry || entry.seqNum < head.seqNum) reached.set(log, entry && headAt(entry, documentId))
  }
  return reached
}

const readForked = async (store: Store): Promise<ReadonlySet<Hash>> =>
  new Set((await store.forks()).flatMap(({ a, b }) => [a.hash, b.hash]))
