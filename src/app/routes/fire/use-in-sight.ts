import { type RefObject, useEffect, useRef, useState } from 'react'

/** Whether any of an element is in sight. @param margin of the page that counts, as `rootMargin` writes it */
export const useInSight = (
  margin: string,
): readonly [element: RefObject<HTMLDivElement | null>, isInSight: boolean] => {
  const element = useRef<HTMLDivElement>(null)
  const [isInSight, setIsInSight] = useState(true)
  useEffect(() => {
    if (element.current === null) return
    const observer = new IntersectionObserver(([entry]) => setIsInSight(entry?.isIntersecting ?? true), {
      rootMargin: margin,
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [margin])
  return [element, isInSight]
}
