/**
 * Whether a person can see what this engine does. What only keeps others informed is said less often when nobody can, and at whole minutes, so
 * that a device wakes once for all of it.
 */
export interface Attention {
  readonly isVisible: () => boolean
  readonly set: (isVisible: boolean) => void
  /** Called after each change. Returns the function that ends the subscription. */
  readonly subscribe: (listener: () => void) => () => void
}

/** Somebody can see it, until it is said otherwise. */
export function createAttention(): Attention {
  const listeners = new Set<() => void>()
  let isVisible = true
  return {
    isVisible: () => isVisible,
    set: (now) => {
      if (now === isVisible) return
      isVisible = now
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const minuteMs = 60_000

/** The first whole minute at or after a moment, in milliseconds since the Unix epoch. */
export const wholeMinute = (at: number): number => Math.ceil(at / minuteMs) * minuteMs
