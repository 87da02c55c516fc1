import { useEffect } from 'react'
import type { DocumentId } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'

/** Who sees the end for so long has read it. */
const readMs = 600

/**
 * Notes that all of a talk was seen, while its end is in sight on a page that is.
 *
 * @param newestAt when the last of it came, milliseconds; 0: there is none
 */
export const useMarkSeen = (group: DocumentId, isEndInSight: boolean, newestAt: number): void => {
  const { campfire } = useNode()
  useEffect(() => {
    if (!isEndInSight || newestAt === 0) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible')
        // Where it cannot be noted, it is new once more next time.
        timer = setTimeout(() => void campfire.markSeen(group).catch(() => undefined), readMs)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [campfire, group, isEndInSight, newestAt])
}
