import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** The end of what grows, and whether it is in sight. */
export interface End {
  /** Goes on all that grows. */
  readonly whole: RefObject<HTMLDivElement | null>
  /** Goes on what stands after the last line. */
  readonly mark: RefObject<HTMLDivElement | null>
  readonly isInSight: boolean
  readonly goThere: () => void
  /** Says that somebody reads further up now, before the browser has noticed. */
  readonly leave: () => void
}

/** Who is at the end of a talk stays there when it grows; who reads further up is left alone. */
export const useEnd = (): End => {
  const whole = useRef<HTMLDivElement>(null)
  const mark = useRef<HTMLDivElement>(null)
  const [isInSight, setIsInSight] = useState(true)
  const isThere = useRef(true)
  const put = useCallback((isIt: boolean): void => {
    isThere.current = isIt
    setIsInSight(isIt)
  }, [])
  const goThere = useCallback((): void => {
    put(true)
    scrollTo(0, document.documentElement.scrollHeight)
  }, [put])
  const sight = useRef<IntersectionObserver>(undefined)
  const leave = useCallback((): void => {
    put(false)
    // It tells changes only; looked at anew, it tells also where nothing had to move.
    if (mark.current === null) return
    sight.current?.unobserve(mark.current)
    sight.current?.observe(mark.current)
  }, [put])
  useEffect(() => {
    if (whole.current === null || mark.current === null) return
    const observer = new IntersectionObserver(([entry]) => put(entry?.isIntersecting ?? true))
    sight.current = observer
    // In each frame growth is told before sight, so what was in sight before it is still known.
    const growth = new ResizeObserver(() => {
      if (isThere.current) scrollTo(0, document.documentElement.scrollHeight)
    })
    observer.observe(mark.current)
    growth.observe(whole.current)
    return () => {
      observer.disconnect()
      growth.disconnect()
    }
  }, [put])
  return { whole, mark, isInSight, goThere, leave }
}
