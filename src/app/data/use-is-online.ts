import { useSyncExternalStore } from 'react'

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Whether the browser has any network at all; that it leads anywhere is not said. */
export const useIsOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)
