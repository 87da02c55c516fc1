import type { Live } from '../../sdk/index.ts'

/** What `useSyncExternalStore` reads, over several live views: the same list until one of them changed. */
export const joined = <T>(lives: readonly Live<T>[]) => {
  let last: readonly T[] = lives.map((live) => live.getState())
  return {
    getState: (): readonly T[] => {
      const next = lives.map((live) => live.getState())
      if (next.some((state, at) => state !== last[at])) last = next
      return last
    },
    subscribe: (listener: () => void) => {
      const ends = lives.map((live) => live.subscribe(listener))
      return () => ends.forEach((end) => end())
    },
  }
}
