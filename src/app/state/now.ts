import { useSyncExternalStore } from 'react'

let now = Date.now()
const tick = (): number => {
  now = Date.now()
  return now
}

/** The time, to the minute: for greetings and "yesterday". Redraws once a minute and when somebody comes back to the tab. */
export const useNow = (): number =>
  useSyncExternalStore(
    (listener) => {
      const onTick = (): void => {
        tick()
        listener()
      }
      tick()
      const timer = setInterval(onTick, 60_000)
      document.addEventListener('visibilitychange', onTick)
      return () => {
        clearInterval(timer)
        document.removeEventListener('visibilitychange', onTick)
      }
    },
    () => now,
  )
