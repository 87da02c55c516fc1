import { earlyBytesPerSecond, maxEarlyBurst } from '../../core/limits.ts'
import type { Clock } from '../../ports/clock.ts'

/**
 * Entries that wait for something may wait for ever, and anybody can make one. So their bytes are taken from a supply that refills slowly:
 * enough for a device that sends a day's work out of order, too little to fill a disk with.
 */
export interface EarlyRoom {
  /** Takes so many bytes, or says that there are not as many left. */
  readonly take: (bytes: number) => boolean
}

export function createEarlyRoom(clock: Clock): EarlyRoom {
  let left = maxEarlyBurst
  let since = clock.now()
  return {
    take: (bytes) => {
      const now = clock.now()
      left = Math.min(maxEarlyBurst, left + (Math.max(0, now - since) / 1000) * earlyBytesPerSecond)
      since = now
      if (bytes > left) return false
      left -= bytes
      return true
    },
  }
}
