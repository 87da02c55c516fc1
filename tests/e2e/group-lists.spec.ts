import type { Page } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { makeCollection, makeGroup, title } from './app.ts'
import { expect } from './fixtures.ts'
import { meetByCode } from './meet-by-code.ts'
import { copied, test } from './phones.ts'
import { launchOptions } from './two-browsers.ts'

test.use({ launchOptions })
test.describe.configure({ timeout: 120_000 })

const makeList = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Lists', exact: true }).click()
  await expect(page.getByText('No lists yet.')).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'New list' }).click()
  await page.getByRole('radio', { name: /^Shopping/ }).check({ force: true })
  await page.getByRole('button', { name: 'Make “Shopping”' }).click()
  await expect(title(page)).toHaveText('Shopping')
}
const field = (page: Page) => page.getByRole('textbox', { name: 'Add item' })
const row = (page: Page, item: string) => page.getByRole('listitem').filter({ hasText: item })
const add = async (page: Page, item: string): Promise<void> => {
  await field(page).fill(item)
  await page.keyboard.press('Enter')
  await expect(row(page, item)).toBeVisible()
}

test('[GL1] a list of a group reaches who comes in, both add to it, and who was sent away adds nothing more', async ({
  openPhone,
  baseURL,
}) => {
  const [a, b] = [(await openPhone('a')).page(), (await openPhone('b')).page()]
  const group = await makeGroup(a, 'Kitchen')
  await makeList(a)
  await add(a, 'Bread')
  await expect(a.getByRole('main').getByRole('link', { name: 'Kitchen' })).toBeVisible()
  const address = a.url()
  expect(address).toContain(`#/g/${group}/c/`)

  await a.goto(`./#/g/${group}/people`)
  await a.getByRole('button', { name: 'Invite somebody' }).click()
  await a.getByRole('dialog').getByRole('button', { name: 'Make the invite' }).click()
  const link = await copied(a, 'Copy link', /#\/join\/1/)
  await b.goto(link)
  await b.getByRole('button', { name: 'Ask to join' }).click()
  await meetByCode(a, b, baseURL ?? '/')
  await b.goto(link)
  await b.getByRole('link', { name: 'Open the group' }).click({ timeout: 30_000 })
  await b.getByRole('link', { name: 'Lists', exact: true }).click()
  await expect(b.getByText('Only keepers make and rebuild lists here.')).toBeVisible()
  await b
    .getByRole('main')
    .getByRole('link', { name: /^Shopping/ })
    .click()
  await expect(row(b, 'Bread')).toBeVisible()
  await expect(b.getByText('Your role lets you add and change, not remove.')).toBeVisible()
  await add(b, 'Milk')

  await a.goto(address)
  await expect(row(a, 'Milk')).toBeVisible()
  await a.getByRole('checkbox', { name: 'Milk' }).click({ force: true })
  await expect(b.getByRole('checkbox', { name: 'Milk' })).toBeChecked()

  // The connection goes with its page: what comes now is not heard over there.
  await b.reload()
  await a.goto(`./#/g/${group}/people`)
  await a
    .getByRole('main')
    .getByRole('button', { name: /Member/ })
    .click()
  const sheet = a.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Send away' }).click()
  await sheet.getByRole('button', { name: 'Yes, do it' }).click()
  await expect(a.getByText(/is out/)).toBeVisible()
  await add(b, 'Coal')

  await meetByCode(a, b, baseURL ?? '/')
  await b.goto(address)
  await expect(b.getByText('You are not in this group any more.')).toBeVisible({ timeout: 30_000 })
  await expect(field(b)).toBeHidden()
  await expect(b.getByRole('checkbox', { name: 'Bread' })).toBeDisabled()
  await expect(row(b, 'Coal')).toBeHidden()
  await a.goto(address)
  await expect(row(a, 'Milk')).toBeVisible()
  await expect(row(a, 'Coal')).toBeHidden()
})

test("one's own list is copied into a group, with its things; the list stays", async ({ openPhone }) => {
  const page = (await openPhone('a')).page()
  const group = await makeGroup(page, 'Kitchen')
  const own = await makeCollection(page, 'Shopping')
  await add(page, 'Bread')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy to a group' }).click()
  await expect(page.getByText('are left out.')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Kitchen' }).click()
  await expect(page.getByText('Copied to “Kitchen”')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`#/g/${group}/c/`))
  await isAccessible(page)
  await expect(row(page, 'Bread')).toBeVisible()
  await page.goto(`./#/g/me/c/${own}`)
  await expect(row(page, 'Bread')).toBeVisible()

  await page.goto('./#/g/me/c')
  await expect(page.getByRole('heading', { name: 'Kitchen' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: /^Shopping/ })).toHaveCount(2)
  await isAccessible(page)
  await page.goto('./#/g/me/sync')
  await expect(page.getByRole('region', { name: /./ }).getByRole('link', { name: /^Shopping/ })).toHaveCount(1)
})
