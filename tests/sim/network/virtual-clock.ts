import type { Clock } from '../../../src/ports/clock.ts'

/** A moment at which something happens; `id` keeps those of one moment in the order in which they were asked for. */
interface Timer {
  readonly at: number
  readonly id: number
  readonly fire: () => void
}

/** The time of the whole world: it stands still while anybody has something to do, and then jumps to the next moment somebody waits for. */
export interface VirtualClock {
  readonly now: () => number
  /** Calls back after `ms`; what it returns calls it off. */
  readonly later: (ms: number, fire: () => void) => () => void
  /** Lets everybody finish what they do, moment by moment, for `ms` from now. `between` runs after each moment, when all is quiet. */
  readonly run: (ms: number, between?: () => void) => Promise<void>
  /** A device's own clock: off by so much, as far as it says what time it is; what it waits for takes as long as for everybody. */
  readonly seenBy: (skewMs: () => number) => Clock
}

const start = 1_700_000_000_000

/** All promises that can be fulfilled are, after this turn: nothing in a simulated world waits for anything but promises and this clock. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function virtualClock(): VirtualClock {
  let now = start
  let count = 0
  const timers: Timer[] = []
  const later: VirtualClock['later'] = (ms, fire) => {
    const timer: Timer = { at: now + Math.max(0, ms), id: count++, fire }
    const after = timers.findIndex(({ at }) => at > timer.at)
    timers.splice(after < 0 ? timers.length : after, 0, timer)
    return () => {
      const at = timers.indexOf(timer)
      if (at >= 0) timers.splice(at, 1)
    }
  }
  return {
    now: () => now,
    later,
    run: async (ms, between) => {
      const until = now + ms
      for (;;) {
        await quiet()
        between?.()
        const next = timers[0]
        if (!next || next.at > until) break
        now = next.at
        // All of one moment, before anybody answers.
        while (timers[0] && timers[0].at <= now) timers.shift()!.fire()
      }
      now = until
    },
    seenBy: (skewMs) => ({
      now: () => now + skewMs(),
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          signal.throwIfAborted()
          const abort = (): void => {
            callOff()
            reject(signal.reason)
          }
          const callOff = later(ms, () => {
            signal.removeEventListener('abort', abort)
            resolve()
          })
          signal.addEventListener('abort', abort, { once: true })
        }),
    }),
  }
}
