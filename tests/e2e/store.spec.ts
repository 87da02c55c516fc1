import { expect, test } from './fixtures.ts'
import { openScript } from './page-script.ts'

test.beforeEach(async ({ page }) => {
  await openScript(page, 'store-page.ts')
  await page.waitForFunction('globalThis.agreesWithMemory !== undefined')
})

test('[S30] the IndexedDB of the browser answers as the memory store does, whatever is committed', async ({ page }) => {
  expect(await page.evaluate('agreesWithMemory(60)')).toBeUndefined()
})

test('[S21] an upgrade closes the store of older code in the same browser, and loses nothing', async ({ page }) => {
  const upgraded = { closings: 1, old: 'store/closed', older: 'store/newer', row: 1 }
  expect(await page.evaluate('upgradeUnderAnOpenStore()')).toEqual(upgraded)
})

test('[S16] on a full disk a commit is refused whole, and reading goes on', async ({ page, context }) => {
  const devtools = await context.newCDPSession(page)
  const origin = new URL(page.url()).origin
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 10_000_000 })
  const filled = await page.evaluate<{ readonly written: number }>('fillTheDisk()')
  expect(filled).toMatchObject({ code: 'store/full', isWhole: true, next: 'nothing' })
  expect(filled.written).toBeGreaterThan(3)
})
