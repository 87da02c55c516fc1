import type { LogKey } from '../../core/entry/entry.ts'
import type { Hash, SeqNum } from '../../core/ids.ts'
import type { LogHead, LogsOf, MessageOf, SessionId } from '../../sync/messages.ts'
import type { Reconciliation } from '../../sync/negentropy/reconcile.ts'
import { type PartSummary, type Session, newSession } from '../../sync/session.ts'
import type { PartView } from './part-reads.ts'
import type { PeerCursor } from './peer-memory.ts'
import { type Refusals, viewOf } from './refusals.ts'
import type { SessionRecord } from './peer-registry.ts'
import type { RangesAhead } from './ranges-ahead.ts'
import { type ServedPart, partOf } from './shared-scopes.ts'

/** Bytes of entries that may be sent before more is granted (sync.md §5), and after how many of them more is granted. */
const startCredit = 1024 * 1024
export const grantAfter = 256 * 1024

/** How a part stands, and up to which arrival. */
export interface Standing {
  readonly own: PartSummary
  readonly arrival: number
}

/** A session with all that its driver remembers beside the pure state. */
export interface PartSession {
  readonly scope: ServedPart
  state: Session
  readonly record: SessionRecord
  /** How the part looks to this peer. */
  view: PartView
  cursor: PeerCursor
  refusals: Refusals
  /** Heads that this side had no room for, and refusals of both sides that end with the session. */
  readonly turnedAway: Set<Hash>
  readonly forNow: Set<Hash>
  /** What the peer last said of its own store; its number is right for the moment it said so. */
  theirs: { readonly storeId: PeerCursor['storeId']; readonly number: number } | undefined
  /** How this side's part stood before anything of it was told: what came since goes live. And whether that is how the peer's stands. */
  readonly began: Standing
  isAsBegun: boolean
  /** This side's number when it last told the peer. */
  toldNumber: number | undefined
  reconciliation: Reconciliation | undefined
  /** What the reconciliation found so far. */
  readonly have: Set<Hash>
  readonly need: Set<Hash>
  /** Of all messages of the reconciliation. */
  reconcileBytes: number
  hasSentHeads: boolean
  /** The heads that changed here were told, in a session that resumes. */
  hasToldChanges: boolean
  /** Nothing differs, so heads that the peer told along with its question are no news. */
  readsOverChanges: boolean
  /** The peer said that it has all heads of this side. */
  lacksNothing: boolean
  /** Pieces of a list that came so far. */
  pieces: LogsOf<LogHead>[]
  pieceCount: number
  /** How far the peer said that it has logs which this side lacks. */
  readonly heights: Map<string, SeqNum>
  /** Heads the peer has, by log, of entries that came and may not have been stored. */
  readonly came: Map<string, LogKey & { readonly seqNum: SeqNum; readonly hash: Hash }>
  /** Bytes of entries that may still be sent, and who waits for more. */
  credit: number
  onCredit: () => void
  /** Bytes of entries that came and were not granted anew yet. What comes is stored before more is read, so nothing piles up. */
  ungranted: number
  /** Compact messages that are read already and wait for their turn, in the order they came. */
  readonly ahead: RangesAhead[]
  /** Where this store stood when this side said that it had everything: live mode begins there. */
  settled: { readonly number: number; readonly arrival: number } | undefined
  /** Where live mode stands: the part's number and the arrival number up to which everything was sent or came. */
  live: { number: number; arrival: number } | undefined
  /** Logs whose first entries came live without what they say, by name: file data that is still to be fetched. */
  readonly bare: Map<string, LogKey & { readonly seqNum: SeqNum }>
  /** Something was sent or came live since the last note. */
  isDirty: boolean
  unequalNotes: number
  /** Where the peer last said that it stands, if that is not where this side stood: it may still come to be so. */
  note: MessageOf<'Changed'> | undefined
  /** Transfers, one after the other, and how many of them are not over. */
  serving: Promise<void>
  sending: number
}

export const openPartSession = (
  scope: ServedPart,
  record: SessionRecord,
  cursor: PeerCursor,
  began: Standing,
  about: Parameters<typeof newSession>[0],
): PartSession => ({
  scope,
  state: newSession(about),
  record,
  view: viewOf(partOf(scope), cursor.refusals),
  cursor,
  refusals: cursor.refusals,
  turnedAway: new Set(),
  forNow: new Set(),
  theirs: undefined,
  began,
  isAsBegun: false,
  toldNumber: undefined,
  reconciliation: undefined,
  have: new Set(),
  need: new Set(),
  reconcileBytes: 0,
  hasSentHeads: false,
  hasToldChanges: false,
  readsOverChanges: false,
  lacksNothing: false,
  pieces: [],
  pieceCount: 0,
  heights: new Map(),
  came: new Map(),
  credit: startCredit,
  onCredit: () => undefined,
  ungranted: 0,
  ahead: [],
  settled: undefined,
  live: undefined,
  bare: new Map(),
  isDirty: false,
  unequalNotes: 0,
  note: undefined,
  serving: Promise.resolve(),
  sending: 0,
})

/** After this long what was refused for lack of room is offered again. */
const againMs = 5 * 60_000
export const isDueAgain = ({ live, forNow, record }: PartSession, now: number): boolean =>
  live !== undefined && forNow.size > 0 && now - record.about.since >= againMs

/** Whether there is more to look after: where it stands is yet to be told, or something is yet to be fetched. */
export const isUnsettled = ({ live, isDirty, forNow, bare }: PartSession): boolean =>
  live !== undefined && (isDirty || forNow.size > 0 || bare.size > 0)

/** Even where the dialling side opens a session, odd where the answering side does. */
export const nextSessionId = (last: SessionId | undefined, side: 0 | 1): SessionId =>
  last === undefined ? side : last + 2
