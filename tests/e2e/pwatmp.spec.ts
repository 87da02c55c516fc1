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

/** Resolves when the page shows this version. A service worker takes over when it likes: on a busy machine that takes seconds. */
const shows = (page: Page, version: string) =>
  expect(page.locator(`meta[name=version][content=${version}]`)).toBeAttached({ timeout: 30_000 })

test('[P3] a newer version waits until its person asks for it, and never reloads a page by itself', async ({
  context,
  hostOfOwn,
}) => {
  const host = await hostOfOwn()
  const open = new Map<object, string>()
  context.on('request', (r) => open.set(r, `${r.url()} ${r.resourceType()} sw=${r.serviceWorker() !== null}`))
  context.on('requestfinished', (r) => open.delete(r))
  context.on('requestfailed', (r) => {
    console.log('FAILED', r.url(), r.failure()?.errorText)
    open.delete(r)
  })
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

  console.log('before', JSON.stringify([...open.values()]))
  await prompt.click()
  const t0 = Date.now()
  try {
    await expect(page.locator(`meta[name=version][content=second]`)).toBeAttached({ timeout: 4_000 })
  } catch (e) {
    console.log('STUCK', JSON.stringify([...open.values()]))
    const cdp = await context.newCDPSession(page)
    await cdp.send('ServiceWorker.enable')
    await cdp.send('ServiceWorker.stopAllWorkers')
    console.log('STOPPED')
  }
  await shows(page, 'second')
  console.log('took', Date.now() - t0)
  await expect(prompt).toBeHidden()
  // The other tab keeps what it shows, and is asked too.
  await expect(other.locator('meta[name=version]')).not.toBeAttached()
  await other.getByRole('button', { name: 'Use it' }).click()
  await shows(other, 'second')
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
