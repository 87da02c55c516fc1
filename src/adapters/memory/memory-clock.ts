import type { Clock } from '../../ports/clock.ts'

interface Sleeper {
  readonly wakesAt: number
  readonly wake: () => void
}

/** A clock that stands still until somebody moves it. */
export interface MemoryClock extends Clock {
  /** Moves time forward and wakes, in order of their time, those whose time has come. Each sees its own moment as `now()`. */
  readonly advance: (ms: number) => Promise<void>
  /** Sets the time without waking anybody, as a person does who sets the clock of a phone. */
  readonly set: (ms: number) => void
}

/** Lets everything that waits for a resolved promise run, so that a woken sleeper can go to sleep again. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

/** @param start milliseconds since the Unix epoch */
export const memoryClock = (start = 1_700_000_000_000): MemoryClock => {
  let now = start
  const sleepers: Sleeper[] = []
  const lie = (sleeper: Sleeper): void => {
    const after = sleepers.findIndex((other) => other.wakesAt > sleeper.wakesAt)
    sleepers.splice(after < 0 ? sleepers.length : after, 0, sleeper)
  }
  const rise = (sleeper: Sleeper): void => {
    const at = sleepers.indexOf(sleeper)
    if (at >= 0) sleepers.splice(at, 1)
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const abort = (): void => {
          rise(sleeper)
          reject(signal.reason)
        }
        const sleeper: Sleeper = {
          wakesAt: now + ms,
          wake: () => {
            signal.removeEventListener('abort', abort)
            resolve()
          },
        }
        signal.addEventListener('abort', abort, { once: true })
        lie(sleeper)
      }),
    advance: async (ms) => {
      const until = now + ms
      for (let next = sleepers[0]; next !== undefined && next.wakesAt <= until; next = sleepers[0]) {
        rise(next)
        now = Math.max(now, next.wakesAt)
        next.wake()
        await settle()
      }
      now = until
    },
    set: (ms) => {
      now = ms
    },
  }
}
