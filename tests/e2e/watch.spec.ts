import { test } from './fixtures.ts'

/** Another origin, on this machine, so that even these tests ask nobody else. */
const elsewhere = 'http://localhost:9/'

// Each of these must fail by what the fixtures watch for; else the promise every other test makes would be empty.
test.describe('the watch itself', () => {
  test.fail()

  test('[P5] sees a page ask another origin', async ({ page }) => {
    await page.goto('./')
    await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), elsewhere)
  })

  test('[P5] sees a worker ask another origin', async ({ page }) => {
    const starting = page.waitForEvent('worker')
    await page.goto('./')
    const worker = await starting
    await worker.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), elsewhere)
  })

  test('[P5] sees the service worker ask another origin', async ({ page, context }) => {
    const starting = context.waitForEvent('serviceworker')
    await page.goto('./')
    const worker = await starting
    await worker.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), elsewhere)
  })

  test('[P5] sees a broken policy', async ({ page }) => {
    await page.goto('./')
    await page.evaluate(async (url) => {
      const broken = new Promise((resolve) =>
        document.addEventListener('securitypolicyviolation', resolve, { once: true }),
      )
      new Image().src = url
      await broken
    }, elsewhere)
  })

  test('[P5] sees an error nobody caught', async ({ page }) => {
    await page.goto('./')
    await page.evaluate(async () => {
      const uncaught = new Promise((resolve) =>
        addEventListener('unhandledrejection', () => resolve(true), { once: true }),
      )
      setTimeout(() => Promise.reject(new Error('nobody waits for me')))
      await uncaught
    })
  })
})
