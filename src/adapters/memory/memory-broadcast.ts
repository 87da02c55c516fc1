import type { Broadcast } from '../../ports/broadcast.ts'

type Listener = (message: unknown) => void

/** Gives each caller its own end of one channel: what one posts, all others hear, a turn later and as a copy. */
export const memoryBroadcastHub = (): (() => Broadcast) => {
  const ends = new Set<Set<Listener>>()
  return () => {
    const own = new Set<Listener>()
    ends.add(own)
    return {
      post: (message) => {
        for (const end of ends) {
          if (end === own) continue
          const copy = structuredClone(message)
          queueMicrotask(() => {
            for (const listener of end) listener(copy)
          })
        }
      },
      subscribe: (listener) => {
        own.add(listener)
        return () => void own.delete(listener)
      },
    }
  }
}
