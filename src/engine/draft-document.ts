import { sortOperations } from '../core/document/graph.ts'
import { toNodes } from '../core/document/reduce.ts'
import { lipmaa, needsSkiplink } from '../core/entry/lipmaa.ts'
import type { DocumentId, Hash, LogId, OperationId, PublicKey, SchemaId, SeqNum } from '../core/ids.ts'
import { type Result, fail, ok } from '../core/result.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { Judge } from './authority/standing.ts'
import type { Failure } from './failure.ts'
import type { ReadDocument } from './stored-document.ts'
import { type Versions, countedOperations } from './view-row.ts'

/** What one key has written to a document: its log there, entry by entry. */
interface OwnLog {
  readonly logId: LogId
  readonly hashes: Hash[]
  isEnded: boolean
}

/** A document while a batch is signed: as stored, and then with what the batch adds. */
export interface DraftDocument {
  readonly documentId: DocumentId
  /** What it says is of this schema: inside, where it is sealed. */
  readonly schemaId: SchemaId
  /** Of a sealed one. */
  readonly secretGroup?: DocumentId | undefined
  readonly operationIds: Set<OperationId>
  /** What the next operation follows, if it does not say. */
  tips: readonly OperationId[]
  isDeleted: boolean
  readonly logs: Map<PublicKey, OwnLog>
}

/** Where an entry goes in its log, and what it links to. */
export interface LogPlace {
  readonly logId: LogId
  readonly seqNum: SeqNum
  readonly backlink?: Hash | undefined
  readonly skiplink?: Hash | undefined
}

/** A document that begins in this batch. */
export const beginDocument = (documentId: DocumentId, schemaId: SchemaId, secretGroup?: DocumentId): DraftDocument => ({
  documentId,
  schemaId,
  secretGroup,
  operationIds: new Set(),
  tips: [],
  isDeleted: false,
  logs: new Map(),
})

/** A stored document, ready to be written to. Only what has an effect here is followed: what waits would make the new operation wait too. */
export function openDocument(document: ReadDocument, schema: Schema, judge: Judge, versions: Versions): DraftDocument {
  const counted = countedOperations(document, schema, judge, versions)
  const { sorted, tips } = sortOperations(toNodes(counted))
  const draft: DraftDocument = {
    ...beginDocument(document.documentId, schema.id, document.sealed?.secretGroup),
    operationIds: new Set(sorted),
    tips,
    isDeleted: counted.some(({ operation }) => operation.action === 'delete' && !operation.isRefused),
  }
  for (const { entry } of document.operations) {
    const log = draft.logs.get(entry.publicKey) ?? { logId: entry.logId, hashes: [], isEnded: false }
    log.hashes.push(entry.hash)
    log.isEnded = entry.isEndOfLog
    draft.logs.set(entry.publicKey, log)
  }
  return draft
}

/** The next place in this key's log of the document; `undefined`: it has none there yet. */
export function nextPlace(document: DraftDocument, publicKey: PublicKey): Result<LogPlace | undefined, Failure> {
  const log = document.logs.get(publicKey)
  if (!log) return ok(undefined)
  const height = log.hashes.length
  if (log.isEnded) return fail({ code: 'entry/log-ended', seqNum: BigInt(height) })
  const seqNum = BigInt(height + 1) as SeqNum
  const skiplink = needsSkiplink(seqNum) ? log.hashes[Number(lipmaa(seqNum)) - 1] : undefined
  return ok({ logId: log.logId, seqNum, backlink: log.hashes[height - 1], skiplink })
}

/** Takes in an operation just signed, so that the next one of the batch follows it. */
export function addSigned(
  document: DraftDocument,
  signed: {
    readonly id: OperationId
    readonly publicKey: PublicKey
    readonly logId: LogId
    readonly previous: readonly OperationId[]
    readonly isDelete: boolean
  },
): void {
  const { id, publicKey, logId, previous, isDelete } = signed
  const log = document.logs.get(publicKey) ?? { logId, hashes: [], isEnded: false }
  log.hashes.push(id)
  document.logs.set(publicKey, log)
  document.operationIds.add(id)
  document.tips = [...document.tips.filter((tip) => !previous.includes(tip)), id].sort()
  document.isDeleted ||= isDelete
}
