import type { Clock } from '../../../ports/clock.ts'

/** Names whose supply is remembered. Beyond them the longest unused is forgotten, and begins with a full supply again. */
const maxNames = 10_000

/** A supply per name (an address, a key) that refills all the time up to some seconds' worth. */
export interface Budget {
  /** Takes from the supply of this name, and answers 0; or, where it does not reach, takes nothing and answers in how many seconds it will. */
  readonly take: (name: string, amount: number) => number
}

/**
 * @param perSecond what comes in
 * @param burstSeconds how much of it is kept. An amount larger than all of that may be taken when the supply is full.
 */
export function createBudget(clock: Clock, perSecond: number, burstSeconds: number): Budget {
  const full = perSecond * burstSeconds
  const supplies = new Map<string, { readonly left: number; readonly at: number }>()
  return {
    take: (name, amount) => {
      const now = clock.now()
      const supply = supplies.get(name)
      const left = supply ? Math.min(full, supply.left + (Math.max(0, now - supply.at) / 1000) * perSecond) : full
      const needed = Math.min(amount, full)
      // Put in anew, so that the first of the map is the longest unused.
      supplies.delete(name)
      supplies.set(name, { left: left < needed ? left : left - amount, at: now })
      for (const oldest of supplies.keys()) {
        if (supplies.size <= maxNames) break
        supplies.delete(oldest)
      }
      return left < needed ? Math.max(1, Math.ceil((needed - left) / perSecond)) : 0
    },
  }
}
