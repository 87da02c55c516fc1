import type { Clock } from '../../ports/clock.ts'

const minuteMs = 60_000

/** So many in each minute, by name. */
export interface Allowance {
  /** One more; `false`: there were enough. */
  readonly take: (name: string) => boolean
}

/** Counts by the minutes of the clock, so that nothing is kept of names that have gone quiet. @param perMinute of each name */
export function createAllowance(clock: Clock, perMinute: number): Allowance {
  let minute = NaN
  const counts = new Map<string, number>()
  return {
    take: (name) => {
      const now = Math.trunc(clock.now() / minuteMs)
      if (now !== minute) counts.clear()
      minute = now
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      return count <= perMinute
    },
  }
}
