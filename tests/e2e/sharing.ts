import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { nodeLinkText } from '../../src/core/meeting/node-link.ts'
import { type RunningNode, serve } from '../../src/sdk/node.ts'
import { expect } from './fixtures.ts'

/** What of the fixtures looks at contexts that a test opens itself. */
export interface Watch {
  readonly context: (context: BrowserContext) => Promise<void>
  readonly home: (url: string) => void
}

/** A browser of its own, as a phone has one, which may use camera and clipboard. */
export const openPhoneContext = async (browser: Browser, watch: Watch, baseURL: string): Promise<BrowserContext> => {
  const context = await browser.newContext({
    baseURL,
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
    permissions: ['camera', 'clipboard-read', 'clipboard-write'],
  })
  await watch.context(context)
  return context
}

/** Adds a thing to the list that is open. */
export const add = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Add item' }).fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByText(name)).toBeVisible()
}

/** The link of the share screen that is open. */
export const copiedLink = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Copy link' }).click()
  return page.evaluate(() => navigator.clipboard.readText())
}

/** A node of a test's own, on a folder of its own. */
export interface OwnNode {
  /** Starts it, to take part in a schema where one is said, and returns its link, without its token. */
  readonly start: (schemaId?: string) => Promise<string>
  /** Stops it, and takes its folder away. */
  readonly remove: () => Promise<void>
}

/** @param groupToken where it is to keep groups: what it wants to hear before */
export const anOwnNode = async (watch: Watch, groupToken?: string): Promise<OwnNode> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'takibi-node-'))
  let node: RunningNode | undefined
  return {
    start: async (schemaId) => {
      const follow = schemaId === undefined ? [] : [schemaId]
      const groups = groupToken === undefined ? {} : { groupToken }
      node = await serve({ dataDir, port: 0, host: '127.0.0.1', follow, ...groups })
      const { port } = new URL(node.url)
      watch.home(`http://localhost:${port}`)
      return nodeLinkText({ address: `ws://localhost:${port}/sync`, transportKey: node.transportKey, token: '' })
    },
    remove: async () => {
      await node?.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
