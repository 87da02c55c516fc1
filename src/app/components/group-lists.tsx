import { lazy, Suspense } from 'react'
import type { DocumentId } from '../../sdk/index.ts'
import type { Collection } from '../data/collection.ts'

// Who is in no group does not carry their words.
const Name = lazy(async () => ({ default: (await import('./in-group.tsx')).GroupName }))

/** Whose lists follow: the name of their group. Nothing over one's own. */
export const Whose = ({
  group,
  className,
}: {
  readonly group: DocumentId | undefined
  readonly className?: string | undefined
}) =>
  group !== undefined && (
    <Suspense fallback={null}>
      <Name id={group} className={className} />
    </Suspense>
  )

/** Collections as they belong together: one's own first, then group by group in the order of their first list. */
export const byGroup = (
  collections: readonly Collection[],
): readonly (readonly [group: DocumentId | undefined, own: readonly Collection[]])[] =>
  [...new Set([undefined, ...collections.map(({ group }) => group)])].map((group) => [
    group,
    collections.filter((collection) => collection.group === group),
  ])
