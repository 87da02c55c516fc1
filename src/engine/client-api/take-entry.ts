import { decodeEntry } from '../../core/entry/decode.ts'
import type { Entry } from '../../core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../../core/entry/lipmaa.ts'
import { signedPart, verifyLinks, verifyPayload } from '../../core/entry/verify.ts'
import type { DocumentId, Hash } from '../../core/ids.ts'
import { firstReservedLogId } from '../../core/limits.ts'
import { decodeOperation } from '../../core/operation/decode.ts'
import type { PlainOperation } from '../../core/operation/operation.ts'
import { readOperation } from '../../core/operation/typed.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Schema } from '../../core/schema/schema.ts'
import type { Head } from '../../ports/store.ts'
import type { Call } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { ingest } from '../ingest.ts'
import { type ReadDocument, readStored, schemaIdOf } from '../stored-document.ts'
import type { NextArgs } from './api.ts'
import type { EarlyRoom } from './early-room.ts'
import { argsAfter, documentOfAll, hashesOf, livingDocument, logOf } from './next-args.ts'

type Deps = EngineDeps & { readonly early: EarlyRoom }
type Answer<T> = Promise<Result<T, Failure>>

/** What came, as far as it was understood; `before` is the head of its log. */
interface Claim {
  readonly entry: Entry
  readonly operation: PlainOperation
  readonly payload: Uint8Array
  readonly schema: Schema
  readonly before: Head | undefined
}

const expectedSeqNum = ({ before }: Claim): bigint => (before?.seqNum ?? 0n) + 1n

/**
 * Takes what a client publishes, by the checks of wire.md §6.2 in their order, so that of several faults the one is named that an aquadoggo would name:
 *
 *     2 the operation decodes · 3 its schema is known · 4 the entry decodes, and its key signed it · 5 it is the next of its log
 *     7 the payload is its own · 6, 8 its links fit · 9 the operation fits its schema · 10 what it follows is here, and of one document
 *     11 which is not deleted · 12 and to which this log belongs · 13 the log can go on · 15 it is stored
 *
 * (1, hex, is the transport's matter. 6 and 14 hold of themselves: here a log has no gaps up to its head.) The order decides what is said, and the one
 * door (`ingest`) decides what is stored: whoever came in between is seen there.
 *
 * Too high a number at 5, or something missing at 10, means *early*: it waits, and is acknowledged like the others (sync.md §8).
 */
export async function takeEntry(
  deps: Deps,
  bytes: Uint8Array,
  payload: Uint8Array,
  isSchemaShared: (schema: Schema) => Promise<boolean>,
  call: Call,
): Answer<NextArgs> {
  const operation = decodeOperation(payload)
  if (!operation.ok) return operation
  const { schemaId } = operation.value
  const schema = (await deps.schemas.definition(schemaId))?.schema
  if (!schema || !(await isSchemaShared(schema))) return fail({ code: 'schema/unknown', schemaId })
  const entry = await readEntry(deps, bytes)
  if (!entry.ok) return entry
  const before = await deps.store.head(entry.value)
  const claim = { entry: entry.value, operation: operation.value, payload, schema, before }

  if (entry.value.seqNum < expectedSeqNum(claim)) return refuseTaken(deps, claim, call)
  const fits = verifyPayload(entry.value, payload)
  if (!fits.ok) return fits
  return entry.value.seqNum > expectedSeqNum(claim)
    ? takeEarly(deps, claim, unexpected(claim), call)
    : takeNext(deps, claim, call)
}

/** Stage A, and the signature. */
async function readEntry({ verifier }: Deps, bytes: Uint8Array): Answer<Entry> {
  const entry = decodeEntry(bytes)
  if (!entry.ok) return entry
  const { publicKey, signature, logId } = entry.value
  if (logId >= firstReservedLogId) return fail({ code: 'entry/log-id-reserved', logId })
  const [isSigned] = await verifier.verify([{ publicKey, message: signedPart(entry.value), signature }])
  return isSigned ? entry : fail({ code: 'entry/signature-invalid', publicKey })
}

const unexpected = (claim: Claim): Failure => ({
  code: 'entry/seq-num-unexpected',
  expected: expectedSeqNum(claim),
  found: claim.entry.seqNum,
})

/** That place is taken. Where another entry has it the two prove a fork, which the door keeps. */
async function refuseTaken(deps: Deps, claim: Claim, call: Call): Answer<never> {
  await enter(deps, claim, call)
  return fail(unexpected(claim))
}

/** It is the next of its log, or the first. */
async function takeNext(deps: Deps, claim: Claim, call: Call): Answer<NextArgs> {
  const { entry, operation, schema, before } = claim
  const log = before && (await readLog(deps, before))
  if (log && !log.ok) return log
  const hashAt = hashesOf(log?.value, entry)
  const links = verifyLinks(entry, { backlink: before, skiplink: skiplinkOf(entry, hashAt) })
  if (!links.ok) return links
  const read = readOperation(operation, schema)
  if (!read.ok) return read
  const documentId =
    operation.action === 'create' ? ok(entry.hash as DocumentId) : await documentOfAll(deps.store, operation.previous)
  if (!documentId.ok)
    return documentId.error.code === 'operation/previous-missing'
      ? takeEarly(deps, claim, documentId.error, call)
      : documentId
  const fault = await documentFault(deps, claim, documentId.value)
  if (fault) return fail(fault)
  const next = argsAfter(entry, hashAt)
  return next.ok ? acknowledge(await enter(deps, claim, call), next.value) : next
}

/** The document that a log writes to. */
async function readLog({ store }: Deps, { documentId }: Head): Answer<ReadDocument> {
  const stored = await store.document(documentId)
  const read = stored && readStored(stored)
  if (!read) return fail({ code: 'store/corrupt', table: 'docs', key: documentId })
  return 'code' in read ? fail(read) : ok(read)
}

function skiplinkOf(entry: Entry, hashAt: (seqNum: bigint) => Hash | undefined) {
  if (!needsSkiplink(entry.seqNum)) return undefined
  const seqNum = lipmaa(entry.seqNum)
  const hash = hashAt(seqNum)
  const { publicKey, logId } = entry
  return hash && { publicKey, logId, seqNum: seqNum as Entry['seqNum'], hash }
}

/** 10 to 12: one living document of this schema, and one log of this key for it. */
async function documentFault(
  { store }: Deps,
  { entry, operation, before }: Claim,
  documentId: DocumentId,
): Promise<Failure | undefined> {
  const { publicKey, logId } = entry
  if (operation.action === 'create')
    return before && { code: 'document/log-taken', documentId: before.documentId, logId }
  const document = await livingDocument(store, documentId)
  if (!document.ok) return document.error
  const expected = schemaIdOf(document.value)
  if (expected && expected !== operation.schemaId)
    return { code: 'schema/not-matching', expected, found: operation.schemaId }
  const own = logOf(document.value, publicKey)
  if (own !== undefined && own !== logId) return { code: 'document/log-mismatch', documentId, logId }
  return before && own === undefined ? { code: 'document/log-taken', documentId: before.documentId, logId } : undefined
}

/** Keeps what came too early, where there is room; `failure` is what is missing. */
async function takeEarly(deps: Deps, claim: Claim, failure: Failure, call: Call): Answer<NextArgs> {
  const { entry, operation, payload, schema } = claim
  const read = readOperation(operation, schema)
  if (!read.ok) return read
  const next = argsAfter(entry, () => undefined)
  if (!next.ok) return next
  if (!deps.early.take(entry.bytes.length + payload.length)) return fail(failure)
  const verdict = await enter(deps, claim, call)
  const isFull = verdict.verdict === 'rejected' && verdict.failure.code === 'entry/too-many-waiting'
  return isFull ? fail(failure) : acknowledge(verdict, next.value)
}

type Verdict = Awaited<ReturnType<typeof ingest>>['verdicts'][number]

/** Through the one door, as something that everybody may have. */
async function enter(deps: Deps, { entry, payload }: Claim, { signal }: Call): Promise<Verdict> {
  const item = { entry: entry.bytes, operation: payload }
  const { verdicts } = await ingest(deps, [item], { origin: 'peer', mark: 'shared' }, signal)
  return verdicts[0]!
}

/** What the door said. A duplicate is an acknowledgement too: somebody brought the same a moment ago, or it waits already. */
function acknowledge(verdict: Verdict, next: NextArgs): Result<NextArgs, Failure> {
  if (verdict.verdict === 'rejected') return fail(verdict.failure)
  if (verdict.verdict === 'forked')
    return fail({ code: 'entry/seq-num-unexpected', expected: verdict.seqNum + 1n, found: verdict.seqNum })
  return ok(next)
}
