import { isAccessible } from './accessible.ts'
import { makeCollection, title } from './app.ts'
import { startP2pandaNode, type P2pandaNode } from '../engine/outbox/a-p2panda-node.ts'
import { expect, test as base } from './fixtures.ts'
import { share } from './phones.ts'

/** What goes to nodes, as its person sees it. */
const test = base.extend<{ readonly panda: P2pandaNode }>({
  // A node that is down, and a device without a network.
  provoked: /Failed to load resource|waits for a node|ERR_/,
  panda: async ({ watch }, use) => {
    const node = await startP2pandaNode()
    watch.home(node.url)
    await use(node)
    await node.stop()
  },
})
test.describe.configure({ timeout: 120_000 })

test('[Y8] another p2panda node gets what is shared; what waits is said with the reason and tried again; nothing goes there any more once it was said so', async ({
  page,
  panda,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('./')
  const collection = await makeCollection(page, 'Shopping')
  await share(page, collection)
  await page.goto('./#/g/me/outgoing')
  await expect(title(page)).toHaveText('What goes to nodes')
  const address = page.getByRole('textbox', { name: 'Address of its GraphQL endpoint' })
  await address.fill('shed')
  await page.getByRole('button', { name: 'Publish there' }).click()
  await expect(page.getByText('This is no address of an endpoint.')).toBeVisible()

  await panda.stop()
  await address.fill(panda.url)
  await page.getByRole('button', { name: 'Publish there' }).click()
  const card = page.getByRole('region', { name: new URL(panda.url).host })
  await expect(card.getByText('It gets what you write in Shopping.')).toBeVisible()
  await expect(card.getByText(/are waiting\./)).toBeVisible()
  await expect(card.getByText(/^Last try: .* Next try at/)).toBeVisible({ timeout: 30_000 })
  await isAccessible(page)
  await context.setOffline(true)
  await expect(card.getByText('This device has no network.')).toBeVisible()
  await context.setOffline(false)

  // What a node refused waits for its person, and is not tried again before.
  panda.faults.refuses = () => 'The shed is full'
  await panda.start()
  await card.getByRole('button', { name: 'Try again now' }).click()
  await expect(card.getByText('What waits was refused.')).toBeVisible({ timeout: 30_000 })
  await expect(card.getByText('The shed is full').first()).toBeVisible()
  delete panda.faults.refuses
  await card.getByRole('button', { name: 'Try again now' }).click()
  await expect(card.getByText('Everything that you wrote has arrived there.')).toBeVisible({ timeout: 30_000 })
  expect(panda.stored.length).toBeGreaterThan(0)
  await card.getByRole('button', { name: 'Publish no longer' }).click()
  await expect(card).toBeHidden()
})
