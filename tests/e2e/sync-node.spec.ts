import type { Page } from '@playwright/test'
import { parseShareLink } from '../../src/core/meeting/share-link.ts'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'
import { add, anOwnNode, copiedLink, openPhoneContext, type OwnNode } from './sharing.ts'

/** Two browsers that never meet, and a node that both connect with. */
test.describe.configure({ timeout: 120_000 })

let node: OwnNode
let home: string
let open: () => Promise<Page>
test.beforeEach(async ({ browser, watch, baseURL }) => {
  home = baseURL ?? '/'
  node = await anOwnNode(watch)
  open = async () => (await openPhoneContext(browser, watch, home)).newPage()
})
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
  await node.remove()
})

test('[Y4] a node that was added gets what is shared and hands it to who follows the link, also while the first device is off', async () => {
  const a = await open()
  await makeCollection(a, 'Shopping')
  await add(a, 'Oats')
  await a.getByRole('main').getByRole('button', { name: 'More' }).click()
  await a.getByRole('menuitem', { name: 'Share…' }).click()
  await a.getByRole('button', { name: 'Share Shopping' }).click()
  await expect(title(a)).toHaveText('Shopping is shared')

  const alone = parseShareLink((await copiedLink(a)).split('/').at(-1) ?? '')
  expect(alone).toMatchObject({ ok: true, value: { name: 'Shopping', hints: [] } })
  if (!alone.ok) return
  const link = await node.start(alone.value.schemaId)

  await a.goto(`${home}#/node/${link}`)
  await a.getByRole('button', { name: /^Connect with localhost/ }).click()
  await expect(a.getByText('Connected.')).toBeVisible()
  await a.goto(`${home}#/g/me/sync`)
  const state = a.getByRole('region', { name: 'Sync' }).getByRole('status')
  await expect(state).toHaveText('Up to date with 1 node', { timeout: 60_000 })
  await a
    .getByRole('main')
    .getByRole('link', { name: /^Shopping/ })
    .click()
  await expect(a.getByText(/It names your node localhost/)).toBeVisible()
  const shared = await copiedLink(a)
  await a.context().close()

  const b = await open()
  await b.goto(shared)
  await expect(b.getByText(/Following connects this device with it/)).toBeVisible()
  await b.getByRole('button', { name: 'Follow' }).click()
  await expect(b.getByText('It is here.')).toBeVisible({ timeout: 60_000 })
  await b.getByRole('link', { name: 'Open it' }).click()
  await expect(b.getByRole('main').getByText('Oats')).toBeVisible()
})
