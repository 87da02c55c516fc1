import type { Page } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

// One tab of the story is without locks, and says so.
test.use({ provoked: /host\/no-web-locks/ })

const strip = (page: Page) => page.getByRole('region', { name: 'Identities in this browser' })
const key = async (page: Page): Promise<string> => {
  await page.goto('./#/you')
  return page.getByRole('region', { name: 'Public key of this device' }).locator('[translate=no]').innerText()
}
const become = async (page: Page, name: string): Promise<void> => {
  await strip(page).getByRole('button', { name: 'You are' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Switch to ${name}` })
    .click()
  await expect(strip(page)).toContainText(`You are ${name}`)
}
const ownLists = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name })

/** What the browser holds by name: databases, locks, places of the page. */
const held = (page: Page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name = '' }) => name),
    locks: ((await navigator.locks.query()).held ?? []).map(({ name = '' }) => name),
    places: Object.keys(localStorage),
  }))

test('two identities in one browser share no key, no database, no lock and no thing; each tab stays who it is; one is removed whole', async ({
  context,
  page,
}) => {
  await makeCollection(page, 'Shopping')
  const first = await key(page)
  await expect(strip(page)).toBeHidden()
  await page.getByRole('button', { name: 'Begin another one' }).click()
  await page.getByLabel('What it is called').fill('Robin')
  await page.getByRole('button', { name: 'Begin', exact: true }).click()

  await expect(strip(page)).toContainText('You are Robin')
  await expect(page.getByText('Robin', { exact: true }).first()).toBeVisible()
  expect(await key(page)).not.toBe(first)
  await page.goto('./#/g/me/c')
  await expect(ownLists(page, 'Shopping')).toBeHidden()
  await makeCollection(page, 'Inventory')
  await page.getByRole('link', { name: /^Add/ }).first().click()
  await expect(page.getByText('As Robin')).toBeVisible()
  await page.getByLabel('Where').fill('A half said')

  // A tab of its own is who was used last; the first of the two becomes the other one, beside it.
  const other = await context.newPage()
  await other.goto('./#/g/me/c')
  await expect(strip(other)).toContainText('You are Robin')
  await become(other, 'Leaf')
  await other.goto('./#/g/me/c')
  await expect(ownLists(other, 'Shopping')).toBeVisible()
  await expect(ownLists(other, 'Inventory')).toBeHidden()
  await page.reload()
  await expect(page.getByText('As Robin')).toBeVisible()
  await expect(page.getByLabel('Where')).toHaveValue('A half said')
  await isAccessible(page)
  await other.reload()
  await expect(strip(other)).toContainText('You are Leaf')

  const both = await held(other)
  const mark = both.databases.find((name) => /^takibi\/takibi-[0-9a-f-]{36}$/.test(name))?.slice('takibi/'.length) ?? ''
  expect(mark, 'the second has a database of its own').not.toBe('')
  const ofBoth = (names: readonly string[]) => [
    names.filter((name) => name.startsWith(`takibi/${mark}`) || name.startsWith(`takibi/of/${mark}`)).length,
    names.filter((name) => !name.includes(mark)).length,
  ]
  for (const names of [both.databases, both.locks]) expect(Math.min(...ofBoth(names))).toBeGreaterThan(1)
  expect(both.places.filter((name) => name.includes('/draft/')).map((name) => name.split('/').slice(0, 3))).toEqual([
    ['takibi', 'of', mark],
  ])

  // Where the node of one does not open, the other is a tap away.
  const shut = await context.newPage()
  await shut.addInitScript(() => Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'locks'))
  await shut.goto('./')
  await expect(shut.getByRole('alert')).toBeVisible()
  await expect(shut.getByRole('button', { name: 'Switch to ' })).toBeVisible()
  await shut.close()

  // What is lost is said, and asked twice; a tab that is it goes on as another.
  await page.goto('./#/you')
  await page.getByRole('button', { name: 'Remove Robin' }).click()
  await expect(page.getByText('Its recovery words were never written down.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await page.getByRole('button', { name: 'Rather not' }).click()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await page.getByRole('button', { name: 'Yes, remove it for good' }).click()
  await expect(page.getByText('Robin is gone from this browser')).toBeVisible()
  expect(await key(page)).toBe(first)
  await expect(strip(page)).toBeHidden()
  await expect(title(page)).toHaveText('You')
  const left = await held(page)
  expect([...left.databases, ...left.locks, ...left.places].filter((name) => name.includes(mark))).toEqual([])
})
