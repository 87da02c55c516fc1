import { percentile95, type AppSubject } from './harness/subject.ts'
import { openFilled } from './support/app.ts'

const ticks = 100

/** Runs in the page: from the release of the pointer to the frame in which the thing has left the open list. */
const watchTicks = (): void => {
  const taken: number[] = []
  Object.assign(globalThis, { ticksTaken: taken })
  addEventListener(
    'pointerup',
    (event) => {
      const row = (event.target as Element).closest('[data-thing]')
      const list = row?.parentElement
      const id = row?.getAttribute('data-thing')
      if (!list || !id) return
      const observer = new MutationObserver(() => {
        if (list.querySelector(`[data-thing="${id}"]`)) return
        observer.disconnect()
        requestAnimationFrame(() => taken.push(performance.now() - event.timeStamp))
      })
      observer.observe(list, { childList: true, subtree: true, attributes: true })
    },
    { capture: true },
  )
}

export const subject: AppSubject = {
  name: 'tick',
  about: `Ticks ${ticks} things off a list of 10,000, one after the other: from pointerup until it is stored, and the frame is made that shows it among the done ones. Nothing is drawn before it is stored.`,
  measure: async (tools) => {
    const { page } = await openFilled(tools)
    await page.evaluate(watchTicks)
    for (let tick = 0; tick < ticks; tick += 1) {
      const box = await page.locator('[data-thing] label').nth(1).boundingBox()
      if (!box) throw new Error('There is no thing to tick')
      await page.mouse.click(box.x + 20, box.y + box.height / 2)
      // Asked from here: the app's policy lets no script wait for it in the page.
      do await page.waitForTimeout(150)
      while (((await page.evaluate('ticksTaken.length')) as number) <= tick)
    }
    const all = (await page.evaluate('ticksTaken')) as readonly number[]
    const value = percentile95(all)
    return [{ name: `p95 of ${ticks} ticks`, value, unit: 'ms', all, toReach: '≤ 50 ms', isReached: value <= 50 }]
  },
}
