import type { Clock } from '../../ports/clock.ts'
import { type Attention, wholeMinute } from '../attention.ts'
import type { Failure } from '../failure.ts'
import { createAlarm } from './alarm.ts'

/** Time for the Hello, from the end of the handshake (sync.md §2). */
const helloMs = 10_000
/** A beat is said after this long of saying nothing; who is silent for that long is gone. More often would cost more than 10 KB an hour. */
const beatMs = 30_000
const silenceMs = 90_000
/** While nobody looks a beat waits for the whole minute after this much silence: 80 seconds at most, so that nobody takes us for gone. */
const hiddenBeatMs = 20_000
/** What happened is looked after this much later. */
const tickMs = 1_000

/** The connection whose time is kept. */
export interface Timed {
  readonly hasHello: () => boolean
  readonly lastSaidAt: () => number
  readonly beat: () => void
  /** Something happened lately. Resolves with whether more is to be looked after. */
  readonly tick: () => Promise<boolean>
  readonly stop: (failure: Failure) => void
}

export interface TimeKeeper {
  /** Something happened: a second later it is time to look how sessions stand. */
  readonly stir: () => void
  /** The peer was heard. */
  readonly heard: () => void
}

/**
 * Keeps the time of a connection until `life` is over: late Hellos, silence, beats, and where live sessions stand. Sleeps until there is
 * something to do: a connection on which nothing happens wakes for its beats.
 */
export function keepTime(clock: Clock, attention: Attention, timed: Timed, life: AbortSignal): TimeKeeper {
  const alarm = createAlarm(clock, life)
  let startedAt = clock.now()
  let heardAt = startedAt
  let saidAt = timed.lastSaidAt()
  /** As it was told when `saidAt` was taken from it. */
  let toldSaidAt = saidAt
  let stirredAt: number | undefined

  const stir = (): void => {
    if (stirredAt !== undefined) return
    stirredAt = clock.now()
    alarm.ring()
  }
  /** A clock that was set back: time is counted from there. */
  const notAhead = (now: number): void => {
    if (timed.lastSaidAt() !== toldSaidAt) saidAt = toldSaidAt = timed.lastSaidAt()
    startedAt = Math.min(startedAt, now)
    heardAt = Math.min(heardAt, now)
    saidAt = Math.min(saidAt, now)
    if (stirredAt !== undefined) stirredAt = Math.min(stirredAt, now)
  }
  const beatAt = (): number => (attention.isVisible() ? saidAt + beatMs : wholeMinute(saidAt + hiddenBeatMs))
  const goneAt = (): number => (attention.isVisible() ? heardAt + silenceMs : wholeMinute(heardAt + silenceMs))

  const run = async (): Promise<void> => {
    for (;;) {
      const now = clock.now()
      notAhead(now)
      if (!timed.hasHello() && now - startedAt >= helloMs) return timed.stop({ code: 'sync/hello-late' })
      if (now >= goneAt()) return timed.stop({ code: 'sync/silent', ms: silenceMs })
      if (timed.hasHello() && now >= beatAt()) timed.beat()
      if (stirredAt !== undefined && now >= stirredAt + tickMs) {
        stirredAt = undefined
        if (await timed.tick()) stir()
      }
      notAhead(clock.now())
      const next = timed.hasHello() ? beatAt() : startedAt + helloMs
      await alarm.until(Math.min(next, goneAt(), stirredAt === undefined ? Infinity : stirredAt + tickMs))
    }
  }
  const unsubscribe = attention.subscribe(alarm.ring)
  run()
    // Only the end of its life rejects it.
    .catch(() => undefined)
    .finally(unsubscribe)
  return {
    stir,
    heard: () => {
      heardAt = clock.now()
    },
  }
}
