/** Something that can be looked at, and changes. */
export interface Watched {
  /** It may have changed. */
  readonly touch: () => void
  /** Looks now, and again after it was touched, one look at a time, until the signal says stop. */
  readonly watch: (look: () => Promise<void>, signal: AbortSignal) => Promise<void>
}

export function watched(): Watched {
  const watchers = new Set<() => void>()
  return {
    touch: () => {
      for (const watcher of watchers) watcher()
    },
    watch: async (look, signal) => {
      let isTouched = true
      let wake = (): void => undefined
      const touch = (): void => {
        isTouched = true
        wake()
      }
      watchers.add(touch)
      signal.addEventListener('abort', touch, { once: true })
      while (!signal.aborted) {
        isTouched = false
        await look()
        if (!isTouched)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
      watchers.delete(touch)
    },
  }
}
