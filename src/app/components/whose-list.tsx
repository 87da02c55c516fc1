import { lazy, Suspense } from 'react'
import type { Collection } from '../data/collection.ts'

// Who is in no group does not carry its words.
const InGroup = lazy(async () => ({ default: (await import('./in-group.tsx')).InGroup }))

/** Over a list of a group: whose it is, and why one may not do everything in it. Nothing over one's own. */
export const WhoseList = ({ of: { group } }: { readonly of: Pick<Collection, 'group'> }) =>
  group !== undefined && (
    <Suspense fallback={null}>
      <InGroup id={group} />
    </Suspense>
  )
