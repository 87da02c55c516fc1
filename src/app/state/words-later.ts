import { useSettings } from './settings.ts'

/** Not now: the card of the recovery words rests for a while. */
export const putWordsAside = (): void => {
  const { set, wordsPutAside } = useSettings.getState()
  set({ wordsPutAside: { times: wordsPutAside.times + 1, at: Date.now() } })
}
