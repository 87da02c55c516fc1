import { useSyncExternalStore } from 'react'

let now = Date.now()

const subscribe = (listener: () => void): (() => void) => {
  const tick = (): void => {
    now = Date.now()
    listener()
  }
  const timer = setInterval(tick, 60_000)
  document.addEventListener('visibilitychange', tick)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  }
}

/** The time, about to the minute: for greetings and "yesterday". Redraws once a minute and when somebody comes back to the tab. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)
