import { useMemo } from 'react'
import { useNode, usePerson } from '../../sdk/react/index.ts'
import { useNow } from '../state/now.ts'
import { useSettings } from '../state/settings.ts'
import { mayAskForWords } from '../state/words-due.ts'
import { useCollections } from './use-collections.tsx'
import { useLives } from './use-lives.ts'
import { useSync } from './use-sync.tsx'
import { newestThings } from './use-things.ts'

/** So many things somebody has kept before they are asked to take care of who they are. */
const enough = 10

/** Whether this device holds recovery words, and nobody put them aside lately: time to ask before something is shared. */
export const useMayAskForWords = (): boolean => {
  const { person } = usePerson()
  const putAside = useSettings((settings) => settings.wordsPutAside)
  const now = useNow()
  return person?.hasWords === true && mayAskForWords(putAside, now)
}

/** Whether the words are due on Home: once there is enough to lose, or others come in. */
export const useAreWordsDue = (): boolean => {
  const mayAsk = useMayAskForWords()
  const { publicKey } = useNode()
  const { shared } = useSync()
  const pages = useNewest()
  // Of each collection the newest dozen is enough to see: where others fill it, it is shared.
  const own = pages.flatMap(({ documents }) => documents.filter(({ owner }) => owner === publicKey)).length
  return mayAsk && (shared.length > 0 || own >= enough)
}

const useNewest = () => {
  const node = useNode()
  const { collections } = useCollections()
  return useLives(
    useMemo(
      () =>
        collections.flatMap(({ schema, group }) =>
          schema === undefined ? [] : [newestThings(node, schema.id, group)],
        ),
      [node, collections],
    ),
  )
}
