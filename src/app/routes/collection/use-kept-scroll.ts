import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useLists } from '../../state/list-state.ts'

/** Brings a list back to where it was left, once it has its height. */
export const useKeptScroll = (viewId: string, isReady: boolean, scroller?: RefObject<HTMLElement | null>): void => {
  const isDone = useRef(false)
  useLayoutEffect(() => {
    const element = scroller?.current
    return () => {
      const scroll = element == null ? scrollY : element.scrollTop
      if (isDone.current) useLists.getState().set(viewId, { scroll })
    }
  }, [viewId, scroller])
  useEffect(() => {
    if (!isReady || isDone.current) return
    const scroll = useLists.getState().byView[viewId]?.scroll ?? 0
    // After the screen has arrived at its top.
    const frame = requestAnimationFrame(() => {
      isDone.current = true
      if (scroll <= 0) return
      if (scroller?.current == null) scrollTo(0, scroll)
      else scroller.current.scrollTop = scroll
    })
    return () => cancelAnimationFrame(frame)
  }, [isReady, viewId, scroller])
}
