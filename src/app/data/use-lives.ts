import { useMemo, useSyncExternalStore } from 'react'
import type { Live } from '../../sdk/index.ts'
import { joined } from './joined.ts'

/** Several live views read as one list. Pass a memoised list. */
export const useLives = <T>(lives: readonly Live<T>[]): readonly T[] => {
  const store = useMemo(() => joined(lives), [lives])
  return useSyncExternalStore(store.subscribe, store.getState)
}
