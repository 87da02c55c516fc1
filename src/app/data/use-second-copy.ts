import { useMemo } from 'react'
import { useNode } from '../../sdk/react/index.ts'
import { useSettings } from '../state/settings.ts'
import { newestThings } from './use-things.ts'
import { useCollections } from './use-collections.tsx'
import { useLives } from './use-lives.ts'

/** Whether anything stands in this browser alone: since when, and how many things at least. `undefined`: nothing to lose. */
export const useOnlyHere = (): { readonly exportedAt: number; readonly changed: number } | undefined => {
  const node = useNode()
  const { collections } = useCollections()
  const exportedAt = useSettings((settings) => settings.exportedAt)
  const pages = useLives(
    useMemo(
      () => collections.flatMap(({ schema }) => (schema === undefined ? [] : [newestThings(node, schema.id)])),
      [node, collections],
    ),
  )
  if (collections.length === 0) return undefined
  const changed = pages.flatMap(({ documents }) => documents.filter(({ changedAt }) => changedAt > exportedAt)).length
  const isNewer = changed > 0 || collections.some(({ changedAt }) => changedAt > exportedAt)
  return isNewer ? { exportedAt, changed } : undefined
}
