import { assert } from '../core/assert.ts'
import { type UnsignedEntry, encodeUnsignedEntry, signedEntry } from '../core/entry/encode.ts'
import { logName } from '../core/entry/log-name.ts'
import { hashBytes } from '../core/hash/yasmf.ts'
import type {
  DocumentId,
  EncodedOperation,
  LogId,
  OperationId,
  PublicKey,
  SchemaId,
  SeqNum,
  Signature,
} from '../core/ids.ts'
import { firstReservedLogId } from '../core/limits.ts'
import { encodeOperation } from '../core/operation/encode.ts'
import type { Fields, Operation, PlainOperation } from '../core/operation/operation.ts'
import { toPlainOperation } from '../core/operation/plain.ts'
import { type Result, fail, ok } from '../core/result.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { Draft, Published } from './api.ts'
import { nobodyRefused } from './authority/standing.ts'
import type { EngineDeps } from './deps.ts'
import {
  type DraftDocument,
  type LogPlace,
  addSigned,
  beginDocument,
  nextPlace,
  openDocument,
} from './draft-document.ts'
import { isReference, referencesOf } from './draft-references.ts'
import { openDraftSchemas } from './draft-schemas.ts'
import type { Failure } from './failure.ts'
import { type Arrival, type SoundItem, judgeWritten } from './ingest-prepare.ts'
import type { Store } from '../ports/store.ts'
import { openDraftSealing } from './sealed/draft-sealing.ts'
import { isReading, readingOf } from './sealed/reading.ts'
import { type ReadDocument, innerSchemaIdOf, readStored } from './stored-document.ts'
import { type WritingDesk, documentIdOf, writeDraft } from './write-draft.ts'
import type { NextLogIds } from './write-turns.ts'

/**
 * A batch, signed: what the second half of ingest takes, what the caller hears, the schemas that the batch itself defines, and the log ids
 * that are free after it. Its signatures are still being verified: nothing of it may be stored before `judged` says that they are right.
 */
export interface SignedBatch {
  readonly sound: readonly SoundItem[]
  readonly published: readonly Published[]
  readonly schemas: ReadonlyMap<SchemaId, Schema>
  readonly free: NextLogIds
  readonly judged: Promise<Result<void, Failure>>
}

type PublishDeps = Pick<
  EngineDeps,
  'store' | 'schemas' | 'authority' | 'opener' | 'secretGroups' | 'materialiser' | 'random' | 'keys' | 'verifier'
>

/** Entries in one message to the signer. */
const signedAtOnce = 64

/** A draft with its place in a log, waiting for its signature. */
interface Unsigned {
  readonly at: number
  readonly publicKey: PublicKey
  readonly place: LogPlace
  /** What it says: inside, where it is sealed. */
  readonly said: Operation
  readonly secretGroup: DocumentId | undefined
  readonly payload: { readonly bytes: EncodedOperation; readonly operation: PlainOperation }
  readonly fields: UnsignedEntry
  readonly unsigned: Uint8Array
  readonly document: DraftDocument | undefined
}

/** A batch while it is signed. */
interface Desk extends WritingDesk {
  readonly drafts: readonly Draft[]
  readonly deviceKey: PublicKey
  readonly documents: Map<DocumentId, DraftDocument>
  readonly nextLogIds: Map<PublicKey, bigint>
  /** Of drafts that begin a document, by their place in the batch. */
  readonly logIds: ReadonlyMap<number, LogId>
  readonly made: Map<string, Published>
  readonly sound: SoundItem[]
  readonly published: Published[]
  /** The verdicts about what is signed, piece by piece. */
  readonly judging: Promise<Result<void, Failure>>[]
}

/**
 * Signs drafts, in rounds: a round holds all drafts that lean on nothing unsigned, at most one a document, as each follows the one before.
 * The write locks of all keys are held by the caller, who says which log ids are free if the store does not know yet. What comes back from
 * the signer goes through the first half of ingest at once, whose verdict comes later (`judged`). Stores nothing.
 */
export async function signBatch(
  deps: PublishDeps,
  drafts: readonly Draft[],
  deviceKey: PublicKey,
  free: NextLogIds | undefined,
  arrival: Arrival,
  signal: AbortSignal,
): Promise<Result<SignedBatch, Failure>> {
  const schemas = openDraftSchemas(deps)
  const [documents, nextLogIds] = await Promise.all([
    openDocuments(deps, drafts),
    readNextLogIds(deps, drafts, deviceKey, free),
  ])
  if (!documents.ok) return documents
  const logIds = reserveLogIds(drafts, deviceKey, nextLogIds)
  const desk: Desk = {
    drafts,
    deviceKey,
    documents: documents.value,
    schemas,
    sealing: openDraftSealing(deps),
    nextLogIds,
    logIds,
    made: new Map(),
    sound: [],
    published: [],
    judging: [],
  }
  let left = [...drafts.keys()]
  while (left.length > 0) {
    const round = chooseRound(desk, left)
    assert(round.length > 0, 'some draft leans on nothing unsigned')
    const signed = await signRound(deps, desk, round, arrival, signal)
    if (!signed.ok) return signed
    const done = new Set(round)
    left = left.filter((at) => !done.has(at))
  }
  const judged = Promise.all(desk.judging).then((all) => all.find((piece) => !piece.ok) ?? ok(undefined))
  judged.catch(unheard)
  return ok({ sound: desk.sound, published: desk.published, schemas: schemas.made(), free: desk.nextLogIds, judged })
}

/**
 * A round goes piece by piece through three threads: the next is written here while one is signed and those before it are verified.
 * Where a draft is refused, what is signed already ends with the desk; nobody has seen it.
 */
async function signRound(
  { keys, verifier }: PublishDeps,
  desk: Desk,
  round: readonly number[],
  arrival: Arrival,
  signal: AbortSignal,
): Promise<Result<void, Failure>> {
  const seal = (piece: readonly Unsigned[], signatures: readonly Signature[]): void => {
    const sealed = piece.map(({ fields, unsigned, payload }, index): SoundItem => {
      const entry = signedEntry(fields, unsigned, signatures[index]!)
      return { entry, payload, arrival, log: logName(entry) }
    })
    for (const [index, item] of sealed.entries()) enter(desk, piece[index]!, item)
    const judged = judgeWritten(verifier, sealed, signal)
    judged.catch(unheard)
    desk.judging.push(judged)
  }

  const signing: Promise<void>[] = []
  for (const piece of inPieces(round, signedAtOnce)) {
    const written: Unsigned[] = []
    for (const at of piece) {
      const draft = await prepareDraft(desk, at)
      if (!draft.ok) return draft
      written.push(draft.value)
    }
    const unsigned = written.map((draft) => draft.unsigned)
    const signed = keys.signEntries(unsigned, signal).then((signatures) => seal(written, signatures))
    signed.catch(unheard)
    signing.push(signed)
    await signing.at(-2)
  }
  await Promise.all(signing)
  return ok(undefined)
}

/** What fails is heard where all are waited for; until then nobody listens. */
const unheard = (): void => undefined

const inPieces = <T>(list: readonly T[], length: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / length) }, (_, at) => list.slice(at * length, (at + 1) * length))

/** The stored documents that the drafts change. */
async function openDocuments(
  { store, schemas, authority, opener }: PublishDeps,
  drafts: readonly Draft[],
): Promise<Result<Map<DocumentId, DraftDocument>, Failure>> {
  const ids = new Set<DocumentId>()
  for (const draft of drafts) if (draft.action !== 'create' && !isReference(draft.document)) ids.add(draft.document)
  const documents = new Map<DocumentId, DraftDocument>()
  const list = [...ids]
  const stored = list.length > 0 ? await store.documents(list) : []
  for (const [at, documentId] of list.entries()) {
    const row = stored[at]
    if (!row) return fail({ code: 'document/unknown', documentId })
    const closed = 'code' in row ? row : readStored(row)
    if ('code' in closed) return fail(closed)
    const document = await opener.open(closed)
    const reading = await readingOf(schemas, document)
    if (!isReading(reading)) return fail(unreadable(document))
    const { definition, outer, versions } = reading
    const standing = await authority.standingOf(document, outer)
    const judge = standing.is === 'judged' ? standing.judge : nobodyRefused
    const draft = openDocument(document, definition.schema, judge, versions)
    // Its CREATE does not count, so for us it is not there.
    if (draft.tips.length === 0) return fail({ code: 'document/unknown', documentId })
    documents.set(documentId, draft)
  }
  const broken = documents.size > 0 ? await findBroken(store, [...documents.values()]) : undefined
  return broken ? fail(broken) : ok(documents)
}

/** Why a document cannot be gone on with. */
function unreadable(document: ReadDocument): Failure {
  const schemaId = innerSchemaIdOf(document)
  if (schemaId !== undefined) return { code: 'schema/unknown', schemaId }
  const { sealed } = document
  return sealed ? { code: 'group/locked', group: sealed.secretGroup } : { code: 'document/create-missing' }
}

/** A document that lost entries, by the heads of its logs: what were signed after them would take a place a second time, and fork the log. */
async function findBroken(store: Store, documents: readonly DraftDocument[]): Promise<Failure | undefined> {
  const logs = documents.flatMap(({ documentId, logs: own }) =>
    [...own].map(([publicKey, { logId, hashes }]) => ({ publicKey, logId, hash: hashes.at(-1), documentId })),
  )
  const heads = await store.heads(logs)
  const broken = logs.find(({ hash }, at) => heads[at] && heads[at].hash !== hash)
  return broken && { code: 'store/corrupt', table: 'docs', key: broken.documentId }
}

/** Log ids go up by one, whatever the batch does in between (BA4). */
async function readNextLogIds(
  { store }: PublishDeps,
  drafts: readonly Draft[],
  deviceKey: PublicKey,
  free: NextLogIds | undefined,
): Promise<Map<PublicKey, bigint>> {
  const next = new Map<PublicKey, bigint>(free)
  for (const publicKey of new Set(drafts.map(({ by }) => by ?? deviceKey))) {
    if (next.has(publicKey)) continue
    const last = await store.lastLog(publicKey)
    next.set(publicKey, last ? last.logId + 1n : 0n)
  }
  return next
}

/** Drafts of one document stay in their order: one that has to wait holds up those after it. */
function chooseRound(desk: Desk, left: readonly number[]): readonly number[] {
  const taken = new Set<string>()
  return left.filter((at) => {
    const draft = desk.drafts[at]!
    const isReady = referencesOf(draft).every((ref) => desk.made.has(ref))
    const documentId = draft.action === 'create' ? undefined : documentIdOf(desk.made, draft)
    if (documentId === undefined) return isReady
    const isFree = !taken.has(documentId)
    taken.add(documentId)
    return isReady && isFree
  })
}

async function prepareDraft(desk: Desk, at: number): Promise<Result<Unsigned, Failure>> {
  const draft = desk.drafts[at]!
  const publicKey = draft.by ?? desk.deviceKey
  const written = await writeDraft(desk, draft, publicKey)
  if (!written.ok) return written
  const { said, operation, document, secretGroup } = written.value
  const plain = toPlainOperation(operation)
  const encoded = encodeOperation(plain)
  if (!encoded.ok) return encoded
  const bytes = encoded.value
  const found = document ? nextPlace(document, publicKey) : ok(undefined)
  if (!found.ok) return found
  const place = found.value ?? beginLog(desk, publicKey, at)
  if (place.logId >= firstReservedLogId) return fail({ code: 'entry/log-id-reserved', logId: place.logId })
  const fields = { publicKey, ...place, payloadSize: BigInt(bytes.length), payloadHash: hashBytes(bytes) }
  const unsigned = encodeUnsignedEntry(fields)
  if (!unsigned.ok) return unsigned
  const payload = { bytes, operation: plain }
  return ok({ at, publicKey, place, said, secretGroup, payload, fields, unsigned: unsigned.value, document })
}

/** Documents get their logs in the order of the batch, whatever is signed first: where a group's genesis lies, others look for it (R8). */
function reserveLogIds(
  drafts: readonly Draft[],
  deviceKey: PublicKey,
  nextLogIds: Map<PublicKey, bigint>,
): ReadonlyMap<number, LogId> {
  const logIds = new Map<number, LogId>()
  for (const [at, { action, by }] of drafts.entries())
    if (action === 'create') logIds.set(at, takeLogId(nextLogIds, by ?? deviceKey))
  return logIds
}

function takeLogId(nextLogIds: Map<PublicKey, bigint>, publicKey: PublicKey): LogId {
  const logId = nextLogIds.get(publicKey) ?? 0n
  nextLogIds.set(publicKey, logId + 1n)
  return logId as LogId
}

const beginLog = ({ logIds, nextLogIds }: Desk, publicKey: PublicKey, at: number): LogPlace => ({
  logId: logIds.get(at) ?? takeLogId(nextLogIds, publicKey),
  seqNum: 1n as SeqNum,
})

/** Enters a signed draft: from here on later drafts may lean on it, and the door may judge it. */
function enter(desk: Desk, { at, publicKey, place, said, secretGroup, document }: Unsigned, item: SoundItem): void {
  const operationId = item.entry.hash as OperationId
  const target = document ?? beginDocument(operationId as DocumentId, said.schemaId, secretGroup)
  const { logId, seqNum } = place
  addSigned(target, {
    id: operationId,
    publicKey,
    logId,
    previous: said.action === 'create' ? [] : said.previous,
    isDelete: said.action === 'delete',
  })
  desk.documents.set(target.documentId, target)
  const published: Published = { operationId, documentId: target.documentId, publicKey, logId, seqNum }
  const { as } = desk.drafts[at]!
  if (as !== undefined) desk.made.set(as, published)
  const fields: Fields = said.action === 'delete' ? {} : said.fields
  const note = { as, operationId, documentId: target.documentId, schemaId: said.schemaId, fields }
  desk.schemas.note(note)
  desk.sealing.note(note)
  desk.published[at] = published
  desk.sound[at] = item
}
