import { KeyPair } from 'p2panda-js'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { nodeTransport } from '../../../src/adapters/node/websocket-dial.ts'
import { webClock } from '../../../src/adapters/web/web-clock.ts'
import type { Attached } from '../../../src/engine/sync/api.ts'
import { type OpenedEngine, openEngine } from '../../../src/hosts/node/open-engine.ts'
import { call, createAll, define, valueOf } from '../../engine/support.ts'
import { aClient } from '../../interop/a-client.ts'
import { aFolder } from '../cli/a-terminal.ts'
import { type TestNode, aNode, ask, shownAt } from './a-node.ts'

const transport = nodeTransport(webClock)
const syncUrl = ({ url }: TestNode): string => `${url.replace('http:', 'ws:')}/sync`

async function aDevice(): Promise<OpenedEngine> {
  const device = await openEngine({ dataDir: await aFolder() })
  onTestFinished(device.api.close)
  return device
}
async function connect({ api, transportKey }: OpenedEngine, node: TestNode): Promise<Attached> {
  const channel = await transport.dial(syncUrl(node), call.signal)
  return api.attach(channel, { role: 'client', server: node.transportKey }, transportKey)
}

const countOn = async ({ api }: OpenedEngine, schemaId: string): Promise<unknown> => {
  const page = await api.query({ schema: schemaId as never }, call)
  return page.ok && page.value.totalCount
}

test('[N12] what one device shares comes to another by the node, which then shows it by GraphQL too', async () => {
  const [mine, yours] = [await aDevice(), await aDevice()]
  const thing = await define(mine.api, { title: 'str' })
  await createAll(mine.api, thing.id, [{ title: 'Rope' }, { title: 'Oats' }])
  valueOf(await mine.api.share(thing.id))
  const node = await aNode({ follow: [thing.id] })
  await connect(mine, node)
  const shown = async (): Promise<unknown> =>
    shownAt(await ask(node, `{ found: all_${thing.id} { totalCount } }`), 'found', 'totalCount')
  await expect.poll(shown, { timeout: 20_000 }).toBe(2)

  valueOf(await yours.api.share(thing.id))
  await connect(yours, node)
  const titles = async (): Promise<ReadonlySet<unknown>> => {
    const page = await yours.api.query({ schema: thing.id }, call)
    return new Set(page.ok ? page.value.documents.map(({ fields }) => fields['title']) : [])
  }
  await expect.poll(titles, { timeout: 20_000 }).toEqual(new Set(['Oats', 'Rope']))
  await createAll(mine.api, thing.id, [{ title: 'Salt' }])
  await expect.poll(titles, { timeout: 20_000 }).toEqual(new Set(['Oats', 'Rope', 'Salt']))
})

test('[N12] what was published by GraphQL is served by sync', async () => {
  const node = await aNode()
  const client = aClient(node)
  const schemaId = await client.defineSchema('thing', { title: 'str' })
  await client.create(schemaId, [['title', 'str', 'Rope']])
  const device = await aDevice()
  valueOf(await device.api.share(schemaId as never))
  await connect(device, node)
  await expect.poll(() => countOn(device, schemaId), { timeout: 20_000 }).toBe(1)
})

test('[N12] what is published for the first time comes to a device that followed it and was connected already', async () => {
  const keyPair = new KeyPair()
  const types = { title: 'str' }
  // The same key says the same at two nodes, so its schema is known before the second hears of it.
  const schemaId = await aClient(await aNode(), keyPair).defineSchema('thing', types)
  const node = await aNode()
  const device = await aDevice()
  valueOf(await device.api.share(schemaId as never))
  await connect(device, node)
  await expect.poll(async () => valueOf(await device.api.peers())[0]?.state, { timeout: 10_000 }).toBe('ready')
  const client = aClient(node, keyPair)
  expect(await client.defineSchema('thing', types)).toBe(schemaId)
  await client.create(schemaId, [['title', 'str', 'Rope']])
  await expect.poll(() => countOn(device, schemaId), { timeout: 20_000 }).toBe(1)
})

test('[N12] a node that is asked for another key than its own is left at once', async () => {
  const node = await aNode()
  const { api, transportKey } = await aDevice()
  const channel = await transport.dial(syncUrl(node), call.signal)
  const attached = api.attach(channel, { role: 'client', server: await transportKey.publicKey() }, transportKey)
  expect(await attached.closed).toMatchObject({ code: expect.stringMatching(/^handshake\//) })
  expect((await fetch(`${node.url}/health`)).status).toBe(200)
})

/** How an attempt to open a WebSocket ends: open, or what was said instead. */
const attempt = (url: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url)
    onTestFinished(() => socket.terminate())
    socket.on('open', () => resolve('open'))
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_, response) => {
      let text = ''
      response.on('data', (piece: Buffer) => (text += String(piece)))
      response.on('end', () => resolve(`${response.statusCode} ${text.trim()}`))
    })
  })

test('[N6] a node that is full refuses with 503 and a sentence, and takes the next one when somebody left', async () => {
  const node = await aNode({ limits: { socketsPerAddress: 2 } })
  expect([await attempt(syncUrl(node)), await attempt(syncUrl(node))]).toEqual(['open', 'open'])
  expect(await attempt(syncUrl(node))).toMatch(/^503 .*no room/)
  expect(await attempt(syncUrl(node).replace('/sync', '/other'))).toMatch(/^404/)
})

test('[N6] one address that begins handshake after handshake does not use up those of all', async () => {
  const node = await aNode({ limits: { handshakesPerAddress: 0.1 }, isBehindProxy: true })
  const from = (address: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(syncUrl(node), { headers: { 'x-forwarded-for': address } })
      onTestFinished(() => socket.terminate())
      socket.on('open', () => resolve('open'))
      socket.on('error', () => undefined)
      socket.on('unexpected-response', (_, { statusCode }) => resolve(String(statusCode)))
    })
  expect([await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.2')]).toEqual(['open', '503', 'open'])
})

test('[N8] who syncs hears goodbye when the node ends', async () => {
  const node = await aNode()
  const device = await aDevice()
  const attached = await connect(device, node)
  await expect.poll(async () => valueOf(await device.api.peers())[0]?.state, { timeout: 10_000 }).toBe('ready')
  await node.stop()
  expect(await attached.closed).toBeUndefined()
})
