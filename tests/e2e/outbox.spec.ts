import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { serve } from '../../scripts/static-server.mjs'
import type { OutboxState, TakibiNode } from '../../src/sdk/types.ts'
import { type P2pandaNode, startP2pandaNode } from '../engine/outbox/a-p2panda-node.ts'
import { startTestNode } from '../hosts/node/a-node.ts'
import { builtApp, expect, isControlled, test as base } from './fixtures.ts'
import type { Plain } from './plain-page.ts'

const library = process.env['TAKIBI_SDK'] ?? 'dist/sdk'

/** The app's own host, and a page beside it that has the library alone: one origin, one database, one service worker. */
interface Site {
  readonly url: string
  readonly context: BrowserContext
  /** A tab with the library; `takibi` is open in it as `node`. */
  readonly openTab: () => Promise<Page>
  /** Speaks to the browser about its service workers, from a tab elsewhere. */
  readonly browser: CDPSession
  /** Has the browser fire the event of Background Sync, as it does when there is a network again. */
  readonly fireSync: () => Promise<void>
  /** The same for the one that comes from time to time, where the browser grants it. */
  readonly firePeriodicSync: () => Promise<void>
}

const tag = 'takibi-outbox/takibi'
/** A page looks after its outbox some seconds after something was written; a busy machine takes longer. */
const soon = expect.configure({ timeout: 20_000 })

const test = base.extend<{ readonly site: Site; readonly panda: P2pandaNode }>({
  // Nodes that are down, that refuse the preflight, or the sync event that is to come again.
  provoked: /Failed to load resource|waits for a node|blocked by CORS/,

  panda: async ({ watch }, use) => {
    const node = await startP2pandaNode()
    watch.home(node.url)
    await use(node)
    await node.stop()
  },

  site: async ({ context, watch }, use) => {
    const host = await serve({ '/sdk/': library, '/tab/': 'tests/e2e/plain', '/': builtApp })
    watch.home(host.url)
    const app = await context.newPage()
    await app.goto(host.url)
    await isControlled(app)
    await app.close()
    const elsewhere = await context.newPage()
    await elsewhere.goto('about:blank')
    const browser = await context.newCDPSession(elsewhere)
    const registrations = new Map<string, string>()
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: all }) => {
      for (const { registrationId, scopeURL } of all) registrations.set(scopeURL, registrationId)
    })
    await browser.send('ServiceWorker.enable')
    const openTab = async (): Promise<Page> => {
      const page = await context.newPage()
      await page.goto(`${host.url}tab/`)
      await page.evaluate(async () => {
        const { openNode } = (await import(/* @vite-ignore */ `${location.origin}/sdk/index.js`)) as Plain
        Object.assign(globalThis, { node: await openNode({ name: 'takibi' }) })
      })
      return page
    }
    const event = async () => {
      await soon.poll(() => registrations.get(host.url)).toBeDefined()
      return { origin: new URL(host.url).origin, registrationId: registrations.get(host.url) ?? '', tag }
    }
    const fireSync = async (): Promise<void> => {
      await browser.send('ServiceWorker.dispatchSyncEvent', { ...(await event()), lastChance: false })
    }
    const firePeriodicSync = async (): Promise<void> => {
      await browser.send('ServiceWorker.dispatchPeriodicSyncEvent', await event())
    }
    await use({ url: host.url, context, openTab, browser, fireSync, firePeriodicSync })
    await host.stop()
  },
})
test.setTimeout(90_000)

/** Defines and shares a schema, and publishes to a node from now on. */
const shareTo = (page: Page, url: string): Promise<string> =>
  page.evaluate(async (target) => {
    const { node } = globalThis as unknown as Plain
    const schema = await node.defineSchema('item', 'What we need', { title: 'str' })
    await node.sync.share(schema)
    await node.sync.nodes.publishTo(target)
    return schema.id
  }, url)

/** One thing, changed twice: the ids of its three entries. */
const write = (page: Page, schema: string, title: string): Promise<readonly string[]> =>
  page.evaluate(
    async ([id, text]) => {
      const { node } = globalThis as unknown as Plain
      const document = await node.create(id, { title: text })
      const changes = [`${text}!`, `${text}!!`]
      const ids: string[] = [document]
      for (const change of changes) ids.push(await node.update(document, { title: change }))
      return ids
    },
    [schema, title] as const,
  )

const outboxOf = (page: Page): Promise<OutboxState> =>
  page.evaluate(async () => {
    const { node } = globalThis as unknown as { readonly node: TakibiNode }
    const { nodes } = await node.sync.outbox().once()
    return nodes[0]!
  })
const waiting = (page: Page) => soon.poll(async () => (await outboxOf(page)).waiting)
/** A tab that publishes to a node, which has everything so far. */
const publishing = async (site: Site, url: string): Promise<{ readonly page: Page; readonly schema: string }> => {
  const page = await site.openTab()
  const schema = await shareTo(page, url)
  await waiting(page).toBe(0)
  return { page, schema }
}
const of = (node: P2pandaNode, ids: readonly string[]): readonly string[] =>
  node.stored.filter((id) => ids.includes(id))

test('[O10] written offline, all tabs closed, online again: the service worker publishes it once, in log order', async ({
  site,
  panda,
}) => {
  const { page, schema } = await publishing(site, panda.url)
  await site.context.setOffline(true)
  const ids = [...(await write(page, schema, 'Oats')), ...(await write(page, schema, 'Apples'))]
  expect(await outboxOf(page)).toMatchObject({ waiting: 6 })
  await page.close()
  expect(of(panda, ids)).toEqual([])
  await site.context.setOffline(false)
  await site.fireSync()
  await soon.poll(() => of(panda, ids)).toHaveLength(6)
  for (const one of [ids.slice(0, 3), ids.slice(3)]) expect(of(panda, one)).toEqual(one)
  const later = await site.openTab()
  await waiting(later).toBe(0)
  expect(panda.came.filter((id) => ids.includes(id))).toHaveLength(6)
})

test('[O10] a node that is down, or answers errors, gets everything when it is well; meanwhile the outbox says how it is', async ({
  site,
  panda,
}) => {
  const { page, schema } = await publishing(site, panda.url)
  await panda.stop()
  const ids = await write(page, schema, 'Oats')
  await site.fireSync()
  await soon.poll(async () => (await outboxOf(page)).said).toBe('It could not be reached')
  await panda.start()
  panda.faults.status = 500
  await site.fireSync()
  await soon.poll(async () => (await outboxOf(page)).said).toBe('HTTP 500')
  expect(await outboxOf(page)).toMatchObject({ waiting: 3, refused: [] })
  delete panda.faults.status
  await site.firePeriodicSync()
  await waiting(page).toBe(0)
  expect(of(panda, ids)).toEqual(ids)
  expect(await outboxOf(page)).not.toHaveProperty('said')
})

test('[O10] a slow node holds up nobody else, and is sent nothing twice', async ({ site, panda, watch }) => {
  const quick = await startP2pandaNode()
  watch.home(quick.url)
  const page = await site.openTab()
  const schema = await shareTo(page, panda.url)
  await page.evaluate((url) => (globalThis as unknown as Plain).node.sync.nodes.publishTo(url), quick.url)
  await soon.poll(() => quick.stored.length + panda.stored.length).toBe(4)
  let answer = (): void => undefined
  panda.faults.waits = new Promise((resolve) => {
    answer = resolve
  })
  const ids = await write(page, schema, 'Oats')
  await site.fireSync()
  await site.fireSync()
  await soon.poll(() => of(quick, ids)).toEqual(ids)
  expect(of(panda, ids)).toEqual([])
  answer()
  await soon.poll(() => of(panda, ids)).toEqual(ids)
  expect(panda.came.filter((id) => ids.includes(id))).toEqual(ids)
  await quick.stop()
})

test('[O10] an entry that a node refuses is shown with its words, and goes when it is tried again', async ({
  site,
  panda,
}) => {
  const { page, schema } = await publishing(site, panda.url)
  panda.faults.refuses = ({ seqNum }) => (seqNum === 2n ? 'No second thoughts here' : undefined)
  const ids = await write(page, schema, 'Oats')
  const other = await page.evaluate(
    (id) => (globalThis as unknown as Plain).node.create(id, { title: 'Apples' }),
    schema,
  )
  await site.fireSync()
  await soon
    .poll(async () => (await outboxOf(page)).refused)
    .toMatchObject([{ id: ids[1], documentId: ids[0], said: 'No second thoughts here' }])
  expect(panda.stored).toContain(other)
  delete panda.faults.refuses
  await page.evaluate((url) => (globalThis as unknown as Plain).node.sync.retryRefused(url), panda.url)
  await site.fireSync()
  await waiting(page).toBe(0)
  expect(of(panda, ids)).toEqual(ids)
})

test('[O11] without Background Sync the page asks the service worker: when it opens, and when it comes online', async ({
  site,
  panda,
}) => {
  await site.context.addInitScript(() => {
    // A browser that has no such events.
    if ('ServiceWorkerRegistration' in globalThis)
      delete (ServiceWorkerRegistration.prototype as { sync?: unknown }).sync
  })
  const { page, schema } = await publishing(site, panda.url)
  await site.context.setOffline(true)
  const ids = await write(page, schema, 'Oats')
  await soon.poll(() => page.evaluate(() => navigator.onLine)).toBe(false)
  await site.context.setOffline(false)
  await waiting(page).toBe(0)
  expect(of(panda, ids)).toEqual(ids)
  await site.context.setOffline(true)
  const more = await write(page, schema, 'Apples')
  await page.close()
  await site.context.setOffline(false)
  expect(of(panda, more)).toEqual([])
  await waiting(await site.openTab()).toBe(0)
  expect(of(panda, more)).toEqual(more)
})

test('[O11] without a service worker of ours the engine publishes', async ({ context, watch, panda }) => {
  const host = await serve({ '/sdk/': library, '/': 'tests/e2e/plain' })
  watch.home(host.url)
  const page = await context.newPage()
  await page.goto(host.url)
  await page.evaluate(async () => {
    const { openNode } = (await import(/* @vite-ignore */ `${location.origin}/sdk/index.js`)) as Plain
    Object.assign(globalThis, { node: await openNode({ name: 'alone' }) })
  })
  const schema = await shareTo(page, panda.url)
  const ids = await write(page, schema, 'Oats')
  await waiting(page).toBe(0)
  expect(of(panda, ids)).toEqual(ids)
  await host.stop()
})

test('[O12] a Takibi node that was down while something was written gets it by the service worker, and shows it', async ({
  site,
  watch,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'takibi-node-'))
  const page = await site.openTab()
  const schema = await page.evaluate(async () => {
    const { node } = globalThis as unknown as Plain
    const { id } = await node.defineSchema('item', 'What we need', { title: 'str' })
    await node.sync.share(id)
    return id
  })
  const before = await startTestNode({ dataDir, follow: [schema] })
  const port = Number(new URL(before.url).port)
  const url = `http://localhost:${port}`
  watch.home(url)
  await page.evaluate((address) => (globalThis as unknown as Plain).node.sync.nodes.add(address), {
    address: `ws://localhost:${port}/sync`,
    transportKey: before.transportKey,
  })
  const titles = async (): Promise<string> => {
    const body = JSON.stringify({ query: `{ all_${schema} { documents { fields { title } } } }` })
    const headers = { 'content-type': 'application/json' }
    return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text()
  }
  // What was here before the node goes by session.
  await soon.poll(titles).toContain('"documents":[]')
  await before.stop()
  await write(page, schema, 'Oats')
  expect(await outboxOf(page)).toMatchObject({ kind: 'takibi', url: `${url}/graphql`, waiting: 3 })
  await page.close()
  const node = await startTestNode({ dataDir, port })
  await site.fireSync()
  await soon.poll(titles).toContain('"title":"Oats!!"')
  await waiting(await site.openTab()).toBe(0)
  await node.stop()
  await rm(dataDir, { recursive: true, force: true })
})
