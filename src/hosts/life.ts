/**
 * How one thread learns that another died: the other holds a Web Lock as long as it lives, and nothing but its end lets go of it,
 * also when the browser killed it without a word. No heartbeat, no timers, no false alarm while it is busy.
 */

/** Holds the lock of this life until the thread ends. Resolves when it is held. */
export const beginLife = (locks: LockManager, life: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const untilTheEnd = (): Promise<never> => {
      resolve()
      return new Promise<never>(() => undefined)
    }
    locks.request(life, untilTheEnd).catch(reject)
  })

/** Resolves with `true` when that life, begun before, is over; with `false` when the signal said not to wait any longer. */
export const endOfLife = async (locks: LockManager, life: string, signal: AbortSignal): Promise<boolean> => {
  try {
    return await locks.request(life, { signal }, () => true)
  } catch {
    return false
  }
}
