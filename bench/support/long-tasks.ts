import type { Page } from '@playwright/test'

/** Runs in every page, before all else: keeps when each task over 50 ms began, and how long it took. */
export const watchTasks = (): void => {
  const tasks: number[] = []
  Object.assign(globalThis, { longTasks: tasks })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push(startTime, duration)
  }).observe({ type: 'longtask' })
}

/** Milliseconds of the longest task since then by the page's own clock; 0 where none took longer than 50. */
export const longTasksSince = async (page: Page, start: number): Promise<number> => {
  const tasks = (await page.evaluate('longTasks')) as readonly number[]
  return Math.max(0, ...tasks.filter((_, at) => at % 2 === 1 && (tasks[at - 1] ?? 0) >= start))
}
