import { expect, test } from './fixtures.ts'

/** Another origin, on this machine, so that even these tests ask nobody else. */
const elsewhere = 'http://localhost:9/'

// What the fixtures watch for must be heard; else the promise that every other test makes would be empty.
test.describe('the watch over every test', () => {
  test.use({ provoked: /localhost:9|violates|nobody waits for me/ })

  test('[P5] hears a page ask another origin', async ({ page, watch }) => {
    await page.goto('./')
    await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), elsewhere)
    await expect.poll(() => watch.heard).toContain(`a request left: ${elsewhere}`)
  })

  test('[P5] hears a worker ask another origin', async ({ page, watch }) => {
    const starting = page.waitForEvent('worker')
    await page.goto('./')
    const worker = await starting
    await worker.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), elsewhere)
    await expect.poll(() => watch.heard).toContain(`a request left: ${elsewhere}`)
  })

  test('[P5] hears the service worker ask another origin', async ({ page, context, watch }) => {
    const starting = context.waitForEvent('serviceworker')
    await page.goto('./')
    const worker = await starting
    await worker.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), elsewhere)
    await expect.poll(() => watch.heard).toContain(`a request left: ${elsewhere}`)
  })

  test('[P5] hears a policy being broken', async ({ page, watch }) => {
    await page.goto('./')
    await page.evaluate((url) => void (new Image().src = url), elsewhere)
    await expect.poll(() => watch.heard).toContain(`the policy refused: img-src ${elsewhere}`)
  })

  test('[P5] hears an error that nobody caught', async ({ page, watch }) => {
    await page.goto('./')
    await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('nobody waits for me'))))
    await expect.poll(() => watch.heard).toContain('nobody caught: nobody waits for me')
  })
})
