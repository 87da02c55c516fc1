import type { PublicKey } from '../../core/ids.ts'
import type { Clock } from '../../ports/clock.ts'

/** A peer that broke a rule is left alone for this long, twice as long each time, up to an hour. */
const firstMs = 30_000
const longestMs = 3_600_000
/** Peers that are remembered so; beyond that those whose time ends first are forgotten. */
const maxPeers = 1_000

/** Who is left alone for a while, by transport key. Forgotten with the engine. */
export interface Penalties {
  /** Until when, or nothing where the peer may connect. */
  readonly until: (peer: PublicKey) => number | undefined
  readonly punish: (peer: PublicKey) => void
  /** It behaved: the next penalty is the first again. */
  readonly forgive: (peer: PublicKey) => void
}

export function createPenalties(clock: Clock): Penalties {
  const penalties = new Map<PublicKey, { readonly until: number; readonly ms: number }>()
  return {
    until: (peer) => {
      const penalty = penalties.get(peer)
      const left = penalty ? penalty.until - clock.now() : 0
      // More than it ever was: somebody set the clock back.
      return penalty && left > 0 && left <= penalty.ms ? penalty.until : undefined
    },
    punish: (peer) => {
      const ms = Math.min(longestMs, (penalties.get(peer)?.ms ?? firstMs / 2) * 2)
      penalties.delete(peer)
      penalties.set(peer, { until: clock.now() + ms, ms })
      const [oldest] = penalties.keys()
      if (penalties.size > maxPeers && oldest) penalties.delete(oldest)
    },
    forgive: (peer) => void penalties.delete(peer),
  }
}
