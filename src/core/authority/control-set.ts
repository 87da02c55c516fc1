import type { DocumentId, OperationId, PublicKey, SeqNum } from '../ids.ts'
import { entryOf } from './entry-of.ts'
import { type ControlEntry, type ControlOperation, type GrantRange, type Place, type Row, logName } from './entry.ts'

export type EntryOf<Kind extends ControlOperation['kind']> = ControlEntry & {
  readonly operation: Extract<ControlOperation, { kind: Kind }>
}

/** A membership document with everything said on it, in any order. It is here even where its CREATE does not count (R25). */
export interface MembershipDocument {
  readonly id: DocumentId
  readonly group: DocumentId
  readonly request: OperationId
  readonly range: GrantRange
  /** Its CREATE, UPDATEs and DELETEs. */
  readonly statements: ControlEntry[]
  readonly limits: EntryOf<'limit'>[]
  /** Withdrawals of its limits. */
  readonly withdrawals: EntryOf<'limit-delete'>[]
}

/** What is known of a group. */
export interface GroupRecord {
  readonly id: DocumentId
  create: EntryOf<'group'> | undefined
  readonly documents: MembershipDocument[]
  readonly requests: EntryOf<'request'>[]
  readonly deletes: ControlEntry[]
  /** Who said where memberships are. Nothing hangs on it. */
  readonly lists: EntryOf<'group-list'>[]
  /** Groups that some request names as its member: those it may hang on. */
  readonly below: Set<DocumentId>
  /** Grows with everything that may change who may do what here. */
  version: number
  /** Whether a forked log, or a row about one, has a part in it. */
  isForked: boolean
}

/** Every control entry that is known, by what it belongs to. Grows only. */
export interface ControlSet {
  readonly entries: Map<OperationId, ControlEntry>
  readonly groups: Map<DocumentId, GroupRecord>
  readonly documents: Map<DocumentId, MembershipDocument>
  /** Limit documents, by the membership that they are about. */
  readonly limits: Map<DocumentId, MembershipDocument>
  readonly requests: Map<OperationId, EntryOf<'request'>>
  /** By log, the lowest place with two entries (R25). */
  readonly forkPoints: Map<string, SeqNum>
  /** Groups in which a log says something. */
  readonly groupsByLog: Map<string, Set<DocumentId>>
  readonly forkedKeys: Set<PublicKey>
  /** Groups in which some row is about a key: it may name the branch of a log that says nothing of its own. */
  readonly groupsByLimited: Map<PublicKey, Set<DocumentId>>
  /** What names a document that has not come yet, by that document. */
  readonly waiting: Map<DocumentId, ControlEntry[]>
  readonly idsByPlace: Map<string, OperationId>
}

export const emptyControlSet = (): ControlSet => ({
  entries: new Map(),
  groups: new Map(),
  documents: new Map(),
  limits: new Map(),
  requests: new Map(),
  forkPoints: new Map(),
  forkedKeys: new Set(),
  groupsByLimited: new Map(),
  groupsByLog: new Map(),
  waiting: new Map(),
  idsByPlace: new Map(),
})

const is = <Kind extends ControlOperation['kind']>(entry: ControlEntry, kind: Kind): entry is EntryOf<Kind> =>
  entry.operation.kind === kind

/** Takes an entry in; one that is known already changes nothing. */
export function addEntry(set: ControlSet, entry: ControlEntry): void {
  if (set.entries.has(entry.id)) return
  set.entries.set(entry.id, entry)
  noticeFork(set, entry)
  place(set, entry)
}

/** Takes in that a log is forked there, proved by entries that are not all here. What is known of a fork only comes lower. */
export function addFork(set: ControlSet, { publicKey, logId, seqNum }: Place): void {
  const log = logName(publicKey, logId)
  const known = set.forkPoints.get(log)
  if (known !== undefined && known <= seqNum) return
  set.forkPoints.set(log, seqNum)
  set.forkedKeys.add(publicKey)
  for (const group of [...(set.groupsByLog.get(log) ?? []), ...(set.groupsByLimited.get(publicKey) ?? [])]) {
    const record = groupRecord(set, group)
    record.version++
    record.isForked = true
  }
}

/** The record of a group, also of one whose CREATE has not come. */
function groupRecord(set: ControlSet, id: DocumentId): GroupRecord {
  const known = set.groups.get(id)
  if (known !== undefined) return known
  const record = {
    id,
    create: undefined,
    documents: [],
    requests: [],
    deletes: [],
    lists: [],
    below: new Set<DocumentId>(),
    version: 0,
    isForked: false,
  }
  set.groups.set(id, record)
  return record
}

/** Whether an entry lies where two of its log were found, or after. */
export function isForkedAway(set: ControlSet, { publicKey, logId, seqNum }: Place): boolean {
  if (set.forkPoints.size === 0) return false
  const point = set.forkPoints.get(logName(publicKey, logId))
  return point !== undefined && seqNum >= point
}

function noticeFork(set: ControlSet, entry: ControlEntry): void {
  const at = `${logName(entry.publicKey, entry.logId)}/${entry.seqNum}`
  const other = set.idsByPlace.get(at)
  if (other === undefined) set.idsByPlace.set(at, entry.id)
  else if (other !== entry.id) addFork(set, entry)
}

function place(set: ControlSet, entry: ControlEntry): void {
  const { operation } = entry
  switch (operation.kind) {
    case 'group':
      if (is(entry, 'group')) groupRecord(set, entry.id as DocumentId).create = entry
      return touch(set, entry, entry.id as DocumentId)
    case 'group-list':
      if (is(entry, 'group-list')) groupRecord(set, operation.group).lists.push(entry)
      return noteLog(set, entry, operation.group)
    case 'group-delete':
      groupRecord(set, operation.group).deletes.push(entry)
      return touch(set, entry, operation.group)
    case 'request':
      if (is(entry, 'request')) placeRequest(set, entry)
      if (operation.member !== undefined) groupRecord(set, operation.group).below.add(operation.member)
      return touch(set, entry, operation.group)
    case 'membership':
      return placeMembership(set, entry, operation)
    case 'membership-update':
    case 'membership-delete':
    case 'limit': {
      const document = set.documents.get(operation.membership)
      if (document === undefined) return wait(set, operation.membership, entry)
      if (is(entry, 'limit')) placeLimit(set, document, entry)
      else document.statements.push(entry)
      touch(set, entry, document.group)
      return goOn(set, entry.id as DocumentId)
    }
    case 'limit-delete': {
      const document = set.limits.get(operation.limit)
      if (document === undefined) return wait(set, operation.limit, entry)
      if (is(entry, 'limit-delete')) document.withdrawals.push(entry)
      return touch(set, entry, document.group)
    }
  }
}

function placeRequest(set: ControlSet, request: EntryOf<'request'>): void {
  set.requests.set(request.id, request)
  groupRecord(set, request.operation.group).requests.push(request)
}

function placeLimit(set: ControlSet, document: MembershipDocument, limit: EntryOf<'limit'>): void {
  const { publicKey } = limit.operation
  document.limits.push(limit)
  set.limits.set(limit.id as DocumentId, document)
  entryOf(set.groupsByLimited, publicKey, () => new Set()).add(document.group)
  if (set.forkedKeys.has(publicKey)) groupRecord(set, document.group).isForked = true
}

function placeMembership(
  set: ControlSet,
  entry: ControlEntry,
  { group, request, range }: Extract<ControlOperation, { kind: 'membership' }>,
): void {
  const id = entry.id as DocumentId
  const document: MembershipDocument = { id, group, request, range, statements: [entry], limits: [], withdrawals: [] }
  set.documents.set(id, document)
  groupRecord(set, group).documents.push(document)
  touch(set, entry, group)
  goOn(set, id)
}

/** Takes in what waited for a document. */
function goOn(set: ControlSet, id: DocumentId): void {
  const waiting = set.waiting.get(id) ?? []
  set.waiting.delete(id)
  for (const later of waiting) place(set, later)
}

/** More rows of a limit that is known: their heads are held by now. */
export function addRows(set: ControlSet, limit: OperationId, rows: readonly Row[]): void {
  const entry = set.entries.get(limit)
  const document = set.limits.get(limit as DocumentId)
  if (entry === undefined || document === undefined || !is(entry, 'limit')) return
  const more: EntryOf<'limit'> = {
    ...entry,
    operation: { ...entry.operation, rows: [...entry.operation.rows, ...rows] },
  }
  set.entries.set(limit, more)
  document.limits.splice(document.limits.indexOf(entry), 1, more)
  touch(set, more, document.group)
}

const wait = (set: ControlSet, membership: DocumentId, entry: ControlEntry): void =>
  void entryOf(set.waiting, membership, () => []).push(entry)

function touch(set: ControlSet, entry: ControlEntry, group: DocumentId): void {
  noteLog(set, entry, group)
  groupRecord(set, group).version++
}

function noteLog(set: ControlSet, { publicKey, logId }: ControlEntry, group: DocumentId): void {
  const log = logName(publicKey, logId)
  entryOf(set.groupsByLog, log, () => new Set()).add(group)
  if (!set.forkPoints.has(log)) return
  const record = groupRecord(set, group)
  record.isForked = true
  record.version++
}
