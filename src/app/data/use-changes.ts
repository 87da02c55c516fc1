import { useMemo } from 'react'
import type { DocumentView } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import { type Collection, titleOf } from './collection.ts'
import { useLeaving } from './removal.ts'
import { useCollections } from './use-collections.tsx'
import { useLives } from './use-lives.ts'
import { newestThings, ofGroup } from './use-things.ts'

/** A thing that was made or changed, as this device stored it. */
export interface Changed {
  readonly collection: Collection
  readonly document: DocumentView
  /** Empty where nobody named it. */
  readonly title: string
  readonly isNew: boolean
}

/** What changed lately in all collections, the newest first. `perCollection`: how far back each is read. */
export const useChanges = (perCollection = 12): { readonly changes: readonly Changed[]; readonly hasMore: boolean } => {
  const node = useNode()
  const leaving = useLeaving((state) => state.ids)
  const all = useCollections().collections
  const collections = useMemo(() => all.filter(({ schema }) => schema !== undefined), [all])
  const pages = useLives(
    useMemo(
      () =>
        collections.map(({ schema, group }) =>
          perCollection === 12
            ? newestThings(node, schema!.id, group)
            : node.query(schema!.id, { orderBy: ['-CHANGED_AT'], first: perCollection, ...ofGroup(group) }),
        ),
      [node, collections, perCollection],
    ),
  )
  return useMemo(() => {
    const changes = collections
      .flatMap((collection, at): Changed[] =>
        (pages[at]?.documents ?? [])
          .filter(({ id }) => !leaving.has(id))
          .map((document) => ({
            collection,
            document,
            title: titleOf(collection, document),
            isNew: !document.isEdited,
          })),
      )
      .toSorted((a, b) => b.document.changedAt - a.document.changedAt)
    return { changes, hasMore: pages.some(({ hasNextPage }) => hasNextPage) }
  }, [collections, pages, leaving])
}
