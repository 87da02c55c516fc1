import type { Clock } from '../../ports/clock.ts'

const minuteMs = 60_000

/** So many in each minute, or other period, by name. */
export interface Allowance {
  /** One more; `false`: there were enough. */
  readonly take: (name: string) => boolean
}

/** Counts by the periods of the clock, so that nothing is kept of names that have gone quiet. @param limit of each name */
export function createAllowance(clock: Clock, limit: number, periodMs = minuteMs): Allowance {
  let period = NaN
  const counts = new Map<string, number>()
  return {
    take: (name) => {
      const now = Math.trunc(clock.now() / periodMs)
      if (now !== period) counts.clear()
      period = now
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      return count <= limit
    },
  }
}
