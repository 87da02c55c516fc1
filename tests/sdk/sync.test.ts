import { expect, onTestFinished, test } from 'vitest'
import { noNodes } from '../../src/hosts/nodes/no-nodes.ts'
import { connect, serve } from '../../src/hosts/remote.ts'
import type { EngineApi } from '../../src/engine/api.ts'
import { P2pandaError } from '../../src/sdk/errors.ts'
import { readNodeLink, readShareLink, writeNodeLink, writeShareLink } from '../../src/sdk/links.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import type { Live, TakibiNode } from '../../src/sdk/testing.ts'
import { aWorld, type Device } from '../engine/sync/world.ts'

/** The public node over a device, with a port between as in a page. */
const nodeOf = async ({ engine }: Device): Promise<TakibiNode> => {
  const { port1, port2 } = new MessageChannel()
  serve(engine, port1)
  const { api } = connect<EngineApi>(port2)
  onTestFinished(() => {
    port1.close()
    port2.close()
  })
  return nodeOver(api, () => undefined)
}

/** What somebody who looks on sees last. */
const shown = <T>(live: Live<T>): (() => T) => {
  onTestFinished(live.subscribe(() => undefined))
  return live.getState
}
const failureOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof P2pandaError ? thrown.failure : thrown),
  )

test('[Q4] what is shared says with whom it is the same, and which devices have what', async () => {
  await using world = aWorld()
  const [here, there] = [world.device('here'), world.device('there')]
  const [node, other] = [await nodeOf(here), await nodeOf(there)]
  const item = await node.defineSchema('item', 'What we need', { title: 'str' })
  const before = await node.create(item, { title: 'Oats' })
  expect(await node.sync.withWhom([before])).toEqual([{ documentId: before, isShared: false, with: [] }])

  const [status, peers, sessions] = [node.sync.status(), node.sync.peers(), node.sync.sessions()].map((live) =>
    shown<unknown>(live),
  )
  await node.sync.share(item)
  await world.until(() => JSON.stringify(status?.()).includes(item.id))
  await other.sync.share(item.id)
  expect(await node.sync.withWhom([before])).toEqual([{ documentId: before, isShared: true, with: [] }])
  const line = await world.connect(here, there)
  await world.settle(here, there)
  await world.until(async () => (await node.sync.withWhom([before]))[0]?.with.length === 1)

  expect(await node.sync.withWhom([before])).toMatchObject([{ with: [{ publicKey: other.publicKey }] }])
  await world.until(() => JSON.stringify(status?.()).includes('"state":"live"'))
  expect(status?.()).toMatchObject({
    status: 'ready',
    shared: [{ schemaId: item.id, peers: [{ publicKey: other.publicKey, state: 'live' }] }],
  })
  expect(peers?.()).toMatchObject({ peers: [{ state: 'ready', isDialled: true, publicKey: other.publicKey }] })
  const talk = expect.objectContaining({ scope: `schema:${item.id}`, state: 'live' }) as unknown
  expect(sessions?.()).toMatchObject({ sessions: expect.arrayContaining([talk]) as unknown })

  const after = await node.create(item, { title: 'Candles' })
  await world.until(async () => (await node.sync.withWhom([after]))[0]?.with.length === 1)
  expect((await other.query(item.id, { orderBy: ['title'] }).once()).documents.map(({ fields }) => fields)).toEqual([
    { title: 'Candles' },
    { title: 'Oats' },
  ])

  // What somebody wrote is with them from the moment it comes.
  const theirs = await other.create(item.id, { title: 'Lamp oil' })
  const came = shown(node.document(theirs))
  await world.until(() => came().document !== undefined)
  expect(await node.sync.withWhom([theirs])).toMatchObject([{ with: [{ publicKey: other.publicKey }] }])
  await line.close()
})

test('[Q4] a connection is ended by its number, and only one that is there', async () => {
  await using world = aWorld()
  const [here, there] = [world.device('here'), world.device('there')]
  const node = await nodeOf(here)
  await world.connect(here, there)
  const peers = shown(node.sync.peers())
  await world.until(() => peers().peers[0]?.state === 'ready')
  const ending = node.sync.disconnect(1)
  await world.until(() => peers().peers[0]?.state === 'closed')
  await ending
  expect(await failureOf(node.sync.disconnect(7))).toEqual({ code: 'sync/peer-unknown', peer: 7 })
})

test('[Q4] what is built in is not shared by itself, and who hosts no nodes takes none', async () => {
  await using world = aWorld()
  const node = await nodeOf(world.device('here'))
  expect(await failureOf(node.sync.share('blob_v1'))).toMatchObject({ code: 'scope/system-schema' })
  expect(await failureOf(node.sync.share('not a schema'))).toMatchObject({ code: 'schema/id-malformed' })
  const own = await nodeOver(world.device('alone').engine, () => undefined, undefined, noNodes)
  expect(await own.sync.nodes.list().once()).toMatchObject({ nodes: [] })
  const transportKey = own.publicKey
  expect(await failureOf(own.sync.nodes.add({ address: 'wss://node.example', transportKey }))).toMatchObject({
    code: 'dial/unsupported',
  })
})

test('[Q1] links are written and read as the app does, and say what is wrong with them', async () => {
  const schemaId = `item_0020${'ab'.repeat(32)}`
  const link = { schemaId, name: 'What we need', hints: [] } as unknown as Parameters<typeof writeShareLink>[0]
  expect(readShareLink(writeShareLink(link))).toEqual(link)
  const node = { address: 'wss://node.example', transportKey: 'ab'.repeat(32), token: '' }
  const nodeLink = node as unknown as Parameters<typeof writeNodeLink>[0]
  expect(readNodeLink(writeNodeLink(nodeLink))).toEqual(node)
  expect(() => readShareLink('2cut')).toThrow(/ask for it again/)
  expect(() => readNodeLink('9abc')).toThrow(/Update the app/)
})
