import type { Entry } from '../core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../core/entry/lipmaa.ts'
import { type LinkTarget, verifyLinks } from '../core/entry/verify.ts'
import { logName } from '../core/entry/log-name.ts'
import type { DocumentId, Hash, LogId, OperationId, PublicKey, SchemaId } from '../core/ids.ts'
import { readOperation } from '../core/operation/typed.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { Head, StoredDocument } from '../ports/store.ts'
import type { Failure } from './failure.ts'
import type { SoundItem } from './ingest-prepare.ts'
import { type ReadDocument, schemaIdOf } from './stored-document.ts'

/** Everything the store knows that a batch is judged by. */
export interface Snapshot {
  /** By log as text; every log of the batch is a key. */
  readonly heads: ReadonlyMap<string, Head | undefined>
  /** Of the operations that the batch names in `previous`, where they are stored. */
  readonly documentByOperation: ReadonlyMap<OperationId, DocumentId>
  /** The stored documents that the batch goes on with, or whose entries it repeats. */
  readonly documents: ReadonlyMap<DocumentId, ReadDocument>
  /** Those among them that cannot be read, or are not what came, with what the store still gives of them (mend.ts). */
  readonly damaged: ReadonlyMap<DocumentId, StoredDocument | undefined>
  /** Of logs whose documents lost entries: the newest that is left. */
  readonly reached: ReadonlyMap<string, Head | undefined>
  /** How often documents were mended; read where something is to be mended. */
  readonly mends?: unknown
  /** The schema of stored documents, where it is remembered. */
  readonly schemaIds: ReadonlyMap<DocumentId, SchemaId>
  /** Entries that skiplinks lead to, by place, where they are remembered. */
  readonly links: ReadonlyMap<string, LinkTarget>
  /** Every schema id of the batch; `undefined`: not known here (yet). */
  readonly schemas: ReadonlyMap<SchemaId, Schema | undefined>
  /** Hashes of all entries of known forks; only asked for where a backlink does not fit. */
  readonly forked: ReadonlySet<Hash>
}

/** A snapshot that moves on as the items of a batch are admitted. */
export interface Bench {
  readonly heads: Map<string, Head | undefined>
  /** The heads that the store has of logs that do not reach them. */
  readonly lost: ReadonlyMap<string, Head | undefined>
  /** Documents that do not count until they begin anew. */
  readonly damaged: Set<DocumentId>
  readonly documentByOperation: Map<OperationId, DocumentId>
  readonly entryByPlace: Map<string, Entry>
  readonly documents: Map<DocumentId, { readonly schemaId: SchemaId | undefined; readonly logs: Map<PublicKey, LogId> }>
  readonly known: Pick<Snapshot, 'schemas' | 'schemaIds' | 'links'>
  readonly forked: Set<Hash>
  /** Entries that are stored without their operations. */
  readonly bare: Set<Hash>
}

export type Judgement =
  | { readonly is: 'fit'; readonly documentId: DocumentId }
  /** It is stored, and brings the operation that it came without. */
  | { readonly is: 'filling'; readonly documentId: DocumentId }
  | { readonly is: 'early'; readonly awaits: string }
  | { readonly is: 'duplicate' }
  | { readonly is: 'forked'; readonly there: Entry }
  | { readonly is: 'rejected'; readonly failure: Failure }

/** What `Pending.awaits` says: the entry at a place of a log, an operation, a schema. */
export const awaitsLink = (log: string, seqNum: bigint): string => `link:${log}/${seqNum}`
export const awaitsOperation = (id: Hash): string => `operation:${id}`
/** That a request is found to be of a group: that it is stored is not enough. */
export const awaitsRequest = (id: Hash): string => `request:${id}`
export const awaitsSchema = (id: SchemaId): string => `schema:${id}`

/** A sequence number of a log, as text, for maps. */
export const placeName = (log: string, seqNum: bigint): string => `${log}/${seqNum}`
const rejected = (failure: Failure): Judgement => ({ is: 'rejected', failure })

export function openBench(snapshot: Snapshot): Bench {
  const bench: Bench = {
    heads: new Map([...snapshot.heads, ...snapshot.reached]),
    lost: new Map([...snapshot.reached.keys()].map((log) => [log, snapshot.heads.get(log)])),
    damaged: new Set(snapshot.damaged.keys()),
    documentByOperation: new Map(snapshot.documentByOperation),
    entryByPlace: new Map(),
    documents: new Map(),
    known: snapshot,
    forked: new Set(snapshot.forked),
    bare: new Set(),
  }
  for (const document of snapshot.documents.values()) {
    const logs = new Map<PublicKey, LogId>()
    bench.documents.set(document.documentId, { schemaId: schemaIdOf(document), logs })
    for (const { id, entry, operation } of document.operations) {
      if (!operation) bench.bare.add(id)
      logs.set(entry.publicKey, entry.logId)
      bench.entryByPlace.set(placeName(logName(entry), entry.seqNum), entry)
      bench.documentByOperation.set(id, document.documentId)
    }
  }
  return bench
}

/** Whether an item may be stored now; in the order of wire.md §2.4 and §6.2. */
export function judge(bench: Bench, item: SoundItem): Judgement {
  const { entry, log } = item
  const head = bench.heads.get(log)
  if (head && entry.seqNum <= head.seqNum) return judgeTakenPlace(bench, item, head)
  if (head?.isEnded) return rejected({ code: 'entry/log-ended', seqNum: head.seqNum })
  if (entry.seqNum > (head?.seqNum ?? 0n) + 1n) return { is: 'early', awaits: awaitsLink(log, entry.seqNum - 1n) }
  if (entry.backlink && entry.backlink !== head?.hash && bench.forked.has(entry.backlink))
    return rejected({ code: 'entry/log-forked', seqNum: entry.seqNum })
  const lost = bench.lost.get(log)
  if (lost?.seqNum === entry.seqNum && lost.hash !== entry.hash)
    return rejected({ code: 'entry/log-forked', seqNum: entry.seqNum })
  const links = verifyLinks(entry, { backlink: head, skiplink: findSkiplink(bench, item) })
  if (!links.ok) return rejected(links.error)
  return judgeOperation(bench, item, head ?? lost)
}

function findSkiplink(bench: Bench, { entry, log }: SoundItem): LinkTarget | undefined {
  if (!needsSkiplink(entry.seqNum)) return undefined
  const place = placeName(log, lipmaa(entry.seqNum))
  return bench.entryByPlace.get(place) ?? bench.known.links.get(place)
}

/** Same log, same sequence number: the same entry again, perhaps with what it came without, or a fork. */
function judgeTakenPlace(bench: Bench, item: SoundItem, head: Head): Judgement {
  const { entry, payload, log } = item
  if (payload && bench.bare.has(entry.hash)) {
    const judged = judgeOperation(bench, item, head)
    return judged.is === 'fit' ? { is: 'filling', documentId: judged.documentId } : judged
  }
  if (entry.hash === head.hash) return { is: 'duplicate' }
  const there = bench.entryByPlace.get(placeName(log, entry.seqNum))
  if (!there) return rejected({ code: 'store/corrupt', table: 'docs', key: head.documentId })
  return there.hash === entry.hash ? { is: 'duplicate' } : { is: 'forked', there }
}

function judgeOperation(bench: Bench, item: SoundItem, head: Head | undefined): Judgement {
  const found = findDocument(bench, item, head)
  if (found.is !== 'fit') return found
  const { documentId } = found
  const { entry, payload } = item
  const document = bench.documents.get(documentId)
  // One log per key and document, and one document per log.
  if (head ? head.documentId !== documentId : document?.logs.has(entry.publicKey))
    return rejected({ code: 'document/log-mismatch', documentId, logId: entry.logId })
  if (!payload) return found
  const { operation } = payload
  const expected = document?.schemaId ?? bench.known.schemaIds.get(documentId)
  if (expected && expected !== operation.schemaId)
    return rejected({ code: 'schema/not-matching', expected, found: operation.schemaId })
  const schema = bench.known.schemas.get(operation.schemaId)
  const read = schema && readOperation(operation, schema)
  return read?.ok === false ? rejected(read.error) : found
}

/** The document an item belongs to: its own for CREATE, that of everything in `previous` for the others. */
function findDocument(bench: Bench, { entry, payload, log }: SoundItem, head: Head | undefined): Judgement {
  // Without its payload only its log can tell; as the first of a log it waits until it comes again, whole.
  if (!payload) return head ? place(bench, head.documentId) : { is: 'early', awaits: awaitsLink(log, 1n) }
  if (payload.operation.action === 'create') return { is: 'fit', documentId: entry.hash as DocumentId }
  let documentId = undefined as DocumentId | undefined
  for (const previous of payload.operation.previous) {
    const found = bench.documentByOperation.get(previous)
    if (!found) return { is: 'early', awaits: awaitsOperation(previous) }
    if (documentId && found !== documentId) return rejected({ code: 'operation/previous-foreign', previous })
    documentId = found
  }
  return documentId ? place(bench, documentId) : rejected({ code: 'operation/previous-empty' })
}

/** In this document, once it can be read. */
const place = (bench: Bench, documentId: DocumentId): Judgement =>
  bench.damaged.has(documentId) ? { is: 'early', awaits: awaitsOperation(documentId) } : { is: 'fit', documentId }

/** The head of a log that ends with this entry. */
export const headAt = ({ publicKey, logId, seqNum, hash, isEndOfLog }: Entry, documentId: DocumentId): Head => ({
  publicKey,
  logId,
  seqNum,
  hash,
  documentId,
  isEnded: isEndOfLog,
})

/** Lets an item in, so that those after it are judged by it too. */
export function admit(bench: Bench, { entry, payload, log }: SoundItem, documentId: DocumentId): Head {
  const { publicKey, logId, seqNum, hash } = entry
  const head = headAt(entry, documentId)
  bench.heads.set(log, head)
  bench.entryByPlace.set(placeName(log, seqNum), entry)
  bench.documentByOperation.set(hash as OperationId, documentId)
  if (documentId === hash) {
    bench.documents.set(documentId, { schemaId: payload?.operation.schemaId, logs: new Map() })
    bench.damaged.delete(documentId)
  }
  bench.documents.get(documentId)?.logs.set(publicKey, logId)
  if (!payload) bench.bare.add(hash)
  return head
}
