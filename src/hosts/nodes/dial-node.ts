import { encodeUtf8 } from '../../core/bytes/utf8.ts'
import type { NodeAddress } from '../../core/meeting/node-address.ts'
import type { Failure } from '../../engine/failure.ts'
import type { SyncHost } from '../../engine/sync/api.ts'
import type { Random, Transport, TransportKey } from '../../ports/index.ts'
import type { NodeState } from './api.ts'
import { type EvenDeps, untilEven } from './until-even.ts'

/** First pause after a connection that did not come about, or broke; doubled each time, with some chance in it. */
const firstPauseMs = 2_000
const longestPauseMs = 5 * 60_000
/** A connection that held for so long counts as good: the next pause is a short one again. */
const goodMs = 60_000
/** For the socket alone; the handshake has a deadline of its own. */
const dialMs = 15_000
/** Where data or battery are short: from one short connection to the next. What is written here does not wait for it, but goes by the outbox. */
const betweenBurstsMs = 15 * 60_000

/** Where a node is, and what it wants to hear. */
type DialledNode = NodeAddress & { readonly token?: string }

export interface DialDeps extends EvenDeps {
  readonly host: SyncHost
  readonly transport: Transport
  readonly transportKey: TransportKey
  readonly random: Random
}

/** What is told while a node is dialled, and dialled again. */
export interface DialReport {
  readonly state: NodeState
  /** Number of the connection in the engine, while there is one. */
  readonly peer?: number
  readonly failure?: Failure
  readonly nextAt?: number
}

/** Half to one and a half of the pause, so that not everybody whom a node lost comes back at once. */
const withChance = (ms: number, random: Random): number => Math.round(ms * (0.5 + (random.bytes(1)[0] ?? 0) / 255))

const failureOf = (thrown: unknown): Failure | undefined =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? (thrown as Failure) : undefined

/**
 * Dials a node once and stays connected until it ends, or in a burst until both sides have the same. Resolves with the failure that ended it,
 * or with nothing after a goodbye. Rejects with `signal.reason` when aborted.
 */
async function connectOnce(
  deps: DialDeps,
  node: DialledNode,
  { report, isBurst }: Pick<Dialling, 'report' | 'isBurst'>,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const { host, transport, transportKey, clock } = deps
  report({ state: 'dialling' })
  const opened = new AbortController()
  const late: Failure = { code: 'dial/unreachable', address: node.address }
  const limit = new AbortController()
  clock.sleep(dialMs, AbortSignal.any([signal, opened.signal])).then(
    () => limit.abort(late),
    () => undefined,
  )
  const channel = await transport
    .dial(node.address, AbortSignal.any([signal, limit.signal]))
    .catch((thrown: unknown) => {
      signal.throwIfAborted()
      const failure = failureOf(thrown)
      if (failure) return failure
      throw thrown
    })
  opened.abort()
  if ('code' in channel) return channel
  const introduction = node.token === undefined ? {} : { token: encodeUtf8(node.token) }
  const attached = host.attach(channel, { role: 'client', server: node.transportKey }, transportKey, introduction)
  signal.addEventListener('abort', attached.close, { once: true })
  report({ state: 'connected', peer: attached.id })
  const over = new AbortController()
  if (isBurst)
    untilEven(deps, attached.id, AbortSignal.any([signal, over.signal])).then(attached.close, () => undefined)
  const failure = await attached.closed
  over.abort()
  signal.removeEventListener('abort', attached.close)
  signal.throwIfAborted()
  return failure
}

/** How a node is dialled. */
export interface Dialling {
  readonly report: (report: DialReport) => void
  /** Resolves when a pause is to end early: a network came back, or somebody asked. */
  readonly nudge: (signal: AbortSignal) => Promise<void>
  /** Ends after the first attempt that was connected, or failed. */
  readonly isOnce: boolean
  /** Connects now and then, compares, and lets go, instead of staying connected. */
  readonly isBurst: boolean
}

/** Keeps a connection to a node until the signal says stop: dials, and dials again after a pause that grows with each failure. */
export async function dialNode(
  deps: DialDeps,
  node: DialledNode,
  dialling: Dialling,
  signal: AbortSignal,
): Promise<void> {
  const { report, nudge, isOnce, isBurst } = dialling
  let pauseMs = firstPauseMs
  for (;;) {
    const startedAt = deps.clock.now()
    const failure = await connectOnce(deps, node, dialling, signal)
    if (isOnce) return report({ state: 'off', ...(failure && { failure }) })
    const isDone = isBurst && !failure
    if (isDone || deps.clock.now() - startedAt >= goodMs) pauseMs = firstPauseMs
    const now = deps.clock.now()
    const nextAt = Math.max(
      now + withChance(isDone ? betweenBurstsMs : pauseMs, deps.random),
      failure?.code === 'sync/backing-off' ? failure.until : 0,
    )
    if (!isDone) pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    report({ state: isDone ? 'resting' : 'waiting', nextAt, ...(failure && { failure }) })
    const woken = new AbortController()
    const waiting = AbortSignal.any([signal, woken.signal])
    await Promise.race([deps.clock.sleep(nextAt - now, waiting), nudge(woken.signal)]).finally(() => woken.abort())
  }
}
