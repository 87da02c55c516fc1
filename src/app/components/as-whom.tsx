import { lazy, Suspense } from 'react'
import { useHasOthers } from '../state/identities.ts'

const AsLine = lazy(async () => ({ default: (await import('./as-line.tsx')).AsLine }))

/** Over what one writes: as whom, where one may be several. `data-composes` beside it draws the frame. */
export const AsWhom = () => {
  const hasOthers = useHasOthers()
  return <Suspense fallback={null}>{hasOthers && <AsLine />}</Suspense>
}
