import type { Page } from '@playwright/test'
import { median, type AppSubject } from './harness/subject.ts'
import { openPhone, showCode, takeCode } from './support/two-phones.ts'

const runs = 5

/** Runs in every page, before all else: notes when a code was handed over, and when the screen first said that the two are connected. */
const watchMeeting = (): void => {
  const now = (): number => performance.timeOrigin + performance.now()
  const noted: { taken?: number; connected?: number } = {}
  Object.assign(globalThis, { meeting: noted })
  addEventListener('submit', () => (noted.taken = now()), { capture: true })
  new MutationObserver(() => {
    if (noted.connected === undefined && document.body?.textContent?.includes('Connected.')) noted.connected = now()
  }).observe(document, { childList: true, subtree: true, characterData: true })
}
interface Noted {
  readonly taken?: number
  readonly connected?: number
}
const noted = async (page: Page): Promise<Noted> => (await page.evaluate('meeting')) as Noted

export const subject: AppSubject = {
  name: 'meet',
  about:
    'Two browsers meet by code: from the moment in which the second is handed the first’s code, the first having the second’s, until both screens say that they are connected.',
  measure: async (tools) => {
    const all: number[] = []
    for (let run = 0; run < runs; run += 1) {
      const [a, b] = [await openPhone(tools), await openPhone(tools)]
      for (const page of [a, b]) {
        await page.context().addInitScript(watchMeeting)
        await page.reload()
      }
      const [codeA, codeB] = [await showCode(a, tools.url), await showCode(b, tools.url)]
      await takeCode(a, codeB)
      await takeCode(b, codeA)
      for (const page of [a, b]) await page.getByText('Connected.').waitFor()
      const [first, second] = [await noted(a), await noted(b)]
      all.push(Math.max(first.connected ?? NaN, second.connected ?? NaN) - (second.taken ?? NaN))
      for (const page of [a, b]) await page.context().close()
    }
    const value = median(all)
    return [
      {
        name: 'from the second code to both connected',
        value,
        unit: 'ms',
        all,
        toReach: '≤ 2000 ms',
        isReached: value <= 2000,
      },
    ]
  },
}
