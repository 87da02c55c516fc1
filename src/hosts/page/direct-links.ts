import { webClock } from '../../adapters/web/web-clock.ts'
import { webLog } from '../../adapters/web/web-log.ts'
import { webRandom } from '../../adapters/web/web-random.ts'
import type { ConnectionBlob } from '../../core/meeting/blob.ts'
import { type DirectEffect, type DirectInput, noDirectLinks, stepDirectLinks } from '../../core/meeting/direct-links.ts'
import {
  type AttemptId,
  decodeDirectSignal,
  encodeDirectSignal,
  toAttemptId,
} from '../../core/meeting/direct-signal.ts'
import type { PublicKey } from '../../core/ids.ts'
import type { DirectApi, DirectNews } from '../direct/api.ts'
import { type Line, type LineOptions, openLine } from './rtc-line.ts'
import { keepLink } from './rtc-link.ts'

export interface KeptDirectLinks {
  readonly take: (news: DirectNews) => void
  readonly close: () => void
}

/** A connection on its way. */
interface Attempt {
  readonly key: PublicKey
  line?: Line
  isOver: boolean
}

const lookEveryMs = 1_000

/**
 * Makes and keeps the direct links of this page, as `stepDirectLinks` says: a connection for each attempt, its blob as a signal, and once
 * it is open, a link that the engine speaks through.
 */
export function keepDirectLinks(
  options: LineOptions,
  own: PublicKey,
  sendSignal: DirectApi['sendSignal'],
): KeptDirectLinks {
  let state = noDirectLinks(own)
  let timer: ReturnType<typeof setTimeout> | undefined
  const attempts = new Map<AttemptId, Attempt>()
  const links = new Map<PublicKey, AbortController>()

  const step = (input: DirectInput): void => {
    const moment = { now: webClock.now(), freshId: toAttemptId(webRandom.bytes(8)) }
    const [next, effects] = stepDirectLinks(state, input, moment)
    state = next
    for (const effect of effects) begin(effect)
    clearTimeout(timer)
    const isWaiting = [...state.peers.values()].some(({ attempt, offerAt }) => attempt ?? offerAt !== undefined)
    timer = isWaiting ? setTimeout(() => step({ on: 'tick' }), lookEveryMs) : undefined
  }
  const drop = (id: AttemptId): void => {
    const attempt = attempts.get(id)
    if (!attempt) return
    attempts.delete(id)
    attempt.isOver = true
    attempt.line?.connection.close()
    attempt.line?.handed.end()
  }
  const failed = ({ key, id }: DirectEffect): void => {
    if (!attempts.has(id)) return
    drop(id)
    step({ on: 'failed', key, id })
  }
  const begin = (effect: DirectEffect): void => {
    if (effect.do === 'drop') return drop(effect.id)
    act(effect).catch((thrown: unknown) => {
      webLog.warn('A direct connection did not come about', { thrown })
      failed(effect)
    })
  }
  const act = async (effect: Exclude<DirectEffect, { readonly do: 'drop' }>): Promise<void> => {
    const { id, key } = effect
    if (effect.do === 'connect') {
      const line = attempts.get(id)?.line
      return line && connect(effect, line, effect.blob)
    }
    const attempt: Attempt = { key, isOver: false }
    attempts.set(id, attempt)
    const opened = await openLine(options)
    if (!opened.ok) return failed(effect)
    attempt.line = opened.value
    const { connection, handed } = opened.value
    if (attempt.isOver) {
      connection.close()
      return handed.end()
    }
    if (effect.do === 'answer') await connect(effect, opened.value, effect.blob)
    await sendSignal(key, encodeDirectSignal({ kind: effect.do, id, blob: connection.blob() }))
  }

  const connect = async (effect: DirectEffect, line: Line, blob: ConnectionBlob): Promise<void> => {
    const { key, id } = effect
    const setup = await line.connection.connect(blob)
    if (!setup.ok) return failed(effect)
    const role = setup.value === 'active' ? 'client' : 'server'
    const look = (): void => {
      const rtc = line.connection.state()
      if (rtc === 'failed' || rtc === 'closed') failed(effect)
      if (rtc !== 'open' || !attempts.delete(id)) return
      unsubscribe()
      step({ on: 'opened', key, id })
      void keep(line, { role, transportKey: key, inviteSecret: null }, id)
    }
    const unsubscribe = line.connection.subscribe(look)
    look()
  }
  /** Keeps a link until it is over. One to the same device that was there before is worth nothing any more: the other side had lost it. */
  const keep = async (line: Line, met: Parameters<typeof keepLink>[1], id: AttemptId): Promise<void> => {
    const { transportKey: key } = met
    const end = new AbortController()
    links.get(key)?.abort()
    links.set(key, end)
    // Another is looked for while those on standby are tried.
    const onFailed = (): void => step({ on: 'left', key, isLost: true })
    await keepLink(line, met, options, webClock, end.signal, onFailed)
    if (links.get(key) === end) links.delete(key)
    // Where the two never came to know each other; else it is another attempt by now.
    step({ on: 'failed', key, id })
  }
  const endAll = (): void => {
    for (const id of attempts.keys()) drop(id)
    for (const end of links.values()) end.abort()
    state = noDirectLinks(own)
    clearTimeout(timer)
  }
  const onSignal = (key: PublicKey, plain: Uint8Array): void => {
    const signal = decodeDirectSignal(plain)
    if (signal.ok) step({ on: signal.value.kind, key, id: signal.value.id, blob: signal.value.blob })
  }

  return {
    take: (news) => {
      if (news.say === 'off') return endAll()
      if (news.say === 'signal') return onSignal(news.key, news.plain)
      step(news.say === 'left' ? { on: 'left', key: news.key, isLost: news.isLost } : { on: news.say, key: news.key })
    },
    close: endAll,
  }
}
