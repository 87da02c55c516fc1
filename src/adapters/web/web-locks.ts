import type { Locks } from '../../ports/index.ts'

/** Web Locks: one holder among all tabs and workers of this origin, let go also when the holder dies. */
export const webLocks = (manager: LockManager): Locks => ({
  hold: async (name, body, signal) => await manager.request(name, { signal }, body),
})
