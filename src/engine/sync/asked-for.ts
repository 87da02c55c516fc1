import type { Clock } from '../../ports/clock.ts'

/** Whoever was asked has so long to bring a log, before somebody else is. */
const patienceMs = 10 * 60_000
/** Logs that are remembered as asked for. */
const maxAsked = 10_000

/** Which logs a peer was asked for, over all connections: what comes live from several sides is fetched from one. */
export interface AskedFor {
  /**
   * `false`: somebody else was asked, and is bringing it.
   *
   * @param isBringing whether it may still come from whoever is asked now
   */
  readonly take: (log: string, isBringing: () => boolean) => boolean
}

export function createAskedFor(clock: Clock): AskedFor {
  const asked = new Map<string, { readonly at: number; readonly isBringing: () => boolean }>()
  return {
    take: (log, isBringing) => {
      const now = clock.now()
      const before = asked.get(log)
      if (before?.isBringing() && Math.abs(now - before.at) < patienceMs) return false
      asked.delete(log)
      asked.set(log, { at: now, isBringing })
      const [oldest] = asked.keys()
      if (asked.size > maxAsked && oldest !== undefined) asked.delete(oldest)
      return true
    },
  }
}
