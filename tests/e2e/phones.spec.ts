import type { Locator, Page } from '@playwright/test'
import { makeCollection } from './app.ts'
import { showScreen } from './camera-film.ts'
import { expect } from './fixtures.ts'
import { meetByCode } from './meet-by-code.ts'
import {
  addNode,
  addThings,
  changeText,
  connectOnlyWhenAsked,
  copied,
  follow,
  historyOn,
  isUpToDate,
  listTheSame,
  openThing,
  schemaOf,
  share,
  test,
} from './phones.ts'
import { launchOptions } from './two-browsers.ts'

/** Phones, each a browser with a profile of its own, that have nothing in common but what they show each other and, in some of these tests, a node. */
test.use({ launchOptions })
test.describe.configure({ timeout: 180_000 })

const areConnected = async (...pages: readonly Page[]): Promise<void> => {
  for (const page of pages) await expect(page.getByText('Connected.')).toBeVisible()
}
const begin = async (page: Page, how: 'Use the camera' | 'Without the camera'): Promise<void> => {
  await page.getByRole('button', { name: how }).click()
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible()
}
test('[J7] two phones hold their screens before each other’s cameras, and both show the same', async ({
  openPhone,
}) => {
  const [a, b] = [await openPhone('a'), await openPhone('b')]
  const collection = await makeCollection(a.page(), 'Inventory')
  await addThings(a.page(), collection, ['Ladder', 'Cable drum'])
  await follow(b.page(), await share(a.page(), collection))
  for (const { page } of [a, b]) {
    await page().goto('./#/meet')
    await begin(page(), 'Use the camera')
  }
  await showScreen(b.film, a.page())
  await b.page().getByRole('button', { name: 'Other camera' }).click()
  await expect(b.page().getByText('Found the other device. It has yet to take your code.')).toBeVisible()
  await showScreen(a.film, b.page())
  await a.page().getByRole('button', { name: 'Other camera' }).click()
  await areConnected(a.page(), b.page())
  await listTheSame([a.page(), b.page()], collection, 2)
  await addThings(b.page(), collection, ['Tarpaulin'])
  await listTheSame([a.page(), b.page()], collection, 3)
})

test('[J7] two phones meet by a link one way and a text the other, and both show the same', async ({ openPhone }) => {
  const [a, b] = [await openPhone('a'), await openPhone('b')]
  const collection = await makeCollection(a.page(), 'Inventory')
  await addThings(a.page(), collection, ['Ladder'])
  await follow(b.page(), await share(a.page(), collection))
  await a.page().goto('./#/meet')
  await begin(a.page(), 'Without the camera')
  await b.page().goto(await copied(a.page(), 'Copy link', /#\/meet\//))
  await begin(b.page(), 'Without the camera')
  await expect(b.page().getByText('Found the other device. It has yet to take your code.')).toBeVisible()
  await a
    .page()
    .getByRole('textbox', { name: 'Link or text' })
    .fill(await copied(b.page(), 'Copy text', /^(?!http)/))
  await a.page().getByRole('button', { name: 'Take this code' }).click()
  await areConnected(a.page(), b.page())
  await addThings(b.page(), collection, ['Tarpaulin'])
  await listTheSame([a.page(), b.page()], collection, 2)
})

const conflict = (page: Page): Locator => page.getByRole('region', { name: 'Where was changed in two ways' })

test('[J8] what both edit while apart comes together by a node while one of them sleeps; who looks first settles it for both', async ({
  openPhone,
  runNode,
  baseURL,
}) => {
  const [a, b] = [await openPhone('a'), await openPhone('b')]
  const collection = await makeCollection(a.page(), 'Inventory')
  await addThings(a.page(), collection, ['Ladder', 'Cable drum'])
  const link = await share(a.page(), collection)
  await follow(b.page(), link)
  await meetByCode(a.page(), b.page(), baseURL ?? '/')
  await listTheSame([a.page(), b.page()], collection, 2)

  // Apart: each is opened again, and nobody is there.
  for (const phone of [a, b]) await phone.sleep()
  for (const [phone, where, found] of [
    [a, 'Shed', 'Axe'],
    [b, 'Blue tent', 'Bucket'],
  ] as const) {
    await phone.wake()
    await openThing(phone.page(), collection, 'Ladder')
    await changeText(phone.page(), 'Where', where)
    await addThings(phone.page(), collection, [found])
    await phone.sleep()
  }

  const node = await runNode([schemaOf(link)])
  await a.wake()
  await addNode(a.page(), node)
  await isUpToDate(a.page(), '1 node')
  await a.sleep()
  await b.wake()
  await addNode(b.page(), node)
  await isUpToDate(b.page(), '1 node')
  await openThing(b.page(), collection, 'Ladder')
  await expect(conflict(b.page()).getByRole('radio')).toHaveCount(2)
  await b.sleep()

  await a.wake()
  await isUpToDate(a.page(), '1 node')
  await openThing(a.page(), collection, 'Ladder')
  await expect(conflict(a.page()).getByRole('radio')).toHaveCount(2)
  await conflict(a.page())
    .getByRole('radio', { name: /Blue tent/ })
    .check({ force: true })
  await conflict(a.page())
    .getByRole('button', { name: /(Keep|Use) Blue tent/ })
    .click()
  await expect(conflict(a.page())).toBeHidden()
  await isUpToDate(a.page(), '1 node')

  await b.wake()
  await listTheSame([a.page(), b.page()], collection, 4)
  for (const { page } of [a, b]) await openThing(page(), collection, 'Ladder')
  await expect(b.page().getByRole('button', { name: 'Change Where: Blue tent' })).toBeVisible()
  await expect(conflict(b.page())).toBeHidden()
  await expect.poll(() => historyOn(b.page())).toHaveLength(4)
  expect(await historyOn(b.page())).toEqual(await historyOn(a.page()))
})
test('[J9] what the first of three in a chain does reaches the last, and back, though the two never meet', async ({
  openPhone,
  baseURL,
}) => {
  const [a, b, c] = [await openPhone('a'), await openPhone('b'), await openPhone('c')]
  const collection = await makeCollection(a.page(), 'Inventory')
  await addThings(a.page(), collection, ['Ladder'])
  const link = await share(a.page(), collection)
  for (const { page } of [b, c]) await follow(page(), link)
  // Else the one between would bring the two together.
  for (const { page } of [a, b, c]) await connectOnlyWhenAsked(page(), true)
  await meetByCode(a.page(), b.page(), baseURL ?? '/')
  await b.page().getByRole('link', { name: 'Done' }).click()
  await meetByCode(b.page(), c.page(), baseURL ?? '/')
  const pages = [a, b, c].map(({ page }) => page())
  await listTheSame(pages, collection, 1)
  await addThings(c.page(), collection, ['Tarpaulin'])
  await listTheSame(pages, collection, 2)
  await openThing(c.page(), collection, 'Ladder')
  await changeText(c.page(), 'Where', 'Shed')
  await openThing(a.page(), collection, 'Ladder')
  await expect(a.page().getByRole('button', { name: 'Change Where: Shed' })).toBeVisible()
  for (const { page } of [a, c]) await isUpToDate(page(), '1 device')
  await isUpToDate(b.page(), '2 devices')
})
