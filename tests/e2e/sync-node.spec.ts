import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { SchemaId } from '../../src/core/ids.ts'
import { nodeLinkText } from '../../src/core/meeting/node-link.ts'
import { parseShareLink } from '../../src/core/meeting/share-link.ts'
import { type RunningNode, serve } from '../../src/sdk/node.ts'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

/** Two browsers that never meet, and a node that both connect with. */
test.describe.configure({ timeout: 120_000 })

let node: RunningNode | undefined
let folder: string
let home: string
let open: () => Promise<Page>
/** Starts a node that takes part in a schema, and returns its link. */
let startNode: (schemaId: SchemaId) => Promise<string>
test.beforeEach(async ({ browser, watch, baseURL }) => {
  home = baseURL ?? '/'
  folder = await mkdtemp(join(tmpdir(), 'takibi-node-'))
  startNode = async (schemaId) => {
    node = await serve({ dataDir: folder, port: 0, host: '127.0.0.1', follow: [schemaId] })
    const { port } = new URL(node.url)
    watch.home(`http://localhost:${port}`)
    return nodeLinkText({ address: `ws://localhost:${port}/sync`, transportKey: node.transportKey, token: '' })
  }
  open = async () => {
    const context = await browser.newContext({
      baseURL: home,
      locale: 'en-GB',
      viewport: { width: 390, height: 844 },
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await watch.context(context)
    return context.newPage()
  }
})
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
  await node?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('[Y4] a node that was added gets what is shared and hands it to who follows the link, also while the first device is off', async () => {
  const a = await open()
  await makeCollection(a, 'Shopping')
  await a.getByRole('textbox', { name: 'Add item' }).fill('Oats')
  await a.keyboard.press('Enter')
  await a.getByRole('main').getByRole('button', { name: 'More' }).click()
  await a.getByRole('menuitem', { name: 'Share…' }).click()
  await a.getByRole('button', { name: 'Share Shopping' }).click()
  await expect(title(a)).toHaveText('Shopping is shared')

  await a.getByRole('button', { name: 'Copy link' }).click()
  const alone = parseShareLink((await a.evaluate(() => navigator.clipboard.readText())).split('/').at(-1) ?? '')
  expect(alone).toMatchObject({ ok: true, value: { name: 'Shopping', hints: [] } })
  if (!alone.ok) return
  const link = await startNode(alone.value.schemaId)

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
  await a.getByRole('button', { name: 'Copy link' }).click()
  const shared = await a.evaluate(() => navigator.clipboard.readText())
  await a.context().close()

  const b = await open()
  await b.goto(shared)
  await expect(b.getByText(/Following connects this device with it/)).toBeVisible()
  await b.getByRole('button', { name: 'Follow' }).click()
  await expect(b.getByText('It is here.')).toBeVisible({ timeout: 60_000 })
  await b.getByRole('link', { name: 'Open it' }).click()
  await expect(b.getByRole('main').getByText('Oats')).toBeVisible()
})
