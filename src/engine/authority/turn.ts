import type { Authority } from '../../core/authority/authority.ts'
import type { ControlEntry } from '../../core/authority/entry.ts'
import type { Refusal } from '../../core/authority/refusal.ts'
import type { DocumentId, OperationId, PublicKey } from '../../core/ids.ts'
import { bytesToHex } from '../../core/bytes/hex.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import type { Schema } from '../../core/schema/schema.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import { isControlSchema } from '../../core/schema/system/index.ts'
import type { Change, Store } from '../../ports/store.ts'
import { awaitsOperation, awaitsRequest } from '../ingest-judge.ts'
import { isSame } from '../is-same.ts'
import type { ReadDocument } from '../stored-document.ts'
import { type Home, documentsToPlace, homesOf, rememberShapes, takeShapes } from './homes.ts'
import { type Known, forkName, judgedIn, noteJudged } from './known.ts'
import { type OwnerChains, beginningOf } from './owner.ts'
import { type JudgedRow, controlKey, judgedKey, versionKey } from './rows.ts'
import { type Judge, type Standing, standingOf } from './standing.ts'
import { type WaitingDigest, isControl, readStatements, settleDigests } from './take-in.ts'

/** An operation that counted and does not any more, or the other way round. */
export interface Rejudged {
  readonly documentId: DocumentId
  readonly operationId: OperationId
  /** Absent: it counts again. */
  readonly refusal?: Refusal
}

/** What a turn of the materialiser takes from the authority, and gives back with its commit. */
export interface AuthorityTurn {
  /** What judges a document; `undefined`: its owners are not all here, and it waits for them. */
  readonly judgeOf: (document: ReadDocument, schema: Schema) => Promise<Judge | undefined>
  /** For the commit of the views. To be asked once all documents were judged. */
  readonly changes: () => readonly Change[]
  /** Documents that are to be judged anew because of this, in lists for the queue. */
  readonly toJudge: readonly (readonly DocumentId[])[]
  readonly rejudged: () => readonly Rejudged[]
  /** The group of each document that was judged, with its schema; to be asked once all were. */
  readonly homes: () => ReadonlyMap<DocumentId, Home>
  /** The memberships that a group's document lists (R5): they follow from all that was said, not from its last version. */
  readonly listing: (group: DocumentId) => readonly DocumentId[]
  /** Whether who may do what has changed, or what else stands in control closures: invites, knocks, nodes. To be asked once all documents were judged. */
  readonly hasMoved: () => boolean
  /** After the commit. */
  readonly committed: () => void
}

export interface TurnParts {
  readonly store: Store
  readonly owners: OwnerChains
  readonly areOpen: boolean
  readonly known: Known
}

type Fingerprints = Map<DocumentId, Map<PublicKey, string>>

const knockSchema = systemSchemaId('group_knock_v1')

/** Takes in what documents of the control plane say, and finds out whose views hang on it. */
export async function createTurn(
  { store, owners, areOpen, known }: TurnParts,
  documents: ReadonlyMap<DocumentId, ReadDocument>,
): Promise<AuthorityTurn> {
  const { authority } = known
  const control = [...documents.values()].filter(
    (document) => isControl(document) && known.registered.get(document.documentId) !== document.operations.length,
  )
  const statements = await readStatements(store, control)
  const newControl = control.filter(({ documentId }) => !statements.pending.has(documentId))
  const isInUse = control.length > 0 || authority.groups().length > 0
  const forks = isInUse ? (await store.forks()).filter((fork) => !known.forks.has(forkName(fork))) : []
  const [digests, others] = parted([...known.digests, ...statements.digests], writersOf(documents))

  const isAnywhere = forks.length > 0 || digests.length > 0
  const affected = (): readonly DocumentId[] => affectedGroups(authority, statements.entries, isAnywhere)
  await rememberFingerprints(store, known, affected())
  rememberShapes(known, affected())
  authority.add(statements.entries, forks)
  const left = [...others, ...(await settleDigests(store, authority, digests))]
  const after = await takeFingerprints(store, known, affected())
  const shapes = takeShapes(authority, affected())
  const knocks = await knocksFor(store, statements.entries)
  const anew = new Set([
    ...knocks,
    ...(await documentsToJudge(store, known, after)),
    ...(await documentsToPlace(store, known, shapes, statements.entries)),
  ])
  const toJudge = [...anew].filter((id) => !documents.has(id))

  const rows: { readonly group: DocumentId; readonly id: DocumentId; readonly row: JudgedRow }[] = []
  const rejudged: Rejudged[] = []
  const homes = new Map<DocumentId, Pick<Home, 'group' | 'schemaId'>>()
  const waiting: Change[] = []
  const wait = (documentId: DocumentId, awaits: string): void =>
    void waiting.push({ put: 'pending', value: { id: documentId, awaits } })

  const judgeOf = async (document: ReadDocument, schema: Schema): Promise<Judge | undefined> => {
    const { documentId } = document
    const missing = statements.pending.get(documentId)
    const standing: Standing =
      missing === undefined
        ? await standingOf(authority, owners, document, schema, areOpen)
        : { is: 'pending', awaits: missing }
    if (standing.awaits !== undefined) wait(documentId, awaitsOperation(standing.awaits))
    if (standing.is === 'pending') return undefined
    const { judge } = standing
    const group = standing.group ?? groupOfKnock(document, schema)
    return group === undefined ? judge : note(document, schema, group, judge)
  }
  /** A knock belongs where its request does, and is found there once that is here. */
  const groupOfKnock = (document: ReadDocument, { id }: Schema): DocumentId | undefined => {
    if (id !== knockSchema) return undefined
    const asked = beginningOf(document)?.fields['request']
    const request = asked?.plain === 'bytes' ? (bytesToHex(asked.value) as DocumentId) : undefined
    const group = request && authority.groupOf(request)
    if (request && group === undefined) wait(document.documentId, awaitsRequest(request))
    return group
  }
  /** How the operations of a document were judged, against the last time. */
  const note = async (document: ReadDocument, schema: Schema, group: DocumentId, judge: Judge): Promise<Judge> => {
    const { documentId: id, operations } = document
    homes.set(id, { group, schemaId: schema.id })
    const refusals = new Map(operations.map((one) => [one.id, judge(one)]))
    const refused = operations.flatMap((one) => (refusals.get(one.id) ? [one.id] : []))
    const row = { schemaId: schema.id, authors: [...writersOf([document])].sort(), count: operations.length, refused }
    const last = (await judgedIn(store, known, group)).get(id)
    if (last === undefined || !isSame(last, row)) rows.push({ group, id, row })
    const wasRefused = new Set(last?.refused)
    for (const { id: operationId } of operations.slice(0, last?.count ?? 0)) {
      const refusal = refusals.get(operationId)
      if (refusal !== undefined && !wasRefused.has(operationId)) rejudged.push({ documentId: id, operationId, refusal })
      if (refusal === undefined && wasRefused.has(operationId)) rejudged.push({ documentId: id, operationId })
    }
    return ({ id: operationId }) => refusals.get(operationId)
  }
  const hasGrown = newControl.length > 0 || forks.length > 0 || left.length < digests.length + others.length
  return {
    judgeOf,
    toJudge: chunks(toJudge),
    rejudged: () => rejudged,
    homes: () => homesOf(authority, homes),
    listing: (group) => authority.listing(group).memberships,
    hasMoved: () => hasGrown || [...homes.values()].some(({ schemaId }) => isControlSchema(schemaId)),
    changes: () => {
      if (hasGrown) known.writing = known.version + 1
      return [
        ...waiting,
        ...knocks.map((id): Change => ({ delete: 'pending', id })),
        ...rows.map(({ group, id, row }): Change => ({ put: 'local', key: judgedKey(group, id), value: row })),
        ...newControl.map(({ documentId, operations }): Change => ({
          put: 'local',
          key: controlKey(documentId),
          value: operations.length,
        })),
        ...(hasGrown ? [{ put: 'local', key: versionKey, value: known.version + 1 } as const] : []),
      ]
    },
    committed: () => {
      for (const { group, id, row } of rows) noteJudged(known, group, id, row)
      for (const { documentId, operations } of newControl) known.registered.set(documentId, operations.length)
      for (const [group, keys] of after) known.fingerprints.set(group, keys)
      for (const [group, shape] of shapes) known.shapes.set(group, shape)
      for (const fork of forks) known.forks.add(forkName(fork))
      known.digests = left
      if (hasGrown) known.version++
    },
  }
}

/** Knocks that came before the requests they are about. */
async function knocksFor(store: Store, entries: readonly ControlEntry[]): Promise<readonly DocumentId[]> {
  const requests = entries.filter(({ operation }) => operation.kind === 'request')
  const waiting = requests.length > 0 ? await store.pending(requests.map(({ id }) => awaitsRequest(id))) : []
  return waiting.flatMap(({ id, item }) => (item ? [] : [id as string as DocumentId]))
}

const writersOf = (documents: ReadonlyMap<DocumentId, ReadDocument> | readonly ReadDocument[]): Set<PublicKey> =>
  new Set([...documents.values()].flatMap(({ operations }) => operations.map(({ entry }) => entry.publicKey)))

/** The digests whose heads may have come with what these keys wrote, and the others. */
const parted = (
  digests: readonly WaitingDigest[],
  writers: ReadonlySet<PublicKey>,
): readonly [readonly WaitingDigest[], readonly WaitingDigest[]] => {
  const mayHaveCome = ({ waiting }: WaitingDigest): boolean => writers.has(waiting.publicKey)
  return [digests.filter(mayHaveCome), digests.filter((digest) => !mayHaveCome(digest))]
}

/** Groups in which something may be different after these entries. */
function affectedGroups(
  authority: Authority,
  entries: readonly ControlEntry[],
  isAnywhere: boolean,
): readonly DocumentId[] {
  if (isAnywhere) return authority.groups()
  const touched = new Set(entries.flatMap((entry) => authority.groupNamed(entry) ?? []))
  if (touched.size === 0) return []
  return authority.groups().filter((group) => authority.closure(group).some((below) => touched.has(below)))
}

/** Remembers how the keys that wrote in these groups stand, before that changes: as they did when their documents were judged. */
async function rememberFingerprints(store: Store, known: Known, groups: readonly DocumentId[]): Promise<void> {
  for (const [group, keys] of await takeFingerprints(store, known, groups))
    known.fingerprints.set(group, new Map([...keys, ...(known.fingerprints.get(group) ?? [])]))
}

async function takeFingerprints(store: Store, known: Known, groups: readonly DocumentId[]): Promise<Fingerprints> {
  const taken: Fingerprints = new Map()
  for (const group of groups) {
    const keys = new Map<PublicKey, string>()
    for (const { authors } of (await judgedIn(store, known, group)).values())
      for (const key of authors) if (!keys.has(key)) keys.set(key, known.authority.fingerprint(group, key))
    taken.set(group, keys)
  }
  return taken
}

/** Documents to which somebody wrote who stands differently now. */
async function documentsToJudge(store: Store, known: Known, after: Fingerprints): Promise<readonly DocumentId[]> {
  const ids: DocumentId[] = []
  for (const [group, keys] of after) {
    const moved = new Set(
      [...keys].flatMap(([key, now]) => (known.fingerprints.get(group)?.get(key) === now ? [] : [key])),
    )
    if (moved.size === 0) continue
    for (const [id, row] of await judgedIn(store, known, group))
      if (row.authors.some((author) => moved.has(author))) ids.push(id)
  }
  return [...new Set(ids)]
}

function chunks(ids: readonly DocumentId[]): readonly (readonly DocumentId[])[] {
  const lists: (readonly DocumentId[])[] = []
  for (let at = 0; at < ids.length; at += maxIngestBatch) lists.push(ids.slice(at, at + maxIngestBatch))
  return lists
}
