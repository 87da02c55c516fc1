import { useEffect, useState } from 'react'
import type { DocumentView } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'

/** A thing as it was at a view id: `undefined` on the way, `null` where this device cannot tell. What it was never changes. */
export const useAsItWas = (at: string | undefined): DocumentView | null | undefined => {
  const node = useNode()
  const [found, setFound] = useState<{ readonly at: string; readonly view: DocumentView | null }>()
  useEffect(() => {
    if (at === undefined) return
    let isCurrent = true
    const put = (view: DocumentView | undefined): void => {
      if (isCurrent) setFound({ at, view: view ?? null })
    }
    void node.documentAt(at).then(put, () => put(undefined))
    return () => {
      isCurrent = false
    }
  }, [node, at])
  return found?.at === at ? found?.view : undefined
}
