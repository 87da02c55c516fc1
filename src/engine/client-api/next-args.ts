import { maxU64 } from '../../core/bytes/varu64.ts'
import { viewIdParts } from '../../core/document/view-id.ts'
import type { LogKey } from '../../core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../../core/entry/lipmaa.ts'
import type { DocumentId, DocumentViewId, Hash, LogId, OperationId, PublicKey, SeqNum } from '../../core/ids.ts'
import { firstReservedLogId } from '../../core/limits.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Store } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { type ReadDocument, readStored } from '../stored-document.ts'
import type { NextArgs } from './api.ts'

/** The document that all these operations are of; or `operation/previous-missing`, `operation/previous-foreign`. */
export async function documentOfAll(
  store: Store,
  operationIds: readonly OperationId[],
): Promise<Result<DocumentId, Failure>> {
  const found = await store.documentsOf(operationIds)
  const [documentId] = found
  for (const [at, previous] of operationIds.entries()) {
    if (!found[at]) return fail({ code: 'operation/previous-missing', previous })
    if (found[at] !== documentId) return fail({ code: 'operation/previous-foreign', previous })
  }
  return documentId ? ok(documentId) : fail({ code: 'operation/previous-empty' })
}

/** A stored document, to be gone on with: `document/deleted` once any DELETE of it is here. */
export async function livingDocument(store: Store, documentId: DocumentId): Promise<Result<ReadDocument, Failure>> {
  const stored = await store.document(documentId)
  if (!stored) return fail({ code: 'document/unknown', documentId })
  const read = readStored(stored)
  if ('code' in read) return fail(read)
  const isDeleted = read.operations.some(({ operation }) => operation?.action === 'delete')
  return isDeleted ? fail({ code: 'document/deleted', documentId }) : ok(read)
}

/** The log in which this key writes to a document. One key has one log per document. */
export const logOf = (document: ReadDocument, publicKey: PublicKey): LogId | undefined =>
  document.operations.find(({ entry }) => entry.publicKey === publicKey)?.entry.logId

/** What follows an entry of a log, as far as `hashAt` knows its entries. */
export function argsAfter(
  { logId, seqNum, hash }: LogKey & { readonly seqNum: SeqNum; readonly hash: Hash },
  hashAt: (seqNum: bigint) => Hash | undefined,
): Result<NextArgs, Failure> {
  if (seqNum === maxU64) return fail({ code: 'entry/out-of-range', field: 'seqNum' })
  const next = (seqNum + 1n) as SeqNum
  const target = lipmaa(next)
  const skiplink = needsSkiplink(next) ? (target === seqNum ? hash : hashAt(target)) : undefined
  return ok({ logId, seqNum: next, backlink: hash, ...(skiplink && { skiplink }) })
}

/** Hashes of a log's entries, by sequence number, from the document it writes to. */
export const hashesOf =
  (document: ReadDocument | undefined, { publicKey, logId }: LogKey): ((seqNum: bigint) => Hash | undefined) =>
  (seqNum) =>
    document?.operations.find(
      ({ entry }) => entry.publicKey === publicKey && entry.logId === logId && entry.seqNum === seqNum,
    )?.entry.hash

async function argsOfNewLog(store: Store, publicKey: PublicKey): Promise<Result<NextArgs, Failure>> {
  const last = await store.lastLog(publicKey)
  const logId = (last ? last.logId + 1n : 0n) as LogId
  if (logId >= firstReservedLogId) return fail({ code: 'entry/log-id-reserved', logId })
  return ok({ logId, seqNum: 1n as SeqNum })
}

/** The checks and the answer of `nextArgs` (wire.md §6.2, last lines). */
export async function nextArgs(
  { store }: Pick<EngineDeps, 'store'>,
  publicKey: PublicKey,
  viewId: DocumentViewId | undefined,
): Promise<Result<NextArgs, Failure>> {
  if (!viewId) return argsOfNewLog(store, publicKey)
  const documentId = await documentOfAll(store, viewIdParts(viewId))
  if (!documentId.ok) return documentId
  const document = await livingDocument(store, documentId.value)
  if (!document.ok) return document
  const logId = logOf(document.value, publicKey)
  const head = logId === undefined ? undefined : await store.head({ publicKey, logId })
  if (!head) return argsOfNewLog(store, publicKey)
  if (head.isEnded) return fail({ code: 'entry/log-ended', seqNum: head.seqNum })
  return argsAfter(head, hashesOf(document.value, head))
}
