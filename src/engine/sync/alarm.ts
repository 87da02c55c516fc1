import type { Clock } from '../../ports/clock.ts'

/** A sleep that ends early when something happens. */
export interface Alarm {
  /** Resolves at that moment (milliseconds since the Unix epoch), or when it rang since the last time. Rejects when `life` is over. */
  readonly until: (at: number) => Promise<void>
  readonly ring: () => void
}

export function createAlarm(clock: Clock, life: AbortSignal): Alarm {
  let rung = new AbortController()
  return {
    until: async (at) => {
      const { signal } = rung
      await clock.sleep(Math.max(0, at - clock.now()), AbortSignal.any([life, signal])).catch(() => undefined)
      life.throwIfAborted()
      if (signal.aborted) rung = new AbortController()
    },
    ring: () => rung.abort(),
  }
}
