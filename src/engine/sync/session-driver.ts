import { logName } from '../../core/entry/log-name.ts'
import type { Hash, SeqNum } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import {
  type Comparison,
  type HeldLog,
  compareHeads,
  eachHead,
  groupHeads,
  lackingThere,
} from '../../sync/compare-heads.ts'
import { decodeHave, haveMessages } from '../../sync/heads-body.ts'
import type { LogHead, LogsOf, Message, MessageOf, StoreId } from '../../sync/messages.ts'
import { initiate, reconcile, respond } from '../../sync/negentropy/reconcile.ts'
import { type PartSummary, type SessionInput, stepSession } from '../../sync/session.ts'
import type { EngineDeps } from '../deps.ts'
import { proofsOf, takeProofs } from './forks-exchange.ts'
import type { Failure } from '../failure.ts'
import type { AskedFor } from './asked-for.ts'
import { leaveOut, takeBack } from './refusals.ts'
import { heldLogs, itemsOf, logsSince, summarise } from './part-reads.ts'
import type { PartSession, Standing } from './part-session.ts'
import { serve } from './transfer.ts'

/** What a session needs of the connection it runs on. */
export interface SessionHost {
  readonly deps: EngineDeps
  readonly storeId: StoreId
  /** @returns bytes of its frames */
  readonly say: (message: Message) => number
  /** There is no more to say just now. */
  readonly flush: () => void
  /** Resolves when what was said has left. */
  readonly room: () => Promise<void>
  /** Runs something in its turn among the messages that come. */
  readonly post: (task: () => Promise<void>) => void
  /** The peer understands `LogRanges`. */
  readonly isCompact: () => boolean
  readonly askedFor: AskedFor
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
/** Logs that one list may name. */
const maxListed = 1_000_000
/** `Refuse` with ids: these heads could not be stored; or not now, and may come again in another session. */
const notStored = 0
export const notNow = 4

const tooLong = fail({ code: 'sync/too-many', what: 'list-bytes', limit: maxListed } as const)
/** What a list calls for that has nothing new. */
export const nothingWanted: Comparison = { wants: [], strangers: [], proofs: [], promised: [] }

export type Handled = Promise<Result<void, Failure>>
const done = ok(undefined)

export const summaryOf = (host: SessionHost, session: Pick<PartSession, 'view'>): Promise<PartSummary> =>
  summarise(host.deps.store, session.view, host.storeId, host.signal)

export const allLogs = (host: SessionHost, session: PartSession, since = 0): Promise<readonly HeldLog[]> =>
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
        serve(host, session, effect.logs, host.isCompact() && !effect.isWhole, () =>
          feed(host, session, { on: 'served' }),
        )
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
  const held = await heldLogs(store, session.view, came, host.signal)
  const refused = came.filter((log) => {
    const own = held.get(logName(log))
    return !own || (own.seqNum < log.seqNum && !own.isForked)
  })
  session.came.clear()
  const isForNow = ({ hash }: (typeof refused)[number]): boolean => session.turnedAway.has(hash)
  refuse(
    host,
    session,
    notStored,
    refused.filter((log) => !isForNow(log)),
  )
  refuse(host, session, notNow, refused.filter(isForNow))
  const { own, arrival } = session.isAsBegun ? session.began : await lookAt(host, session)
  session.settled = { number: own.number, arrival }
  await feed(host, session, { on: 'settled', own })
}

function refuse(
  host: SessionHost,
  session: PartSession,
  reason: number,
  heads: readonly { readonly hash: Hash }[],
): void {
  if (heads.length === 0) return
  const ids = heads.map(({ hash }) => hash)
  leaveOut(session, 'here', ids)
  if (reason === notNow) for (const id of ids) session.forNow.add(id)
  host.say({ type: 'Refuse', session: session.state.id, reason, ids })
}

/** How the part stands, and up to which arrival. In this order: what is stored in between is sent once more rather than never. */
export async function lookAt(host: SessionHost, session: Pick<PartSession, 'view'>): Promise<Standing> {
  const arrival = await host.deps.store.lastArrival()
  return { arrival, own: await summaryOf(host, session) }
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
  session.record.mode = 'heads'
  for (const message of haveMessages(session.state.id, groupHeads(logs))) host.say(message)
}

/** A list in pieces: the whole of it, once its last piece is there. */
export function gather(session: PartSession, heads: readonly LogsOf<LogHead>[], hasMore: boolean | undefined) {
  session.pieces.push(...heads)
  session.pieceCount += heads.reduce((sum, { logs }) => sum + logs.length, 0)
  if (session.pieceCount > maxListed) return tooLong
  if (hasMore) return undefined
  const whole = session.pieces
  session.pieces = []
  session.pieceCount = 0
  return ok(whole)
}

/** Heads without those that this side refused. Those that the peer refused and now names it has got since. */
export function withoutRefused(session: PartSession, heads: readonly LogsOf<LogHead>[]): readonly LogsOf<LogHead>[] {
  const { refused } = session.view
  if (refused.size === 0) return heads
  takeBack(
    session,
    'there',
    eachHead(heads).map(({ hash }) => hash),
  )
  const here = new Set(session.refusals.here)
  return heads.map(({ publicKey, logs }) => ({ publicKey, logs: logs.filter(({ hash }) => !here.has(hash)) }))
}

/** Whether a list may come now: a session knows the other side's only once. */
const isListDue = (session: PartSession): boolean => !session.state.isListed

const unexpected = (type: Message['type']) => fail({ code: 'sync/message-unexpected', type } as const)

export async function onHave(host: SessionHost, session: PartSession, have: MessageOf<'Have'>): Handled {
  if (!isListDue(session)) return unexpected('Have')
  const piece = decodeHave(have)
  if (!piece.ok) return piece
  const whole = gather(session, piece.value, have.hasMore)
  if (!whole) return done
  if (!whole.ok) return whole
  const heads = withoutRefused(session, whole.value)
  const logs = await allLogs(host, session)
  session.record.mode = 'heads'
  const comparison = compareHeads(heads, new Map(logs.map((log) => [logName(log), log])))
  // Who was told our heads asks for what it lacks.
  if (session.hasSentHeads) await feed(host, session, { on: 'compared', comparison, isLast: true })
  else await giveAndAsk(host, session, comparison, lackingThere(whole.value, logs))
  return done
}

/**
 * This side knows both lists, the other only its own: what it lacks is given, forks it does not know are proved, and those it knows are
 * asked for, since it cannot see that they are news here.
 */
async function giveAndAsk(
  host: SessionHost,
  session: PartSession,
  comparison: Comparison,
  lacking: ReturnType<typeof lackingThere>,
): Promise<void> {
  const { strangers, promised, proofs } = comparison
  const asking = { ...comparison, strangers: [...strangers, ...promised], proofs: [...proofs, ...lacking.proofs] }
  await feed(host, session, { on: 'compared', comparison: asking, lacking: lacking.logs, isLast: true })
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
  takeBack(session, 'there', need)
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
  const logs = lacking.map(({ publicKey, logId, seqNum }) => ({
    publicKey,
    logId,
    fromSeq: 1n as SeqNum,
    toSeq: seqNum,
  }))
  await feed(host, session, { on: 'reconciled', lacking: logs, need: [...session.need] })
  const forked = lacking.filter(({ isForked }) => isForked)
  const pairs = forked.length > 0 ? await proofsOf(host.deps, forked) : []
  if (pairs.length > 0) host.say({ type: 'Forks', session: session.state.id, pairs })
}

/** What the other side has and this one lacks. It comes unasked where the other knows how far the logs are here: it was told all heads, or lacks none of them. */
export async function onHeads(host: SessionHost, session: PartSession, message: MessageOf<'Heads'>): Handled {
  if (!isListDue(session)) return unexpected('Heads')
  const logs = message.heads.flatMap(({ publicKey, logs: own }) => own.map((log) => ({ publicKey, ...log })))
  session.pieceCount += logs.length
  if (session.pieceCount > maxListed) return tooLong
  for (const log of logs) session.heights.set(logName(log), log.seqNum)
  const isComing = session.hasSentHeads || session.lacksNothing
  const held = isComing ? new Map<string, HeldLog>() : await heldLogs(host.deps.store, session.view, logs, host.signal)
  const wants = logs.flatMap(({ publicKey, logId, seqNum: toSeq }) => {
    const reached = held.get(logName({ publicKey, logId }))?.seqNum ?? 0n
    return reached >= toSeq ? [] : [{ publicKey, logId, fromSeq: (reached + 1n) as SeqNum, toSeq }]
  })
  const comparison = { ...nothingWanted, wants }
  await feed(host, session, { on: 'compared', comparison, isComing, isLast: !message.hasMore })
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
