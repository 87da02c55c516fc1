import type { NodeAddress } from '../../core/meeting/node-address.ts'
import type { Failure } from '../../engine/failure.ts'
import type { SyncHost } from '../../engine/sync/api.ts'
import type { Clock, Random, Transport, TransportKey } from '../../ports/index.ts'
import type { NodeState } from './api.ts'

/** First pause after a connection that did not come about, or broke; doubled each time, with some chance in it. */
const firstPauseMs = 2_000
const longestPauseMs = 5 * 60_000
/** A connection that held for so long counts as good: the next pause is a short one again. */
const goodMs = 60_000
/** For the socket alone; the handshake has a deadline of its own. */
const dialMs = 15_000

export interface DialDeps {
  readonly host: SyncHost
  readonly transport: Transport
  readonly transportKey: TransportKey
  readonly clock: Clock
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
 * Dials a node once and stays connected until it ends. Resolves with the failure that ended it, or with nothing after a goodbye. Rejects
 * with `signal.reason` when aborted.
 */
async function connectOnce(
  { host, transport, transportKey, clock }: DialDeps,
  node: NodeAddress,
  report: (report: DialReport) => void,
  signal: AbortSignal,
): Promise<Failure | undefined> {
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
  const attached = host.attach(channel, { role: 'client', server: node.transportKey }, transportKey)
  signal.addEventListener('abort', attached.close, { once: true })
  report({ state: 'connected', peer: attached.id })
  const failure = await attached.closed
  signal.removeEventListener('abort', attached.close)
  signal.throwIfAborted()
  return failure
}

/**
 * Keeps a connection to a node until the signal says stop: dials, and dials again after a pause that grows with each failure. `nudge`
 * resolves when a pause is to end early: a network came back, or somebody asked.
 *
 * @param isOnce ends after the first attempt that was connected, or failed
 */
export async function dialNode(
  deps: DialDeps,
  node: NodeAddress,
  {
    report,
    nudge,
    isOnce,
  }: {
    readonly report: (report: DialReport) => void
    readonly nudge: (signal: AbortSignal) => Promise<void>
    readonly isOnce: boolean
  },
  signal: AbortSignal,
): Promise<void> {
  let pauseMs = firstPauseMs
  for (;;) {
    const startedAt = deps.clock.now()
    const failure = await connectOnce(deps, node, report, signal)
    if (isOnce) return report({ state: 'off', ...(failure && { failure }) })
    if (deps.clock.now() - startedAt >= goodMs) pauseMs = firstPauseMs
    const now = deps.clock.now()
    const nextAt = Math.max(
      now + withChance(pauseMs, deps.random),
      failure?.code === 'sync/backing-off' ? failure.until : 0,
    )
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    report({ state: 'waiting', nextAt, ...(failure && { failure }) })
    const woken = new AbortController()
    const waiting = AbortSignal.any([signal, woken.signal])
    await Promise.race([deps.clock.sleep(nextAt - now, waiting), nudge(woken.signal)]).finally(() => woken.abort())
  }
}
