import type { Page } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { chooseLook, makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'
import { meetByCode } from './meet-by-code.ts'
import { add, copiedLink, openPhoneContext } from './sharing.ts'
import { launchOptions } from './two-browsers.ts'

/** What people see of sync, in two browsers that meet without any server. */
test.use({ launchOptions })
test.describe.configure({ timeout: 120_000 })

let home: string
let open: (look?: 'morning' | 'night' | 'paper') => Promise<Page>
test.beforeEach(async ({ browser, watch, baseURL }) => {
  home = baseURL ?? '/'
  open = async (look = 'morning') => {
    const page = await (await openPhoneContext(browser, watch, home)).newPage()
    await chooseLook(page, look)
    return page
  }
})
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
})

/** Shares the collection that is open by its menu, and returns its link. */
const share = async (page: Page): Promise<string> => {
  await page.getByRole('main').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Share…' }).click()
  await expect(page.getByText('What has left this device cannot be called back.')).toBeVisible()
  await page.getByRole('button', { name: 'Share Shopping' }).click()
  await expect(title(page)).toHaveText('Shopping is shared')
  return copiedLink(page)
}
const corner = (page: Page) => page.getByRole('main').getByRole('link', { name: /^Sync: / })

test('[Y1] a collection is shared with consent, followed by its link, and comes when the two meet; what waits is named until then', async () => {
  const [a, b] = [await open(), await open('night')]
  const collection = await makeCollection(a, 'Shopping')
  await add(a, 'Oats')
  await expect(corner(a)).toHaveCount(0)
  const link = await share(a)

  await a.goto(`${home}#/g/me/sync`)
  const state = a.getByRole('region', { name: 'Sync' })
  await expect(state.getByRole('status')).toHaveText('1 to share')
  await expect(a.getByRole('main').getByRole('link', { name: /Oats/ })).toBeVisible()
  await expect(a.getByText('Nobody is connected.')).toBeVisible()
  await isAccessible(a)

  await b.goto(link)
  await expect(title(b)).toHaveText('Follow “Shopping”')
  await expect(b.getByText('That is what the link calls it.')).toBeVisible()
  await isAccessible(b)
  await b.getByRole('button', { name: 'Follow' }).click()
  await expect(b.getByRole('status').filter({ hasText: 'Waiting for the first device' })).toBeVisible()

  await meetByCode(a, b, home)
  await b.goto(link)
  await expect(b.getByText('It is here.')).toBeVisible()
  await b.getByRole('link', { name: 'Open it' }).click()
  await expect(b.getByRole('main').getByText('Oats')).toBeVisible()

  await a.goto(`${home}#/g/me/c/${collection}`)
  await add(b, 'Candles')
  await expect(a.getByRole('main').getByText('Candles')).toBeVisible()
  await a.getByRole('link', { name: 'Open Candles' }).click()
  await expect(a.getByText('Also on 1 other device')).toBeVisible()

  await a.goto(`${home}#/g/me/sync`)
  await expect(state.getByRole('status')).toHaveText('Up to date with 1 device')
  await expect(a.getByText('Direct. The same on both sides.')).toBeVisible()
  await isAccessible(a)
  await a.goto(`${home}#/hood/sync`)
  await expect(a.getByText('webrtc')).toBeVisible()
  await a.locator('summary').filter({ hasText: 'live' }).click()
  await expect(
    a
      .getByRole('cell', { name: 'Entry' })
      .or(a.getByRole('cell', { name: 'LogRanges' }))
      .first(),
  ).toBeVisible()
  await isAccessible(a)
  await b.goto(`${home}#/g/me/sync`)
  await expect(b.getByRole('region', { name: 'Sync' }).getByRole('status')).toHaveText('Up to date with 1 device')
  await isAccessible(b)

  // Alone again: what was met is still said, and nothing claims to be up to date.
  await b.close()
  await a.goto(`${home}#/g/me/sync`)
  await expect(state.getByRole('status')).toHaveText('Just you here', { timeout: 60_000 })
  await expect(a.getByText('One other device has had it all.')).toBeVisible()
})

test('[Y2] sharing is stopped with a sentence about what cannot be called back', async () => {
  const page = await open()
  await makeCollection(page, 'Shopping')
  await share(page)
  await page.getByRole('button', { name: 'Stop sharing' }).click()
  const sheet = page.getByRole('dialog', { name: 'Stop sharing' })
  await expect(sheet.getByText('Who has it keeps it')).toBeVisible()
  await sheet.getByRole('button', { name: 'Stop sharing' }).click()
  await expect(page.getByText('Shopping is no longer shared from here')).toBeVisible()
  await page.goto(`${home}#/g/me/sync`)
  await expect(page.getByRole('region', { name: 'Sync' }).getByRole('status')).toHaveText('Nothing shared')
})

for (const [what, link, says] of [
  ['a cut one', '2g3hNc2hvcHBpbmc', 'This link does not hold together'],
  ['one of a newer kind', '7abc', 'This link is of a newer kind'],
  ['one full of nonsense', '2%F0%9F%94%A5<script>', 'This link does not hold together'],
] as const)
  test(`[Y3] a link to follow is refused with a sentence: ${what}`, async () => {
    const page = await open()
    await page.goto(`${home}#/join/${link}`)
    await expect(title(page)).toHaveText(says)
    await isAccessible(page)
  })

test('[Y3] a link that names a node connects to nobody before it is followed', async () => {
  const page = await open('paper')
  // [["ws://localhost:9", 32 zero bytes], ""]: nobody listens there, and a request would be told by the fixture.
  const link = `1${Buffer.from([0x82, 0x82, 0x70, ...Buffer.from('ws://localhost:9'), 0x58, 0x20, ...new Uint8Array(32), 0x60]).toString('base64url')}`
  await page.goto(`${home}#/node/${link}`)
  await expect(title(page)).toHaveText('A node')
  await expect(page.getByText('It sees your network address')).toBeVisible()
  await isAccessible(page)
  await page.goto(`${home}#/settings/connections`)
  await expect(page.getByText('No nodes.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Link of the node' }).fill('https://example.org')
  await page.getByRole('button', { name: 'Look at it' }).click()
  await expect(page.getByText('This is no link of a node, or not all of it.')).toBeVisible()
  await page.getByRole('switch', { name: /Connect only when I say/ }).click()
  await expect(page.getByRole('switch')).toBeChecked()
  await page.getByRole('textbox', { name: 'Link of the node' }).fill(`${home}#/node/${link}`)
  await page.getByRole('button', { name: 'Look at it' }).click()
  await page.getByRole('button', { name: 'Connect with localhost:9' }).click()
  await expect(page.getByText('Not connected.')).toBeVisible()
  await isAccessible(page)
  await page.getByRole('button', { name: 'More: localhost:9' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(page.getByText('No nodes.')).toBeVisible()
})
