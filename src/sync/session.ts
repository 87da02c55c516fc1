import type { LogKey } from '../core/entry/entry.ts'
import { logName } from '../core/entry/log-name.ts'
import type { Hash, SeqNum } from '../core/ids.ts'
import { type Comparison, type WantedLog, groupHeights } from './compare-heads.ts'
import type { Fingerprint, Message, Part, ScopeToken, SessionId, StoreId } from './messages.ts'

/**
 * One part of one scope with one peer, in pure steps (sync.md §4, §5). Whoever drives it reads the store, tells the step what it found, and
 * performs the effects in their order.
 *
 *     resuming ──Changed──▶ ┐
 *     mode 0  ──Have──────▶ ├─ what is missing is asked for ──▶ all of it is stored ──▶ SyncDone ⇄ SyncDone ──▶ live, equal or not
 *     mode 1  ──Reconcile─▶ ┘        (and what the other asks for is served meanwhile)
 *
 * A side that knows exactly what the other lacks names it by `Heads` and sends it at once, unasked: a first sync of thousands of logs would else
 * ask for each of them.
 */
export interface Session {
  readonly id: SessionId
  readonly scope: ScopeToken
  readonly part: Part
  /** This side opened it. */
  readonly isAsker: boolean
  /** How the two lists come about. */
  readonly mode: 'resume' | 0 | 1
  /** It was opened since an earlier one ended unequal: the last attempt. */
  readonly isSecond: boolean
  /** This side knows all that the other has and it lacks. */
  readonly isListed: boolean
  /** Logs that were asked for, by name: the last entry that is to come. */
  readonly logs: Map<string, SeqNum>
  /** Entries that were asked for by their hash, and forks that were promised. */
  readonly ids: Set<Hash>
  /** Transfers that were begun and are not over. */
  readonly serving: number
  /** All that was asked for has come; whether it is stored is being looked at. */
  readonly isSettling: boolean
  readonly mine: Fingerprint | undefined
  /** Absent from older peers. */
  readonly theirs: Fingerprint | 'unsaid' | undefined
  readonly isOver: boolean
}

/** A part as one side has it. */
export interface PartSummary {
  readonly fingerprint: Fingerprint
  readonly count: number
  readonly storeId: StoreId
  readonly number: number
}

/** What is remembered of a peer: how far its part was stored here completely. */
export interface Cursor {
  readonly storeId: StoreId | null
  readonly number: number
}

export type SessionInput =
  /** The other side's list, or a piece of it, against what is held here. `isLast`: nothing more is to be compared. */
  | {
      readonly on: 'compared'
      readonly comparison: Comparison
      readonly isLast: boolean
      /** What is wanted comes unasked. */
      readonly isComing?: boolean
      /** What the other lacks, where this side alone knows both lists. */
      readonly lacking?: readonly WantedLog[]
    }
  /** A reconciliation this side began is over: logs of which the other lacks the end, and heads that this side lacks. */
  | { readonly on: 'reconciled'; readonly lacking: readonly WantedLog[]; readonly need: readonly Hash[] }
  /** The other side asks for logs. */
  | {
      readonly on: 'wanted'
      readonly logs: readonly (LogKey & { readonly fromSeq: SeqNum; readonly toSeq?: SeqNum })[]
      /** As whole entries, which do not build on others. */
      readonly isWhole?: boolean
    }
  /** A transfer that `serve` began is over. */
  | { readonly on: 'served' }
  /** Entries came and were judged, whatever the verdict. Or what was asked for is not there. */
  | {
      readonly on: 'arrived'
      readonly logs: readonly (LogKey & { readonly seqNum: SeqNum })[]
      readonly ids: readonly Hash[]
    }
  /** Everything that came is stored and in the views. */
  | { readonly on: 'settled'; readonly own: PartSummary }
  | { readonly on: 'done'; readonly fingerprint: Fingerprint | undefined }

export type SessionEffect =
  | { readonly do: 'send'; readonly message: Message }
  | { readonly do: 'sendProofs'; readonly logs: readonly LogKey[] }
  | {
      readonly do: 'serve'
      readonly logs: readonly (LogKey & { readonly fromSeq: SeqNum; readonly toSeq?: SeqNum })[]
      readonly isWhole?: boolean
    }
  /** Wait until what came is stored and in the views, and say `settled`. */
  | { readonly do: 'settle' }
  /** Both sides have said what they have. `tryAgain`: this side opens the second attempt, by mode 1. */
  | { readonly do: 'finish'; readonly isEqual: boolean; readonly tryAgain: boolean }

export type SessionStep = readonly [Session, readonly SessionEffect[]]

export const newSession = (
  about: Pick<Session, 'id' | 'scope' | 'part' | 'isAsker' | 'mode'> & { readonly isSecond?: boolean },
): Session => ({
  isSecond: false,
  ...about,
  isListed: false,
  logs: new Map(),
  ids: new Set(),
  serving: 0,
  isSettling: false,
  mine: undefined,
  theirs: undefined,
  isOver: false,
})

/** Whether a cursor that the other side named leads anywhere: it is about this very store, and not from its future. */
export const canResume = (own: PartSummary, storeId: StoreId | null, number: number): boolean =>
  storeId === own.storeId && number <= own.number

const send = (message: Message): SessionEffect => ({ do: 'send', message })

/** The session once more: asks to settle when nothing is owed to this side any more. */
function settleIfDone(session: Session, effects: readonly SessionEffect[]): SessionStep {
  const { isListed, logs, ids, isSettling, mine } = session
  if (!isListed || logs.size > 0 || ids.size > 0 || isSettling || mine !== undefined) return [session, effects]
  return [{ ...session, isSettling: true }, [...effects, { do: 'settle' }]]
}

function askFor(
  session: Session,
  { wants, strangers, proofs, promised }: Comparison,
  isComing: boolean | undefined,
): SessionStep {
  const { logs, ids } = session
  for (const want of wants) logs.set(logName(want), want.toSeq)
  for (const hash of [...strangers, ...promised]) ids.add(hash)
  const effects: SessionEffect[] = []
  const id = session.id
  if (proofs.length > 0) effects.push({ do: 'sendProofs', logs: proofs })
  if (wants.length > 0 && !isComing) effects.push(send({ type: 'WantLog', session: id, logs: wants.map(asked) }))
  if (strangers.length > 0) effects.push(send({ type: 'Want', session: id, ids: strangers }))
  return [session, effects]
}

const asked = ({ publicKey, logId, fromSeq }: WantedLog) => ({ publicKey, logId, fromSeq })

/** Names what the other lacks, which also says that the list is whole, so even an empty one is sent; and begins to send it. */
function give(session: Session, effects: readonly SessionEffect[], logs: readonly WantedLog[]): SessionStep {
  const heads = send({ type: 'Heads', session: session.id, heads: groupHeights(logs) })
  if (logs.length === 0) return [session, [...effects, heads]]
  return [{ ...session, serving: session.serving + 1 }, [...effects, heads, { do: 'serve', logs }]]
}

function onReconciled(session: Session, lacking: readonly WantedLog[], need: readonly Hash[]): SessionStep {
  const want = send({ type: 'Want', session: session.id, ids: need })
  // No head over there is unknown here, so the other has nothing at all of the logs that it lacks. An empty `Want` says so.
  if (need.length === 0) return settleIfDone(...give({ ...session, isListed: true }, [want], lacking))
  const heads = send({ type: 'Heads', session: session.id, heads: groupHeights(lacking) })
  return [{ ...session, isListed: true, ids: new Set([...session.ids, ...need]) }, [heads, want]]
}

function onArrived(session: Session, input: Extract<SessionInput, { readonly on: 'arrived' }>): SessionStep {
  const { logs, ids } = session
  for (const log of input.logs) {
    const until = logs.get(logName(log))
    if (until !== undefined && log.seqNum >= until) logs.delete(logName(log))
  }
  for (const id of input.ids) ids.delete(id)
  return settleIfDone(session, [])
}

/** Both fingerprints are known: equal, or once more by comparing everything, or that is how it is. */
function conclude(session: Session, effects: readonly SessionEffect[]): SessionStep {
  const { mine, theirs, isOver, isSecond, isAsker } = session
  if (mine === undefined || theirs === undefined || isOver) return [session, effects]
  const isEqual = mine === theirs
  const tryAgain = !isEqual && theirs !== 'unsaid' && !isSecond && isAsker
  return [{ ...session, isOver: true }, [...effects, { do: 'finish', isEqual, tryAgain }]]
}

/**
 * One step. A session that is over goes on serving what it is asked for.
 *
 * The step takes over the session it is given, with what it waits for, which may be a hundred thousand logs: only the one it returns is right.
 */
export function stepSession(session: Session, input: SessionInput): SessionStep {
  switch (input.on) {
    case 'compared': {
      const questioned = askFor(session, input.comparison, input.isComing)
      const [next, effects] = input.lacking ? give(...questioned, input.lacking) : questioned
      return settleIfDone({ ...next, isListed: session.isListed || input.isLast }, effects)
    }
    case 'reconciled':
      return onReconciled(session, input.lacking, input.need)
    case 'wanted': {
      const { logs, isWhole = false } = input
      if (logs.length === 0) return [session, []]
      return [{ ...session, serving: session.serving + 1 }, [{ do: 'serve', logs, ...(isWhole && { isWhole }) }]]
    }
    case 'served':
      return [{ ...session, serving: session.serving - 1 }, []]
    case 'arrived':
      return onArrived(session, input)
    case 'settled': {
      // Something was asked for meanwhile: once more, when it has come.
      if (session.logs.size > 0 || session.ids.size > 0) return [{ ...session, isSettling: false }, []]
      const mine = input.own.fingerprint
      const done = send({ type: 'SyncDone', session: session.id, live: true, fingerprint: mine })
      return conclude({ ...session, isSettling: false, mine }, [done])
    }
    case 'done': {
      // Who is done has asked for everything: there is no list to wait for.
      const [next, effects] = settleIfDone({ ...session, isListed: true, theirs: input.fingerprint ?? 'unsaid' }, [])
      return conclude(next, effects)
    }
  }
}
