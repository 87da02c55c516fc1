import { forkHash } from '../../core/entry/log-item.ts'
import type { Hash, OperationId, SeqNum } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { type Comparison, type HeldLog, compareHeads, groupHeads, logName } from '../../sync/compare-heads.ts'
import { decodeHave, haveMessages } from '../../sync/heads-body.ts'
import type { LogHead, LogHeight, LogsOf, Message, MessageOf, StoreId } from '../../sync/messages.ts'
import { initiate, reconcile, respond } from '../../sync/negentropy/reconcile.ts'
import { type PartSummary, type SessionInput, canResume, stepSession } from '../../sync/session.ts'
import type { EngineDeps } from '../deps.ts'
import { findEntries } from './find-entry.ts'
import { proofsOf, takeProofs } from './forks-exchange.ts'
import type { Failure } from '../failure.ts'
import { heldLogs, heldOf, itemsOf, logsSince, summarise } from './part-reads.ts'
import type { PartSession } from './part-session.ts'
import type { ServedLog } from './serve-logs.ts'
import { serve } from './transfer.ts'

/** What a session needs of the connection it runs on. */
export interface SessionHost {
  readonly deps: EngineDeps
  readonly storeId: StoreId
  readonly say: (message: Message) => void
  /** There is no more to say just now. */
  readonly flush: () => void
  /** Resolves when what was said has left. */
  readonly room: () => Promise<void>
  /** Runs something in its turn among the messages that come. */
  readonly post: (task: () => Promise<void>) => void
  /** The peer understands `LogRanges`. */
  readonly isCompact: () => boolean
  readonly signal: AbortSignal
  /** Both sides said what they have. */
  readonly onFinish: (
    session: PartSession,
    outcome: { readonly isEqual: boolean; readonly tryAgain: boolean },
  ) => Promise<void>
}

/** Logs at most with which everything is told at once (sync.md §4). */
const fewLogs = 64
/** Bytes of a reconciliation after which telling everything is cheaper. */
const maxReconcileTotal = 16 * 1024
/** Changed heads up to which they are told; beyond, everything is told, compressed. */
const maxChanged = 320
/** Logs that one list may name, and questions that may wait for their answers. */
const maxListed = 1_000_000
const maxQuestions = 256
/** `Refuse` with ids: these heads could not be stored; these entries were asked for and are not here. */
const notStored = 0
const notHere = 3

const tooLong = fail({ code: 'sync/too-many', what: 'list-bytes', limit: maxListed } as const)
/** What a list calls for that has nothing new. */
export const nothingWanted: Comparison = { wants: [], strangers: [], proofs: [], promised: [] }

export type Handled = Promise<Result<void, Failure>>
const done = ok(undefined)

export const summaryOf = (host: SessionHost, session: PartSession): Promise<PartSummary> =>
  summarise(host.deps.store, session.view, host.storeId, host.signal)

const allLogs = (host: SessionHost, session: PartSession, since = 0): Promise<readonly HeldLog[]> =>
  logsSince(host.deps.store, session.view, since, host.signal)

/** Feeds the pure session, and does what it says. */
export async function feed(host: SessionHost, session: PartSession, input: SessionInput): Promise<void> {
  const [state, effects] = stepSession(session.state, input)
  session.state = state
  session.record.logsAwaited = state.logs.size + state.ids.size
  if (session.record.state === 'comparing' && state.isListed) session.record.state = 'transferring'
  for (const effect of effects) {
    switch (effect.do) {
      case 'send':
        host.say(effect.message)
        break
      case 'sendProofs': {
        const pairs = await proofsOf(host.deps, effect.logs)
        if (pairs.length > 0) host.say({ type: 'Forks', session: state.id, pairs })
        break
      }
      case 'serve':
        serve(host, session, effect.logs, host.isCompact(), () => feed(host, session, { on: 'served' }))
        break
      case 'settle':
        await settle(host, session)
        break
      case 'finish':
        await host.onFinish(session, effect)
        break
    }
  }
}

/** Everything that was asked for has come: what of it could not be stored is refused, and left out by both. */
async function settle(host: SessionHost, session: PartSession): Promise<void> {
  const { store, materialiser } = host.deps
  await materialiser.settled()
  const came = [...session.came.values()]
  const held = await heldLogs(store, session.view, came)
  const refused = came.filter((log) => {
    const own = held.get(logName(log))
    return !own || (own.seqNum < log.seqNum && !own.isForked)
  })
  session.came.clear()
  if (refused.length > 0) {
    const ids = refused.map(({ hash }) => hash)
    leaveOut(session, ids)
    host.say({ type: 'Refuse', session: session.state.id, reason: notStored, ids })
  }
  const { own, arrival } = session.isAsBegun && session.began ? session.began : await lookAt(host, session)
  session.settled = { number: own.number, arrival }
  await feed(host, session, { on: 'settled', own })
}

/** How the part stands, and up to which arrival. In this order: what is stored in between is sent once more rather than never. */
export async function lookAt(host: SessionHost, session: PartSession): Promise<NonNullable<PartSession['began']>> {
  const arrival = await host.deps.store.lastArrival()
  return { arrival, own: await summaryOf(host, session) }
}

/** From now on these heads do not count, on either side. */
export function leaveOut(session: PartSession, ids: readonly Hash[]): void {
  const refused = [...new Set([...session.cursor.refused, ...ids])]
  session.cursor = { ...session.cursor, refused }
  session.view = { ...session.view, refused: new Set(refused) }
}

const cursorsOf = (session: PartSession, own: PartSummary) => {
  session.toldNumber = own.number
  const { storeId, number } = session.cursor
  return {
    fingerprint: own.fingerprint,
    count: own.count,
    myStoreId: own.storeId,
    myNumber: own.number,
    yourStoreId: storeId,
    yourNumber: number,
  }
}

/** The dialling side's first word to somebody it met before, or meets for the first time. */
export async function sayResume(host: SessionHost, session: PartSession): Promise<void> {
  const { id, scope, part } = session.state
  await host.deps.materialiser.settled()
  session.began = await lookAt(host, session)
  const { own } = session.began
  host.say({ type: 'Resume', session: id, scope, part, keep: 0, ...cursorsOf(session, own) })
}

/** Where this side stands, in a session that is over: the peer may move its cursor. */
export async function sayWhere(host: SessionHost, session: PartSession): Promise<void> {
  const own = await summaryOf(host, session)
  if (own.number === session.toldNumber) return
  host.say({ type: 'Changed', session: session.state.id, heads: [], ...cursorsOf(session, own) })
}

/** Begins to compare everything: by telling all heads where there are few, else by ranges. */
export async function beginComparing(host: SessionHost, session: PartSession): Promise<void> {
  const { id, scope, part, mode } = session.state
  const logs = await allLogs(host, session)
  const asked = mode === 0 ? 0 : 1
  host.say({ type: 'SyncRequest', session: id, mode: asked, scope, part, keep: 0 })
  if (asked === 0) return sayHave(host, session, logs)
  const { state, message } = initiate(itemsOf(logs))
  session.reconciliation = state
  session.reconcileBytes += message.length
  host.say({ type: 'Reconcile', session: id, bytes: message })
}

/** Which of the two ways a comparison of everything begins by. */
export const modeFor = (own: PartSummary, isForced: boolean): 0 | 1 => (own.count <= fewLogs && !isForced ? 0 : 1)

function sayHave(host: SessionHost, session: PartSession, logs: readonly HeldLog[]): void {
  session.hasSentHeads = true
  for (const message of haveMessages(session.state.id, groupHeads(logs))) host.say(message)
}

/** The heads that changed here since the peer last had everything; nothing where that is not known, or where they are too many. */
export async function changesFor(
  host: SessionHost,
  session: PartSession,
  own: PartSummary,
  peer: { readonly yourStoreId: StoreId | null; readonly yourNumber: number },
): Promise<readonly LogsOf<LogHead>[] | undefined> {
  if (!canResume(own, peer.yourStoreId, peer.yourNumber)) return undefined
  const logs = await allLogs(host, session, peer.yourNumber)
  return logs.length > maxChanged ? undefined : groupHeads(logs)
}

/** Tells the heads that changed, and where this side stands. */
export const sayChanged = (
  host: SessionHost,
  session: PartSession,
  own: PartSummary,
  heads: readonly LogsOf<LogHead>[],
): void => host.say({ type: 'Changed', session: session.state.id, heads, ...cursorsOf(session, own) })

/** A list in pieces: the whole of it, but for what one of the two refused, once its last piece is there. */
function gather(session: PartSession, heads: readonly LogsOf<LogHead>[], hasMore: boolean | undefined) {
  session.pieces.push(...heads)
  session.pieceCount += heads.reduce((sum, { logs }) => sum + logs.length, 0)
  if (session.pieceCount > maxListed) return tooLong
  if (hasMore) return undefined
  const { refused } = session.view
  const whole = session.pieces.map(({ publicKey, logs }) => ({
    publicKey,
    logs: logs.filter(({ hash }) => !refused.has(hash)),
  }))
  session.pieces = []
  session.pieceCount = 0
  return ok(whole)
}

/** Whether a list may come now: a session knows the other side's only once. */
const isListDue = (session: PartSession): boolean => !session.state.isListed

const unexpected = (type: Message['type']) => fail({ code: 'sync/message-unexpected', type } as const)

export async function onHave(host: SessionHost, session: PartSession, have: MessageOf<'Have'>): Handled {
  if (!isListDue(session)) return unexpected('Have')
  const heads = decodeHave(have)
  if (!heads.ok) return heads
  const whole = gather(session, heads.value, have.hasMore)
  if (!whole) return done
  if (!whole.ok) return whole
  const logs = await allLogs(host, session)
  session.record.mode = 'heads'
  if (!session.hasSentHeads) sayHave(host, session, logs)
  const comparison = compareHeads(whole.value, new Map(logs.map((log) => [logName(log), log])))
  await feed(host, session, { on: 'compared', comparison, isLast: true })
  return done
}

export async function onReconcile(host: SessionHost, session: PartSession, { bytes }: MessageOf<'Reconcile'>): Handled {
  // It was overtaken by `Have`, which this side or the other has sent meanwhile.
  if (session.hasSentHeads) return done
  if (session.state.mode !== 1) return unexpected('Reconcile')
  session.reconciliation ??= respond(itemsOf(await allLogs(host, session)))
  const outcome = reconcile(session.reconciliation, bytes)
  if (!outcome.ok) return outcome
  const { state, reply, have, need } = outcome.value
  session.reconciliation = state
  session.reconcileBytes += bytes.length + (reply?.length ?? 0)
  for (const id of have) session.have.add(id)
  for (const id of need) if (!session.view.refused.has(id)) session.need.add(id)
  if (reply && state.isInitiator && session.reconcileBytes > maxReconcileTotal) {
    sayHave(host, session, await allLogs(host, session))
    return done
  }
  if (reply) host.say({ type: 'Reconcile', session: session.state.id, bytes: reply })
  else await endReconciliation(host, session)
  return done
}

/** The initiator knows both differences. */
async function endReconciliation(host: SessionHost, session: PartSession): Promise<void> {
  const lacking = (await allLogs(host, session)).filter(({ hash }) => session.have.has(hash))
  const heads: readonly LogsOf<LogHeight>[] = groupHeads(lacking).map(({ publicKey, logs }) => ({
    publicKey,
    logs: logs.map(({ logId, seqNum }) => ({ logId, seqNum })),
  }))
  await feed(host, session, { on: 'reconciled', lacking: heads, need: [...session.need] })
  const forked = lacking.filter(({ isForked }) => isForked)
  const pairs = forked.length > 0 ? await proofsOf(host.deps, forked) : []
  if (pairs.length > 0) host.say({ type: 'Forks', session: session.state.id, pairs })
}

/** What the initiator has and this side may lack. */
export async function onHeads(host: SessionHost, session: PartSession, message: MessageOf<'Heads'>): Handled {
  if (!isListDue(session)) return unexpected('Heads')
  const logs = message.heads.flatMap(({ publicKey, logs: own }) => own.map((log) => ({ publicKey, ...log })))
  for (const log of logs) session.heights.set(logName(log), log.seqNum)
  const held = await heldLogs(host.deps.store, session.view, logs)
  const wants = logs.flatMap((log) => {
    const own = held.get(logName(log))
    if (own && own.seqNum >= log.seqNum) return []
    return [
      { publicKey: log.publicKey, logId: log.logId, fromSeq: ((own?.seqNum ?? 0n) + 1n) as SeqNum, toSeq: log.seqNum },
    ]
  })
  await feed(host, session, { on: 'compared', comparison: { ...nothingWanted, wants }, isLast: !message.hasMore })
  return done
}

/** Too many questions at once: each costs reading. */
function ask(session: PartSession): Result<void, Failure> {
  session.questions++
  return session.questions > maxQuestions
    ? fail({ code: 'sync/too-many', what: 'questions', limit: maxQuestions })
    : done
}

export async function onWant(host: SessionHost, session: PartSession, { ids }: MessageOf<'Want'>): Handled {
  const asked = ask(session)
  if (!asked.ok) return asked
  const { store } = host.deps
  const forks = (await store.forks()).filter((fork) => ids.includes(forkHash(fork)))
  const pairs = forks.length > 0 ? await proofsOf(host.deps, forks) : []
  if (pairs.length > 0) host.say({ type: 'Forks', session: session.state.id, pairs })
  const places = await findEntries(store, session.view.key, ids as readonly OperationId[])
  const found = new Set([...places.map(({ hash }) => hash), ...forks.map(forkHash)])
  const unknown = ids.filter((id) => !found.has(id))
  // What is not in the part is not here, as far as the peer is concerned.
  if (unknown.length > 0) host.say({ type: 'Refuse', session: session.state.id, reason: notHere, ids: unknown })
  const logs = places.map(({ publicKey, logId, seqNum }): ServedLog => {
    const height = session.heights.get(logName({ publicKey, logId }))
    const fromSeq = height !== undefined && height < seqNum ? height + 1n : 1n
    return { publicKey, logId, fromSeq: fromSeq as SeqNum, toSeq: seqNum }
  })
  // Where nothing is to be sent the question is answered.
  if (logs.length === 0) session.questions--
  await feed(host, session, { on: 'wanted', logs })
  return done
}

export async function onWantLog(host: SessionHost, session: PartSession, { logs }: MessageOf<'WantLog'>): Handled {
  const asked = ask(session)
  if (!asked.ok) return asked
  if (logs.length === 0) session.questions--
  await feed(host, session, { on: 'wanted', logs })
  return done
}

/** Whole entries of one log, one by one: what a fork is found by. */
export function onWantPool(
  host: SessionHost,
  session: PartSession,
  message: MessageOf<'WantPool'>,
): Result<void, Failure> {
  const asked = ask(session)
  if (!asked.ok) return asked
  const { publicKey, logId, seqNums } = message
  const [fromSeq, toSeq] = [seqNums.reduce((a, b) => (b < a ? b : a)), seqNums.reduce((a, b) => (b > a ? b : a))]
  session.state = { ...session.state, serving: session.state.serving + 1 }
  serve(host, session, [{ publicKey, logId, fromSeq, toSeq }], false, () => feed(host, session, { on: 'served' }))
  return done
}

export async function onForks(host: SessionHost, session: PartSession, { pairs }: MessageOf<'Forks'>): Handled {
  const ids = await takeProofs(host.deps, pairs)
  if (!ids) return fail({ code: 'fork/unproven', expected: 'two signed entries of one place' })
  await feed(host, session, { on: 'arrived', logs: [], ids })
  return done
}

export async function onGap(host: SessionHost, session: PartSession, message: MessageOf<'Gap'>): Handled {
  const { publicKey, logId, ranges } = message
  const logs = ranges.map(([, to]) => ({ publicKey, logId, seqNum: to }))
  const awaited = session.state.logs.get(logName({ publicKey, logId }))
  await feed(host, session, {
    on: 'arrived',
    logs: awaited === undefined ? logs : [...logs, { publicKey, logId, seqNum: awaited }],
    ids: [],
  })
  return done
}

/** Whether the peer's part is the same as ours. */
export const isSameAs = (
  own: PartSummary | undefined,
  { fingerprint, count }: Pick<PartSummary, 'fingerprint' | 'count'>,
): boolean => own?.fingerprint === fingerprint && own.count === count

/** The heads that changed over there. What to do with them depends on who asked, and on what this side can tell in turn. */
export async function onChangedList(
  host: SessionHost,
  session: PartSession,
  message: MessageOf<'Changed'>,
): Promise<Result<'more' | 'compared' | 'compare-everything', Failure>> {
  const whole = gather(session, message.heads, message.hasMore)
  if (!whole) return ok('more')
  if (!whole.ok) return whole
  const own = await summaryOf(host, session)
  session.theirs = { storeId: message.myStoreId, number: message.myNumber }
  session.isAsBegun = isSameAs(session.began?.own, message)
  const isSame = session.isAsBegun || isSameAs(own, message)
  if (session.state.isAsker && !isSame) {
    const changes = await changesFor(host, session, own, message)
    if (!changes) return ok('compare-everything')
    sayChanged(host, session, own, changes)
  }
  const held = await heldOf(host.deps.store, session.view, whole.value)
  const comparison = isSame ? nothingWanted : compareHeads(whole.value, held)
  await feed(host, session, { on: 'compared', comparison, isLast: true })
  return ok('compared')
}
