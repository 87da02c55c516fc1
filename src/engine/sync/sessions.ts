import type { Side } from '../../core/hello-claim.ts'
import type { PublicKey, SeqNum } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { ScopeName } from '../../ports/store.ts'
import type { Message, MessageOf, ScopeToken, SessionId } from '../../sync/messages.ts'
import type { Failure } from '../failure.ts'
import type { ConnectionDeps } from './connection.ts'
import { askForFileData } from './file-data.ts'
import { givesWayTo } from './gives-way.ts'
import { pushNew } from './live-feed.ts'
import { createAllowance } from './allowance.ts'
import { type PartSession, isDueAgain, isUnsettled, nextSessionId, openPartSession } from './part-session.ts'
import { readCursor } from './peer-memory.ts'
import type { PeerRecord } from './peer-registry.ts'
import { onWant, onWantLog, onWantPool } from './questions.ts'
import {
  type SessionHost,
  beginComparing,
  feed,
  isSameAs,
  lookAt,
  modeFor,
  notNow,
  nothingWanted,
  onForks,
  onGap,
  onHave,
  onHeads,
  onReconcile,
  summaryOf,
} from './session-driver.ts'
import { leaveOut, stillRefused, viewOf } from './refusals.ts'
import { rememberMeeting } from './remember.ts'
import { changesFor, onChangedList, sayChanged, sayResume, sayWhere } from './resume.ts'
import { hasGuestRoom } from './guest-room.ts'
import { isSamePart } from './parts.ts'
import { createEntryBatch } from './entry-batch.ts'
import { type PartTurns, createPartTurns } from './part-turns.ts'
import { type ScopeRecord, type ServedPart, partNumber, partOf, saysPresence } from './shared-scopes.ts'
import { type Faults, lookAhead, takeEntries, takeRanges } from './take-entries.ts'

/** Sessions that a peer may open in an hour: each may cost telling everything. */
const maxSessions = 256
const hourMs = 3_600_000
/** Words about who is there that are passed on, of all people that come over one connection. */
const maxPresencesPerSecond = 20
/** Notes in a row by which two live sides differ, after which everything is compared again. */
const maxUnequalNotes = 3
/** `Refuse` without ids: this side has no such scope, or goes on with another session. */
const noSuchScope = 1
const otherSession = 2
/** As many guests write under the invite as may. */
const noRoom = 3

type Handled = Promise<Result<void, Failure>>
type SessionMessage = Extract<Message, { readonly session: SessionId }>
const done = ok(undefined)
export interface SessionsPorts {
  readonly common: ConnectionDeps
  readonly record: PeerRecord
  readonly side: Side
  readonly remoteKey: PublicKey
  /** The peer's, once it said Hello. */
  readonly publicKey: () => PublicKey | undefined
  readonly scopes: () => Promise<readonly ServedPart[]>
  readonly tokenOf: (scope: ServedPart, of: 'mine' | 'theirs') => ScopeToken
  readonly host: Omit<SessionHost, 'onFinish'>
}

/** The sessions of one connection. Everything here runs in its turn among the messages. */
export interface Sessions {
  /** Begins with what of a message needs no turn. Whoever reads messages sees to it that few are begun. @param bytes of its frame */
  readonly lookAhead: (message: MessageOf<'LogRanges'>, bytes: number) => ReturnType<typeof lookAhead>
  /** @param bytes of its frame @param ahead what was begun of it */
  readonly handle: (message: SessionMessage, bytes: number, ahead?: ReturnType<typeof lookAhead>) => Handled
  /** What was said so far is whole: entries that wait for company are taken in. */
  readonly endOfChunk: () => Handled
  /** Opens sessions with somebody met before, without waiting for what it says. */
  readonly resumeKnown: (scopes: readonly ServedPart[]) => Promise<void>
  /** Both sides have told their scopes: the dialling side opens what is missing. */
  readonly meet: PartTurns['meet']
  /** @returns whether any went on until now */
  readonly dropAllBut: (scopes: readonly ServedPart[]) => Promise<boolean>
  /** Something was stored: live sessions send what is new. */
  readonly push: () => Promise<void>
  readonly tick: () => Promise<void>
  /** The peer has yet to be told where a live session stands. */
  readonly isUnsettled: () => boolean
  /** The live session of a scope. */
  readonly liveFor: (scope: ServedPart) => PartSession | undefined
  readonly liveScopes: () => readonly ScopeName[]
  /** How far the peer said that its logs in a scope go, where a session is open. */
  readonly heightsIn: (scope: ScopeRecord) => ReadonlyMap<string, SeqNum> | undefined
  readonly close: () => void
}

export function createSessions(ports: SessionsPorts): Sessions {
  const { common, record, side, remoteKey, tokenOf } = ports
  const { deps, registry } = common
  const { store, clock } = deps
  const open = new Map<SessionId, PartSession>()
  /** Ended by this side: what the peer still says in them is read over. */
  const ended = new Set<SessionId>()
  const faults: Faults = { count: 0, introduced: 0 }
  let lastId: SessionId | undefined
  const presences = createAllowance(clock, maxPresencesPerSecond, 1_000)
  const opened = createAllowance(clock, maxSessions, hourMs)

  const host: SessionHost = { ...ports.host, onFinish: (session, outcome) => finish(session, outcome) }

  const sessionOf = (served: ServedPart): PartSession | undefined =>
    [...open.values()].find(({ scope }) => scope.name === served.name && partNumber(scope) === partNumber(served))
  const drop = (session: PartSession): void => {
    open.delete(session.state.id)
    ended.add(session.state.id)
    session.record.state = 'ended'
    session.credit = Infinity
    session.onCredit()
  }

  const openSession = async (
    scope: ServedPart,
    about: {
      readonly id: SessionId
      readonly isAsker: boolean
      readonly mode: 'resume' | 0 | 1
      readonly isSecond?: boolean
    },
  ): Promise<PartSession> => {
    const key = partOf(scope)
    const known = await readCursor(store, remoteKey, key)
    const cursor = { ...known, refusals: await stillRefused(store, key, known.refusals) }
    const began = await lookAt(host, { view: viewOf(key, cursor.refusals) })
    const counted = registry.openSession(record, {
      session: about.id,
      scope: scope.name,
      part: partNumber(scope),
      mode: about.mode === 'resume' ? 'resume' : about.mode === 0 ? 'heads' : 'ranges',
    })
    const token = tokenOf(scope, about.isAsker ? 'mine' : 'theirs')
    const session = openPartSession(scope, counted, cursor, began, { ...about, scope: token, part: partNumber(scope) })
    open.set(about.id, session)
    return session
  }
  const openOwn = (scope: ServedPart, mode: 'resume' | 0 | 1, isSecond = false): Promise<PartSession> => {
    lastId = nextSessionId(lastId, side)
    return openSession(scope, { id: lastId, isAsker: true, mode, isSecond })
  }
  const resume = async (scope: ServedPart): Promise<void> => {
    await deps.materialiser.settled()
    await sayResume(host, await openOwn(scope, 'resume'))
  }
  const turns = createPartTurns({
    opens: side === 0,
    theirTokenOf: (part) => tokenOf(part, 'theirs'),
    sessionOf,
    open: resume,
  })
  /** Compares everything, in a session of its own that takes the place of the other. */
  const compareEverything = async (before: PartSession, isSecond: boolean): Promise<void> => {
    drop(before)
    const own = await summaryOf(host, before)
    const session = await openOwn(before.scope, modeFor(own, isSecond), isSecond)
    await beginComparing(host, session)
  }

  const remember = async (session: PartSession, isComplete: boolean): Promise<void> => {
    await rememberMeeting(deps, { remoteKey, publicKey: ports.publicKey() }, session, isComplete)
    registry.touch()
  }
  const finish: SessionHost['onFinish'] = async (session, { isEqual, tryAgain }) => {
    await remember(session, isEqual)
    // Not since it was settled: what came while the two compared is in nobody's list.
    const { own, arrival } = session.began
    session.live = { number: own.number, arrival }
    session.record.state = isEqual ? 'live' : 'unequal'
    if (isEqual) turns.onSame(session.scope)
    if (tryAgain) return compareEverything(session, true)
    if (saysPresence(session.scope)) common.onLive(session.scope)
    if (isEqual) await sayWhere(host, session)
    await pushNew(host, session)
    await turns.openDue()
  }

  const refuse = (session: SessionId, reason: number): Result<void, Failure> => {
    ended.add(session)
    host.say({ type: 'Refuse', session, reason })
    return done
  }
  /** A session the peer opens: refused where this side has no such scope, or goes on with another one. */
  const admit = async (
    { session: id, scope: name, part }: MessageOf<'Resume' | 'SyncRequest'>,
    mode: 'resume' | 0 | 1,
  ): Promise<PartSession | Result<void, Failure>> => {
    if (open.has(id) || ended.has(id) || id % 2 === side)
      return fail({ code: 'sync/message-unexpected', type: 'SyncRequest' })
    if (!opened.take('all')) return fail({ code: 'sync/too-many', what: 'sessions', limit: maxSessions })
    const scope = (await ports.scopes()).find((one) =>
      typeof name === 'string'
        ? partNumber(one) === part && tokenOf(one, 'theirs') === name
        : 'schemaId' in one && name.includes(one.schemaId),
    )
    if (!scope || !turns.isDue(scope)) return refuse(id, noSuchScope)
    if (!(await hasGuestRoom(store, scope))) return refuse(id, noRoom)
    const other = sessionOf(scope)
    if (other && !givesWayTo(other, id)) return refuse(id, otherSession)
    if (other) drop(other)
    return openSession(scope, { id, isAsker: false, mode })
  }
  const isSession = (admitted: PartSession | Result<void, Failure>): admitted is PartSession => 'scope' in admitted

  const onResume = async (message: MessageOf<'Resume'>): Handled => {
    if (side === 0) return fail({ code: 'sync/message-unexpected', type: 'Resume' })
    await deps.materialiser.settled()
    const session = await admit(message, 'resume')
    if (!isSession(session)) return session
    const { own } = session.began
    session.theirs = { storeId: message.myStoreId, number: message.myNumber }
    const isSame = isSameAs(own, message)
    session.readsOverChanges = isSame
    const changes = isSame ? [] : await changesFor(host, session, own, message)
    if (changes) sayChanged(host, session, own, changes)
    else await compareEverything(session, false)
    // Nothing differs, so there is nothing to wait for.
    if (isSame) await feed(host, session, { on: 'compared', comparison: nothingWanted, isLast: true })
    return done
  }
  const onSyncRequest = async (message: MessageOf<'SyncRequest'>): Handled => {
    const session = await admit(message, message.mode)
    return isSession(session) ? done : session
  }
  /** Whether this side stands where the peer last said that it does: then each has all that the other has. */
  const isConfirmed = async (session: PartSession): Promise<boolean> => {
    const { note } = session
    if (!note) return false
    await deps.materialiser.settled()
    const { own, arrival } = await lookAt(host, session)
    if (!isSameAs(own, note)) return false
    session.note = undefined
    session.unequalNotes = 0
    session.theirs = { storeId: note.myStoreId, number: note.myNumber }
    session.settled = { number: own.number, arrival }
    session.record.state = 'live'
    turns.onSame(session.scope)
    await remember(session, true)
    return true
  }
  /** In a session that is over it says where the peer stands; before, what changed there. */
  const onChanged = async (session: PartSession, message: MessageOf<'Changed'>): Handled => {
    if (!session.state.isOver) {
      if (session.readsOverChanges) {
        session.readsOverChanges = message.hasMore === true
        return done
      }
      if (session.state.mode !== 'resume' || session.state.isListed)
        return fail({ code: 'sync/message-unexpected', type: 'Changed' })
      const outcome = await onChangedList(host, session, message)
      if (!outcome.ok) return outcome
      if (outcome.value === 'compare-everything') await compareEverything(session, false)
      return done
    }
    session.note = message
    if (await isConfirmed(session)) {
      // First where this side stands, so that the other finds itself equal before it is asked for more.
      await sayWhere(host, session)
      await turns.openDue()
    } else if (++session.unequalNotes >= maxUnequalNotes && side === 0) await compareEverything(session, true)
    return done
  }
  const onRefuse = async (session: PartSession, { ids, reason }: MessageOf<'Refuse'>): Handled => {
    if (!ids) {
      drop(session)
      if (reason !== otherSession) turns.onRefused(session.scope)
      await turns.openDue()
    } else {
      leaveOut(session, 'there', ids)
      if (reason === notNow) for (const id of ids) session.forNow.add(id)
      // What was asked for and is not there does not come any more.
      await feed(host, session, { on: 'arrived', logs: [], ids })
    }
    return done
  }

  /** A second has room for so many; what is over is dropped, since it is out of date soon. */
  const onPresence = (session: PartSession, message: MessageOf<'Presence'>): void => {
    if (saysPresence(session.scope) && presences.take('all')) common.onPresence(message, session.scope)
  }

  const inSession = async (session: PartSession, message: SessionMessage): Handled => {
    switch (message.type) {
      case 'Changed':
        return onChanged(session, message)
      case 'Have':
        return onHave(host, session, message)
      case 'Reconcile':
        return onReconcile(host, session, message)
      case 'Heads':
        return onHeads(host, session, message)
      case 'Want':
        return onWant(host, session, message)
      case 'WantLog':
        return onWantLog(host, session, message)
      case 'WantPool':
        return onWantPool(host, session, message)
      case 'Forks':
        return onForks(host, session, message)
      case 'Gap':
        return onGap(host, session, message)
      case 'Credit':
        session.credit += message.bytes
        session.onCredit()
        return done
      case 'SyncDone':
        if (session.state.theirs !== undefined) return fail({ code: 'sync/message-unexpected', type: 'SyncDone' })
        await feed(host, session, { on: 'done', fingerprint: message.fingerprint })
        return done
      case 'Refuse':
        return onRefuse(session, message)
      case 'Presence':
        onPresence(session, message)
        return done
      default:
        return done
    }
  }

  const entries = createEntryBatch(async (session, messages, bytes) =>
    open.has(session.state.id) ? takeEntries(host, session, messages, bytes, faults) : done,
  )

  return {
    endOfChunk: entries.flush,
    lookAhead: (message, bytes) => lookAhead(host, open.get(message.session), message, bytes),
    handle: async (message, bytes, ahead) => {
      if (message.type === 'Resume') return onResume(message)
      if (message.type === 'SyncRequest') return onSyncRequest(message)
      const session = open.get(message.session)
      if (!session)
        return ended.has(message.session) ? done : fail({ code: 'sync/message-unexpected', type: message.type })
      if (message.type === 'Entry') return entries.add(session, message, bytes)
      const taken = await entries.flush()
      if (!taken.ok) return taken
      if (message.type !== 'LogRanges') return inSession(session, message)
      return takeRanges(host, session, ahead ?? lookAhead(host, session, message, bytes), faults)
    },
    resumeKnown: async (own) => {
      for (const scope of own) {
        // Whom a group is told to is known by its Hello only.
        if ('group' in scope && !ports.publicKey()) continue
        const { storeId } = await readCursor(store, remoteKey, partOf(scope))
        if (storeId && turns.isDue(scope)) await resume(scope)
      }
    },
    meet: turns.meet,
    dropAllBut: async (own) => {
      const keys = own.map(partOf)
      const gone = [...open.values()].filter(({ scope }) => !keys.some((key) => isSamePart(key, partOf(scope))))
      for (const session of gone) {
        host.say({ type: 'Refuse', session: session.state.id, reason: noSuchScope })
        drop(session)
      }
      return gone.length > 0
    },
    push: async () => {
      for (const session of open.values()) await pushNew(host, session)
    },
    tick: async () => {
      for (const session of open.values()) {
        // What the peer has may come here by another way than from it.
        await isConfirmed(session)
        await askForFileData(host, session)
        // Whoever had no room may have some now.
        if (side === 0 && isDueAgain(session, clock.now())) {
          await compareEverything(session, false)
          continue
        }
        if (!session.isDirty || !session.live || session.sending > 0) continue
        await deps.materialiser.settled()
        await pushNew(host, session)
        // Only once nothing is under way any more, so that the other side can find itself equal.
        if (session.sending > 0) continue
        session.isDirty = false
        await sayWhere(host, session)
      }
      await turns.openDue()
    },
    isUnsettled: () => [...open.values()].some(isUnsettled),
    liveFor: (scope) => [sessionOf(scope)].find((session) => session?.live),
    heightsIn: (scope) => sessionOf(scope)?.heights,
    liveScopes: () =>
      [...open.values()]
        .filter(({ live, scope }) => live && !('group' in scope && scope.access !== 'all'))
        .map(({ scope }) => scope.name),
    close: () => {
      for (const session of open.values()) drop(session)
    },
  }
}
