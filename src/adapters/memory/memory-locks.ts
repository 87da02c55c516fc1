import type { Locks } from '../../ports/locks.ts'

/** Locks among everything that was given this one object. First come, first served. */
export const memoryLocks = (): Locks => {
  /** Those who wait, per name that is held. */
  const waiting = new Map<string, (() => void)[]>()

  const take = (name: string, signal: AbortSignal): Promise<void> => {
    const queue = waiting.get(name)
    if (queue === undefined) {
      waiting.set(name, [])
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        queue.splice(queue.indexOf(enter), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      queue.push(enter)
    })
  }
  const letGo = (name: string): void => {
    const next = waiting.get(name)?.shift()
    if (next === undefined) waiting.delete(name)
    else next()
  }

  return {
    hold: async (name, body, signal) => {
      signal.throwIfAborted()
      await take(name, signal)
      try {
        return await body()
      } finally {
        letGo(name)
      }
    },
  }
}
