import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, isControlled, test } from './fixtures.ts'

test.setTimeout(120_000)

/** What every screen of the app has. */
const screen = (page: Page) => page.getByRole('main')

test('[P1] the browser finds nothing that would keep it from installing the app', async ({ openProfile, baseURL }) => {
  const context = await openProfile()
  const page = await context.newPage()
  await page.goto(baseURL ?? '/')
  await isControlled(page)
  const session = await context.newCDPSession(page)
  expect(await session.send('Page.getInstallabilityErrors')).toEqual({ installabilityErrors: [] })
  const { manifest } = await session.send('Page.getAppManifest')
  expect(manifest).toMatchObject({ name: 'Takibi' })
})

test.describe('without a network', () => {
  // The browser says that it found no newer service worker.
  test.use({ provoked: /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/ })

  test('[P2] the app opens from the second visit on, deep links too, when the network is off', async ({
    page,
    context,
  }) => {
    await page.goto('./')
    await isControlled(page)
    await context.setOffline(true)
    for (const place of ['./', './#/settings/look', './?from=somewhere#/g/me/c/new']) {
      await page.goto('about:blank')
      await page.goto(place)
      await expect(screen(page)).toBeVisible()
    }
    await page.reload()
    await expect(screen(page)).toBeVisible()
  })

  test('[P2] the app opens in a new tab when its host is gone', async ({ context, hostOfOwn }) => {
    const host = await hostOfOwn()
    const page = await context.newPage()
    await page.goto(host.url)
    await isControlled(page)
    await host.stop()
    await page.close()
    const later = await context.newPage()
    await later.goto(`${host.url}#/settings/about`)
    await expect(screen(later)).toBeVisible()
  })
})

/** A newer version of the app at the same address: another page and, in the service worker's list, its new revision. */
const release = async (folder: string, version: string): Promise<void> => {
  const page = join(folder, 'index.html')
  const worker = join(folder, 'sw.js')
  const html = await readFile(page, 'utf8')
  await writeFile(page, html.replace('<title>', `<meta name="version" content="${version}" /><title>`))
  const script = await readFile(worker, 'utf8')
  const listed = /"revision":"[0-9a-f]+","url":"index\.html"/
  expect(script).toMatch(listed)
  await writeFile(worker, script.replace(listed, `"revision":"${version}","url":"index.html"`))
}

/**
 * Resolves when the page shows this version. A newer service worker takes over once the browser thinks the older one idle; where it errs, it
 * ends the older one after half a minute, but never while a debugger looks on, as here. So the test ends it.
 */
const shows = async (page: Page, version: string): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  await session.send('ServiceWorker.enable')
  const there = page.locator(`meta[name=version][content=${version}]`)
  await expect(async () => {
    try {
      await expect(there).toBeAttached({ timeout: 4_000 })
    } catch (late) {
      await session.send('ServiceWorker.stopAllWorkers')
      throw late
    }
  }).toPass({ timeout: 60_000 })
}

test('[P3] a newer version waits until its person asks for it, and never reloads a page by itself', async ({
  context,
  hostOfOwn,
}) => {
  const host = await hostOfOwn()
  const page = await context.newPage()
  await page.goto(host.url)
  await isControlled(page)
  const prompt = page.getByRole('button', { name: 'Use it' })
  await expect(screen(page)).toBeVisible()
  await expect(prompt).toBeHidden()

  await release(host.folder, 'second')
  await page.evaluate(async () => {
    Object.assign(globalThis, { isTheSamePage: true })
    await (await navigator.serviceWorker.getRegistration())?.update()
  })
  await expect(prompt).toBeVisible()
  const other = await context.newPage()
  await other.goto(host.url)
  await expect(other.getByRole('button', { name: 'Use it' })).toBeVisible()
  await expect(other.locator('meta[name=version]')).not.toBeAttached()
  expect(await page.evaluate(() => 'isTheSamePage' in globalThis)).toBe(true)

  await prompt.click()
  await shows(page, 'second')
  await expect(prompt).toBeHidden()
  // The other tab keeps what it shows, and is asked too.
  await expect(other.locator('meta[name=version]')).not.toBeAttached()
  await other.getByRole('button', { name: 'Use it' }).click()
  await shows(other, 'second')
})

test('[P3] the first version is not taken for a newer one, though the page is loaded again while it is being installed', async ({
  context,
  hostOfOwn,
}) => {
  const host = await hostOfOwn()
  const page = await context.newPage()
  await page.goto(host.url)
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration()) !== undefined)
  await page.reload()
  await isControlled(page)
  await expect(screen(page)).toBeVisible()
  // Workbox waits a fifth of a second before it says that a version waits.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    await new Promise((resolve) => setTimeout(resolve, 500))
  })
  await expect(page.getByRole('button', { name: 'Use it' })).toBeHidden()
})

test('[P3] a newer version is offered also where the app cannot open its data', async ({ context, hostOfOwn }) => {
  const host = await hostOfOwn()
  await context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }))
  const page = await context.newPage()
  await page.goto(host.url)
  await isControlled(page)
  await release(host.folder, 'repaired')
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await page.getByRole('button', { name: 'Use it' }).click()
  await shows(page, 'repaired')
})
