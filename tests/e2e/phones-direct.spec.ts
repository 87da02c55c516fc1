import type { Locator, Page } from '@playwright/test'
import { makeCollection } from './app.ts'
import { expect } from './fixtures.ts'
import { meetByCode } from './meet-by-code.ts'
import type { NodeProcess } from './node-process.ts'
import {
  addNode,
  addThings,
  connectOnlyWhenAsked,
  follow,
  isUpToDate,
  listTheSame,
  type Phone,
  schemaOf,
  share,
  test,
} from './phones.ts'
import { launchOptions } from './two-browsers.ts'

/** Phones that know a node, and find each other there. */
test.use({ launchOptions, provoked: /WebSocket connection to/ })
test.describe.configure({ timeout: 180_000 })

interface Fixtures {
  readonly openPhone: (name: string) => Promise<Phone>
  readonly runNode: (follow: readonly string[]) => Promise<NodeProcess>
}

/** Two phones that follow one collection, and a node that takes part in it. */
const shareOne = async ({ openPhone, runNode }: Fixtures) => {
  const [a, b] = [await openPhone('a'), await openPhone('b')]
  const collection = await makeCollection(a.page(), 'Inventory')
  await addThings(a.page(), collection, ['Ladder'])
  const link = await share(a.page(), collection)
  await follow(b.page(), link)
  return { a, b, collection, node: await runNode([schemaOf(link)]) }
}

/** The other phone, in the list of those that this one talks with directly. */
const direct = (page: Page): Locator => page.getByRole('listitem').filter({ hasText: /Direct\./ })
const areDirect = async (phones: readonly Phone[], withHowMany = 1): Promise<void> => {
  for (const { page } of phones) {
    await page().goto('./#/g/me/sync')
    await expect(direct(page())).toHaveCount(withHowMany, { timeout: 60_000 })
  }
}

test('[F11] two phones that know one node connect directly by themselves, and keep each other current when the node is gone', async ({
  openPhone,
  runNode,
}) => {
  const { a, b, collection, node } = await shareOne({ openPhone, runNode })
  for (const { page } of [a, b]) await addNode(page(), node)
  await areDirect([a, b])
  await node.kill()
  for (const { page } of [a, b]) await expect(page().getByText(/Not reached. Next try at/)).toBeVisible()
  await addThings(b.page(), collection, ['Tarpaulin'])
  await listTheSame([a.page(), b.page()], collection, 2)
  await addThings(a.page(), collection, ['Bucket'])
  await listTheSame([a.page(), b.page()], collection, 3)
  await areDirect([a, b])
})

test('[F12] who connects only when asked is connected with nobody directly, and is once that is switched off', async ({
  openPhone,
  runNode,
}) => {
  const { a, b, node } = await shareOne({ openPhone, runNode })
  await addNode(b.page(), node)
  await connectOnlyWhenAsked(b.page(), true)
  await addNode(a.page(), node)
  await b.page().goto('./#/g/me/sync')
  await b.page().getByRole('button', { name: 'Connect now' }).click()
  for (const { page } of [a, b]) await isUpToDate(page(), '1 node')
  await expect(direct(a.page())).toHaveCount(0)
  await connectOnlyWhenAsked(b.page(), false)
  await areDirect([a, b])
})

test('[F13] a phone whose page was killed and opened again is connected directly once more', async ({
  openPhone,
  runNode,
}) => {
  const { a, b, collection, node } = await shareOne({ openPhone, runNode })
  for (const { page } of [a, b]) await addNode(page(), node)
  await areDirect([a, b])
  await b.crash()
  await areDirect([b, a])
  await node.kill()
  await addThings(b.page(), collection, ['Tarpaulin'])
  await listTheSame([a.page(), b.page()], collection, 2)
})

test('[F14] the first and the last of three in a chain connect directly through the one between, and stay so without it', async ({
  openPhone,
  baseURL,
}) => {
  const [a, b, c] = [await openPhone('a'), await openPhone('b'), await openPhone('c')]
  const collection = await makeCollection(a.page(), 'Inventory')
  await addThings(a.page(), collection, ['Ladder'])
  const link = await share(a.page(), collection)
  for (const { page } of [b, c]) await follow(page(), link)
  await meetByCode(a.page(), b.page(), baseURL ?? '/')
  await b.page().getByRole('link', { name: 'Done' }).click()
  await meetByCode(b.page(), c.page(), baseURL ?? '/')
  await areDirect([a, b, c], 2)
  await b.sleep()
  await addThings(c.page(), collection, ['Tarpaulin'])
  await listTheSame([a.page(), c.page()], collection, 2)
})
