import { maxOutboxRows } from '../../core/limits.ts'
import type { Clock, Http, HttpAnswer, Random, Store } from '../../ports/index.ts'
import { type Judged, judge } from './client.ts'
import { type Pause, endPause, putPause, readPause, readRefused } from './notes.ts'
import { planRows } from './plan.ts'
import { type OutboxTarget, readTargets } from './targets.ts'
import { type Turn, publishTurn } from './turn.ts'

export interface DrainDeps {
  readonly store: Store
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  /** Called when rows left the outbox, or were refused. */
  readonly onProgress: () => void
}

/**
 * Why it is drained now. `tick`: time went by; a node that is to be left alone for a while is. `woken`: a network came back, or something new
 * waits; pauses end. `asked`: a person said so, also where nodes are called by nobody else.
 */
export type DrainReason = 'tick' | 'woken' | 'asked'

/** First pause after a failure; doubled each time, with some chance in it. */
const firstPauseMs = 5_000
const longestPauseMs = 60 * 60_000
/** For one request; fifty entries take a small node some seconds. */
const answerMs = 30_000
/** How often, and after what time, those are tried again that wait for something which has just been sent: nodes need a moment for schemas. */
const settleMs = [500, 2_000, 5_000]

/**
 * Sends what waits to the nodes it waits for, all nodes at once, until nothing is left that can go on. Whoever calls it holds the lock of the
 * outbox. Resolves with whether a node could not be reached, or asked for time: then it is to be drained again later.
 */
export async function drainOutbox(
  deps: DrainDeps,
  reason: DrainReason,
  signal: AbortSignal,
): Promise<{ readonly isLate: boolean }> {
  const { all, isAskedOnly } = await readTargets(deps.store)
  if (isAskedOnly && reason !== 'asked') return { isLate: false }
  const open = all.filter(({ isPaused }) => !isPaused)
  const late = await Promise.all(open.map((target) => drainTarget(deps, target, reason, signal)))
  return { isLate: late.includes(true) }
}

/** Resolves with whether it broke off. */
async function drainTarget(
  deps: DrainDeps,
  target: OutboxTarget,
  reason: DrainReason,
  signal: AbortSignal,
): Promise<boolean> {
  const { store, clock } = deps
  const pause = await readPause(store, target.id)
  if (pause && reason === 'tick' && pause.nextAt > clock.now()) return true
  let hasSent = false
  for (let quiet = 0; ;) {
    const rows = await openRows(deps, target)
    if (rows.length === 0) break
    const turn = await publishTurn(turnOf(deps, target, signal), rows)
    hasSent ||= turn.hasSent
    if (turn.later) {
      await rest(deps, target.id, hasSent ? undefined : pause, turn.later)
      return true
    }
    if (turn.hasSent) quiet = 0
    else if (!turn.waits) break
    else if (!hasSent || quiet >= settleMs.length) {
      await rest(deps, target.id, hasSent ? undefined : pause, { said: turn.waits })
      return false
    } else await clock.sleep(settleMs[quiet++] ?? 0, signal)
  }
  if (pause) await store.commit([endPause(target.id)], [])
  return false
}

/** What can be sent: not what was refused, nor what stands behind it in its log. */
async function openRows({ store }: DrainDeps, { id: target }: OutboxTarget) {
  const ids = await store.outbox(target, maxOutboxRows)
  if (ids.length === 0) return []
  const { rows, gone } = await planRows(store, ids)
  if (gone.length > 0) await store.commit([{ delete: 'outbox', target, ids: gone }], [])
  const refused = new Set((await readRefused(store, target)).map(({ id }) => id))
  const stopped = new Set<string>()
  return rows.filter(({ id, log }) => {
    if (refused.has(id)) stopped.add(log)
    return !stopped.has(log)
  })
}

/** Half to one and a half of the pause, so that not everybody whom a node lost comes back at once. */
const withChance = (ms: number, random: Random): number => Math.round(ms * (0.5 + (random.bytes(1)[0] ?? 0) / 255))

/** Leaves a target alone for a while. */
async function rest(
  { store, clock, random, onProgress }: DrainDeps,
  target: string,
  before: Pause | undefined,
  { said, retryAfterMs = 0 }: { readonly said: string; readonly retryAfterMs?: number },
): Promise<void> {
  const attempts = (before?.attempts ?? 0) + 1
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(attempts - 1, 20), longestPauseMs)
  const nextAt = Math.trunc(clock.now()) + Math.max(withChance(pauseMs, random), retryAfterMs)
  await store.commit([putPause(target, { attempts, nextAt, said })], [])
  onProgress()
}

const turnOf = (deps: DrainDeps, target: OutboxTarget, signal: AbortSignal): Turn => ({
  store: deps.store,
  clock: deps.clock,
  target: target.id,
  onProgress: deps.onProgress,
  ask: (body, fields) => ask(deps, target.url, body, fields, signal),
  signal,
})

/** One request, within its time. */
async function ask(
  { http, clock }: DrainDeps,
  url: string,
  body: string,
  fields: number,
  signal: AbortSignal,
): Promise<Judged> {
  signal.throwIfAborted()
  const over = new AbortController()
  const late = new AbortController()
  clock.sleep(answerMs, AbortSignal.any([signal, over.signal])).then(
    () => late.abort(),
    () => undefined,
  )
  let answer: HttpAnswer
  try {
    answer = await http.post(url, body, AbortSignal.any([signal, late.signal]))
  } catch {
    signal.throwIfAborted()
    return { is: 'later', said: late.signal.aborted ? 'It did not answer in time' : 'It could not be reached' }
  } finally {
    over.abort()
  }
  return judge(answer, fields)
}
