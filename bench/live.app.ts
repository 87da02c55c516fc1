import type { Page } from '@playwright/test'
import { percentile95, type AppSubject } from './harness/subject.ts'
import { collectionUrl } from './support/app.ts'
import { openTwoAlike } from './support/two-phones.ts'

const ticks = 100

/** One tick, by the clock that both browsers share: milliseconds since the Unix epoch, with fractions. */
type Seen = readonly (readonly [thing: string, at: number])[]

/** Runs in the page that is tapped: which thing, and when the pointer was let go. */
const watchTaps = (): void => {
  const taps: [string, number][] = []
  Object.assign(globalThis, { taps })
  addEventListener(
    'pointerup',
    (event) => {
      const id = (event.target as Element).closest('[data-thing]')?.getAttribute('data-thing')
      if (id) taps.push([id, performance.timeOrigin + event.timeStamp])
    },
    { capture: true },
  )
}

/** Runs in the other page: the frame in which a thing that was on the open list is on it no longer. */
const watchList = (): void => {
  const gone: [string, number][] = []
  Object.assign(globalThis, { gone })
  const shown = (): Set<string> => {
    const rows = document.querySelector('[data-thing]')?.parentElement?.children ?? []
    return new Set([...rows].map((row) => row.getAttribute('data-thing') ?? ''))
  }
  let before = shown()
  new MutationObserver(() => {
    const after = shown()
    const left = [...before].filter((id) => id !== '' && !after.has(id))
    before = after
    requestAnimationFrame(() => {
      for (const id of left) gone.push([id, performance.timeOrigin + performance.now()])
    })
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['data-thing'] })
}

/** Opens the list by the address alone: a page that was loaded anew would have to meet again. */
const openList = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await page.locator('[data-thing]').first().waitFor()
}

export const subject: AppSubject = {
  name: 'live',
  about: `Two browsers that met by code, over WebRTC, each with a list of the same 10,000 things open: ${ticks} things are ticked off in one, one after the other; from pointerup there to the frame in which the thing has left the open list of the other.`,
  measure: async (tools) => {
    const [a, b] = await openTwoAlike(tools)
    for (const page of [a, b]) await openList(page, collectionUrl(tools.url, await tools.bundle()))
    await a.evaluate(watchTaps)
    await b.evaluate(watchList)
    for (let tick = 0; tick < ticks; tick += 1) {
      const row = a.locator('[data-thing]').nth(1)
      const id = await row.getAttribute('data-thing')
      const box = await row.locator('label').boundingBox()
      if (!id || !box) throw new Error('There is no thing to tick')
      await a.mouse.click(box.x + 20, box.y + box.height / 2)
      for (const page of [a, b]) await page.locator(`[data-thing="${id}"]`).waitFor({ state: 'detached' })
      await a.waitForTimeout(150)
    }
    const taps = (await a.evaluate('taps')) as Seen
    const gone = new Map((await b.evaluate('gone')) as Seen)
    const all = taps.map(([id, at]) => (gone.get(id) ?? NaN) - at)
    const value = percentile95(all)
    return [{ name: `p95 of ${ticks} ticks`, value, unit: 'ms', all, toReach: '≤ 150 ms', isReached: value <= 150 }]
  },
}
