import type { Page } from '@playwright/test'
import { decodeQR } from 'qr/decode.js'
import { isAccessible } from './accessible.ts'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'
import { meetByCode } from './meet-by-code.ts'
import { share } from './phones.ts'
import { launchOptions } from './two-browsers.ts'

/** Two people who have the same collection open, in two browsers that met. */
test.use({ launchOptions })
test.describe.configure({ timeout: 120_000 })

let home: string
let open: () => Promise<Page>
test.beforeEach(async ({ browser, watch, baseURL }) => {
  home = baseURL ?? '/'
  open = async () => {
    const context = await browser.newContext({
      baseURL: home,
      locale: 'en-GB',
      permissions: ['camera', 'clipboard-read', 'clipboard-write'],
    })
    await watch.context(context)
    const page = await context.newPage()
    await page.goto(home)
    return page
  }
})
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
})

/** What a camera would read off the picture on the screen. */
const codeOn = async (page: Page): Promise<string> => {
  const drawn = await page.getByRole('img', { name: /^QR code of the link/ }).evaluate((svg) => ({
    side: (svg as SVGSVGElement).viewBox.baseVal.width,
    path: svg.querySelector('path')?.getAttribute('d') ?? '',
  }))
  const scale = 6
  const side = drawn.side * scale
  const data = new Uint8Array(side * side * 4).fill(255)
  for (const [, x, y] of drawn.path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let at = 0; at < scale * scale; at++) {
      const pixel = (Number(y) * scale + Math.trunc(at / scale)) * side + Number(x) * scale + (at % scale)
      data.fill(0, pixel * 4, pixel * 4 + 3)
    }
  return decodeQR({ width: side, height: side, data })
}

test('[Y6] two who met see that the other is here, which thing is open and which field is being changed; who does not want that is not seen', async () => {
  const [a, b] = [await open(), await open()]
  const collection = await makeCollection(a, 'Inventory')
  await a.goto(`${home}#/g/me/c/${collection}/add`)
  await a.getByRole('main').getByLabel('Item').fill('Ladder')
  await a.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(a.getByRole('main').getByRole('link', { name: 'Ladder' })).toBeVisible()
  const link = await share(a, collection)
  expect(await codeOn(a)).toBe(link)

  await b.goto(link)
  await b.getByRole('button', { name: 'Follow' }).click()
  await meetByCode(a, b, home)
  await b.goto(link)
  await b.getByRole('link', { name: 'Open it' }).click()
  await b.getByRole('main').getByRole('link', { name: 'Ladder' }).click()
  await expect(title(b)).toContainText('Ladder')

  await a.goto(`${home}#/g/me/c/${collection}`)
  await expect(a.getByText('One other here')).toBeVisible()
  await a.getByRole('main').getByRole('link', { name: 'Ladder' }).click()
  await expect(a.getByRole('status').filter({ hasText: /^Device \w{6} looks at this too/ })).toBeVisible()
  await expect(b.getByRole('status').filter({ hasText: 'looks at this too' })).toBeVisible()
  await isAccessible(a)
  await b.getByRole('button', { name: /^(Change|Add) Quantity/ }).click()
  await expect(a.getByRole('status').filter({ hasText: /is changing Quantity/ })).toBeVisible()
  await a.goto(`${home}#/g/me/sync`)
  await expect(a.getByText('Is changing Quantity of “Ladder”.')).toBeVisible()
  await isAccessible(a)
  await a.goto(`${home}#/`)
  await expect(a.getByText('other by the fire')).toBeVisible()

  await b.goto(`${home}#/g/me/sync`)
  await b.getByRole('switch', { name: /Show that I am here/ }).click()
  await b.goto(`${home}#/g/me/c/${collection}`)
  await b.getByRole('main').getByRole('link', { name: 'Ladder' }).click()
  await a.goto(`${home}#/g/me/sync`)
  await expect(a.getByText('Direct. The same on both sides.')).toBeVisible()
  await expect(a.getByText(/Looks at|Is changing/)).toBeHidden()
})

test('[Y7] heads say how far each log goes with whom; after one meeting the next one can begin, and the first stands', async () => {
  const [a, b] = [await open(), await open()]
  const collection = await makeCollection(a, 'Inventory')
  const link = await share(a, collection)
  await b.goto(link)
  await b.getByRole('button', { name: 'Follow' }).click()
  await meetByCode(a, b, home)
  await a.getByRole('button', { name: 'Meet another device' }).click()
  await expect(a.getByText('Waiting for the other code.')).toBeVisible()
  await expect(a.getByRole('img', { name: /^QR code for the camera/ })).toBeVisible()

  await a.goto(`${home}#/hood/sync`)
  await expect(a.getByText('ready', { exact: true })).toBeVisible()
  const heads = a.getByRole('region', { name: 'Heads', exact: true })
  await heads.locator('summary').filter({ hasText: 'Inventory' }).click()
  await expect(async () => {
    await heads.getByRole('button', { name: 'Look again' }).click()
    await expect(heads.getByText(/^(\d+) of \1 logs known to be the same/)).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(heads.getByRole('columnheader', { name: /^Device/ })).toBeVisible()
  await isAccessible(a)
  await heads.getByRole('rowheader').first().getByRole('link').click()
  await expect(a.getByText(/To prove|begins the log/).first()).toBeVisible()
})
