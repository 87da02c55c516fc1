import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react'

/** Which rows stand in the document, and how much room the others take above and below. */
export interface RowWindow {
  readonly from: number
  readonly to: number
  readonly above: number
  readonly below: number
}

/** Rows beside those in sight, so that a flick finds them drawn. */
const around = 6
/** The window moves in steps of so many rows: fewer drawings while it scrolls. */
const stepRows = 4
/** How long the place of a list counts as known while it scrolls. */
const measureMs = 300

interface Range {
  readonly from: number
  readonly to: number
}

/** How far the first row is from the top of what scrolls, when that stands at its beginning. */
const offsetOf = (box: HTMLElement, scroller: HTMLElement | undefined): number =>
  scroller === undefined
    ? box.getBoundingClientRect().top + scrollY
    : box.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop

const rangeAt = (above: number, height: number, rows: number, rowHeight: number): Range => {
  const first = Math.floor(above / rowHeight) - around
  const last = Math.ceil((above + height) / rowHeight) + around
  return {
    from: Math.max(0, Math.min(Math.floor(first / stepRows) * stepRows, Math.max(0, rows - 1))),
    to: Math.max(0, Math.min(rows, Math.ceil(last / stepRows) * stepRows)),
  }
}

/**
 * Windowing for rows of one height. The list takes its full height, so the scrollbar tells the truth, and only what is near the sight is drawn.
 *
 * @param box the element whose top is the first row's top
 * @param scroller what scrolls; absent: the page
 * @param onShow told which rows are in sight, whenever that changes
 */
export const useWindow = (
  box: RefObject<HTMLElement | null>,
  rows: number,
  rowHeight: number,
  onShow: (from: number, to: number) => void,
  scroller?: RefObject<HTMLElement | null>,
): RowWindow => {
  const [range, setRange] = useState<Range>({ from: 0, to: 24 })
  const tell = useEffectEvent(onShow)
  useLayoutEffect(() => {
    const outer = scroller?.current ?? undefined
    let measuredAt = Number.NEGATIVE_INFINITY
    let offset = 0
    const update = (event?: Event): void => {
      if (box.current === null) return
      const at = performance.now()
      // To measure is to lay out: within a scroll what stands above the list hardly moves.
      if (event?.type !== 'scroll' || at - measuredAt > measureMs) {
        measuredAt = at
        offset = offsetOf(box.current, outer)
      }
      const above = (outer?.scrollTop ?? scrollY) - offset
      const next = rangeAt(above, outer?.clientHeight ?? innerHeight, rows, rowHeight)
      setRange((now) => (now.from === next.from && now.to === next.to ? now : next))
    }
    update()
    const target = outer ?? window
    target.addEventListener('scroll', update, { passive: true })
    addEventListener('resize', update)
    return () => {
      target.removeEventListener('scroll', update)
      removeEventListener('resize', update)
    }
  }, [box, scroller, rows, rowHeight])
  useEffect(() => tell(range.from, range.to), [range])

  const from = Math.min(range.from, rows)
  const to = Math.min(range.to, rows)
  return { from, to, above: from * rowHeight, below: Math.max(0, rows - to) * rowHeight }
}

const readRem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16

/** Pixels of one `rem`, followed when the text size changes. */
export const useRem = (): number => {
  const [rem, setRem] = useState(readRem)
  useEffect(() => {
    const observer = new ResizeObserver(() => setRem(readRem()))
    observer.observe(document.documentElement)
    return () => observer.disconnect()
  }, [])
  return rem
}

/** How wide an element is, followed. */
export const useWidth = (element: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? target.clientWidth))
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return width
}
