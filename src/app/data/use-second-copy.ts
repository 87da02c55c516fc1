import { useMemo } from 'react'
import { useNode } from '../../sdk/react/index.ts'
import { useSettings } from '../state/settings.ts'
import { newestThings } from './use-things.ts'
import { useCollections } from './use-collections.tsx'
import { useLives } from './use-lives.ts'
import { useSync } from './use-sync.tsx'

/**
 * Whether anything stands in this browser alone: since when, and how many things at least. `isAll`: everything does; otherwise other devices
 * have some of it. `undefined`: nothing to lose.
 */
export const useOnlyHere = ():
  | { readonly exportedAt: number; readonly changed: number; readonly isAll: boolean }
  | undefined => {
  const node = useNode()
  const { collections } = useCollections()
  const { shared, waiting } = useSync()
  const exportedAt = useSettings((settings) => settings.exportedAt)
  const pages = useLives(
    useMemo(
      () =>
        collections.flatMap(({ schema, group }) =>
          schema === undefined ? [] : [newestThings(node, schema.id, group)],
        ),
      [node, collections],
    ),
  )
  if (collections.length === 0) return undefined
  const elsewhere = new Set(
    shared.flatMap(({ scope, collection }) => (scope.met.length === 0 ? [] : [collection?.schema?.id])),
  )
  const own = collections.filter(({ schema }) => schema === undefined || !elsewhere.has(schema.id))
  const changed = pages.flatMap(({ documents }) =>
    documents.filter(
      ({ id, schemaId, changedAt }) =>
        changedAt > exportedAt &&
        (waiting.ids.has(id) || own.some(({ versions }) => versions.some((one) => one.id === schemaId))),
    ),
  ).length
  const isNewer = changed > 0 || own.some(({ changedAt }) => changedAt > exportedAt)
  return isNewer ? { exportedAt, changed, isAll: own.length === collections.length } : undefined
}
