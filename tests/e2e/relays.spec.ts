import type { Page } from '@playwright/test'
import { meetingRoomOf } from '../../src/core/meeting/room.ts'
import { isAccessible } from './accessible.ts'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'
import { startRelay, type TestRelay } from './nostr-relay.ts'
import { schemaOf } from './phones.ts'
import { add, openPhoneContext } from './sharing.ts'
import { launchOptions } from './two-browsers.ts'

/** Two browsers that find each other through a Nostr relay on loopback, which is all the signalling there is. */
test.use({ launchOptions, provoked: /WebSocket connection to|User-Initiated Abort/ })
test.describe.configure({ timeout: 180_000 })

let home: string
let relay: TestRelay
let open: () => Promise<Page>
/** Addresses of WebSockets that any page made. */
let sockets: string[]
test.beforeEach(async ({ browser, watch, baseURL }) => {
  home = baseURL ?? '/'
  relay = await startRelay()
  sockets = []
  open = async () => {
    const page = await (await openPhoneContext(browser, watch, home)).newPage()
    page.on('websocket', (socket) => sockets.push(socket.url()))
    // Browsers tell nobody which STUN servers a page uses.
    await page.addInitScript(() => {
      const made: unknown[] = []
      Object.assign(globalThis, {
        iceServers: made,
        RTCPeerConnection: class extends RTCPeerConnection {
          constructor(configuration?: RTCConfiguration) {
            super(configuration)
            made.push(...(configuration?.iceServers ?? []).map(({ urls }) => urls))
          }
        },
      })
    })
    return page
  }
})
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
  await relay.stop()
})

/** The STUN servers of all connections that a page made since it was loaded. */
const stunOf = (page: Page): Promise<readonly unknown[]> =>
  page.evaluate(() => (globalThis as unknown as { readonly iceServers: readonly unknown[] }).iceServers)
/** Shares a collection, and returns its link. */
const share = async (page: Page, collection: string): Promise<string> => {
  await page.goto(`${home}#/g/me/c/${collection}/share`)
  await page.getByRole('button', { name: /^Share / }).click()
  await expect(title(page)).toHaveText(/is shared$/)
  await page.getByRole('button', { name: 'Copy link' }).click()
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(read).toMatch(/#\/join\//)
  return read()
}
const follow = async (page: Page, link: string): Promise<void> => {
  await page.goto(link)
  await page.getByRole('button', { name: 'Follow' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Waiting for the first device' })).toBeVisible()
}
const nameRelay = async (page: Page, url = relay.url): Promise<void> => {
  await page.goto(`${home}#/settings/connections`)
  await page.getByRole('textbox', { name: 'Address of a relay' }).fill(url)
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByText('Nostr relay', { exact: true })).toBeVisible()
}
/** Presses a switch, and waits until it says so: it shows what is stored. */
const press = async (page: Page, name: string | RegExp, isOn = true): Promise<void> => {
  await page.getByRole('switch', { name }).click()
  await expect(page.getByRole('switch', { name })).toBeChecked({ checked: isOn })
}
const turnOn = async (page: Page, collection: string): Promise<void> => {
  await page.goto(`${home}#/settings/connections`)
  await press(page, collection)
}
/** Two browsers that share Shopping, of which the first has it; neither has named a relay yet. */
const twoWhoShare = async () => {
  const [a, b] = [await open(), await open()]
  const collection = await makeCollection(a, 'Shopping')
  await add(a, 'Oats')
  const link = await share(a, collection)
  await follow(b, link)
  return { a, b, collection, link }
}
/** Both look for each other through the relay; resolves when the second has the collection. */
const meet = async ({ a, b, link }: Awaited<ReturnType<typeof twoWhoShare>>): Promise<void> => {
  for (const page of [a, b]) await nameRelay(page)
  await turnOn(a, 'Shopping')
  await turnOn(b, 'A collection on its way')
  await b.goto(link)
  await expect(b.getByText('It is here.')).toBeVisible({ timeout: 60_000 })
  await b.getByRole('link', { name: 'Open it' }).click()
}

test('[V1] two who named the same relay and switched the same collection on find each other, and go on when the relay is gone', async () => {
  const two = await twoWhoShare()
  const { a, b, collection } = two
  await meet(two)
  await expect(b.getByRole('main').getByText('Oats')).toBeVisible()

  await relay.stop()
  await a.goto(`${home}#/g/me/c/${collection}`)
  await add(b, 'Candles')
  await expect(a.getByRole('main').getByText('Candles')).toBeVisible()
  await add(a, 'Rope')
  await expect(b.getByRole('main').getByText('Rope')).toBeVisible()
  await a.goto(`${home}#/g/me/sync`)
  await expect(a.getByText('Direct. The same on both sides.')).toBeVisible()
  expect(new Set(sockets)).toEqual(new Set([`${relay.url}/`]))
  for (const page of [a, b]) expect(await stunOf(page)).toEqual([])
})

test('[V1] two who share two collections find each other in two rooms, and have one connection', async () => {
  const { a, b, link } = await twoWhoShare()
  await follow(b, await share(a, await makeCollection(a, 'Inventory')))
  for (const page of [a, b]) await nameRelay(page)
  // Nothing comes, and no name changes, before the first looks too.
  const switches = b.getByRole('switch', { name: 'A collection on its way' })
  for (const at of [0, 1]) {
    await switches.nth(at).click()
    await expect(switches.nth(at)).toBeChecked()
  }
  for (const name of ['Shopping', 'Inventory']) await turnOn(a, name)
  await b.goto(link)
  await expect(b.getByText('It is here.')).toBeVisible({ timeout: 60_000 })
  await b.goto(`${home}#/g/me/sync`)
  const row = (name: string) => b.getByRole('region', { name: 'What you share' }).getByRole('link', { name })
  for (const name of ['Shopping', 'Inventory']) await expect(row(name)).toBeVisible()
  await expect(b.getByText('Direct. The same on both sides.')).toHaveCount(1)
  // In each room somebody began; the second found the first there.
  await b.goto(`${home}#/hood/sync`)
  await expect(b.getByText(/^Connection [\d,]+$/)).toHaveCount(1)
})

test('[V2] nobody is called and nothing is loaded before a relay is named and a collection switched on, nor any more once it is off', async () => {
  const a = await open()
  const collection = await makeCollection(a, 'Shopping')
  await share(a, collection)
  const scripts: string[] = []
  a.on('request', (request) => scripts.push(new URL(request.url()).pathname))
  await nameRelay(a)
  await a.reload()
  await a.goto(`${home}#/g/me/c/${collection}/share`)
  const look = a.getByRole('switch', { name: /^Look for others/ })
  await expect(look).not.toBeChecked()
  await expect(a.getByText('A relay learns this device’s network address')).toBeVisible()
  await isAccessible(a)
  expect(sockets).toEqual([])
  expect(scripts.filter((path) => /rooms/.test(path))).toEqual([])

  await press(a, /^Look for others/)
  await expect.poll(relay.clients).toBe(1)
  await expect(a.getByText('Looking for others.')).toBeVisible()
  expect(scripts.filter((path) => /rooms/.test(path))).not.toEqual([])
  await press(a, /^Look for others/, false)
  await expect.poll(relay.clients).toBe(0)

  // "Connect only when I say" holds for relays as it does for nodes.
  await a.goto(`${home}#/settings/connections`)
  await press(a, 'Connect only when I say')
  await turnOn(a, 'Shopping')
  await a.reload()
  await expect(a.getByRole('switch', { name: 'Shopping' })).toBeChecked()
  await isAccessible(a)
  expect(relay.clients()).toBe(0)
  await a.getByRole('button', { name: 'Connect now' }).click()
  await expect.poll(relay.clients).toBe(1)
  expect(new Set(sockets)).toEqual(new Set([`${relay.url}/`]))
})

test('[V3] a relay sees ciphertext only: no name, no key, no address, nothing of what is shared', async () => {
  const two = await twoWhoShare()
  await meet(two)
  const { a, b, collection } = two
  await expect(b.getByRole('main').getByText('Oats')).toBeVisible()
  // What the handshakes proved, on both sides: device keys and transport keys.
  const keys: string[] = []
  for (const page of [a, b]) {
    await page.goto(`${home}#/hood/sync`)
    await expect(page.getByText('transport key')).toBeVisible()
    keys.push(...((await page.getByRole('main').textContent())?.match(/[0-9a-f]{64}/g) ?? []))
  }
  expect(keys.length).toBeGreaterThanOrEqual(4)
  const schema = schemaOf(two.link)
  const { name, password } = meetingRoomOf(`schema:${schema}`)

  const all = relay.seen.join('\n')
  const contents = relay.events.map(({ content }) => JSON.parse(content) as Record<string, unknown>)
  expect(contents.some((content) => 'offer' in content)).toBe(true)
  expect(contents.some((content) => 'answer' in content)).toBe(true)
  for (const word of ['Shopping', 'shopping', 'Oats', collection, schema, name, password, ...keys])
    expect(all).not.toContain(word)
  for (const line of ['v=0', 'a=fingerprint', 'a=ice-ufrag', 'candidate:', 'sha-256', '.local', ' typ host'])
    expect(all).not.toContain(line)
  // What is said beside that somebody is there is a nonce and a ciphertext, and the last bears no mark of its plaintext.
  for (const sealed of contents.flatMap(({ offer, answer, candidate }) => [offer, answer, candidate])) {
    if (sealed === undefined) continue
    expect(sealed).toMatch(/^(?:\d{1,3},){15}\d{1,3}\$[\w+/]+=*$/)
    expect(Buffer.from((sealed as string).split('$')[1] ?? '', 'base64').toString('latin1')).not.toMatch(
      /ice-|candidate/,
    )
  }
})

test('[V4] a relay that comes back, or is only there later, is found again; one that was removed is not called any more', async () => {
  const two = await twoWhoShare()
  await relay.stop()
  const { a, b, link } = two
  for (const page of [a, b]) await nameRelay(page)
  await turnOn(a, 'Shopping')
  await turnOn(b, 'A collection on its way')
  await expect.poll(() => sockets.length).toBeGreaterThanOrEqual(2)
  await expect(a.getByText('Not reached. Tried again by itself.')).toBeVisible()
  await relay.start()
  await expect(a.getByText('Reached.', { exact: true })).toBeVisible({ timeout: 30_000 })
  await b.goto(link)
  await expect(b.getByText('It is here.')).toBeVisible({ timeout: 60_000 })

  await a.goto(`${home}#/settings/connections`)
  await a.getByRole('button', { name: `More: ${new URL(relay.url).host}` }).click()
  await a.getByRole('menuitem', { name: 'Remove' }).click()
  await expect.poll(relay.clients).toBe(1)
})

test('[V5] what is no address of a relay is refused with a sentence', async () => {
  const page = await open()
  await page.goto(`${home}#/settings/connections`)
  const field = page.getByRole('textbox', { name: 'Address of a relay' })
  for (const wrong of [
    'relay.example',
    'https://relay.example',
    'wss://known.example@other.example',
    'turn:x.example',
  ]) {
    await field.fill(wrong)
    await page.getByRole('button', { name: 'Add it' }).click()
    await expect(page.getByText('It has to begin with wss:// or stun: and name a host.')).toBeVisible()
  }
  await field.fill('stun:stun.example:3478')
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByText('Tells a device its own address')).toBeVisible()
  expect(sockets).toEqual([])
})
