import { expect, onTestFinished, test } from 'vitest'
import { webHttp } from '../../../src/adapters/web/web-http.ts'
import type { DocumentId } from '../../../src/core/ids.ts'
import type { Draft } from '../../../src/engine/api.ts'
import type { OutboxState } from '../../../src/engine/outbox/api.ts'
import type { DrainReason } from '../../../src/engine/outbox/drain.ts'
import { memoryEngine } from '../../../src/hosts/memory-engine.ts'
import { nodePrefix } from '../../../src/engine/outbox/targets.ts'
import { aNode } from '../../hosts/node/a-node.ts'
import { call, createAll, define, valueOf } from '../support.ts'
import { type Faults, startP2pandaNode } from './a-p2panda-node.ts'

let seeds = 100
/** For what goes on by itself, on a machine that has much else to do. */
const patience = { timeout: 4_000 }

/** A device that shares one schema. Its clock stands still; what it asks goes out by real HTTP. */
const aDevice = async () => {
  const { api, clock, store } = memoryEngine(seeds++, { http: webHttp })
  onTestFinished(api.close)
  const { id: schema } = await define(api, { title: 'str' })
  const drain = async (reason: DrainReason = 'tick'): Promise<void> => valueOf(await api.drainOutbox(reason))
  const states = async (): Promise<readonly OutboxState[]> => valueOf(await api.outbox())
  const only = async (): Promise<OutboxState> => (await states())[0]!
  const create = async (title: string): Promise<DocumentId> => (await createAll(api, schema, [{ title }]))[0]!
  const update = async (document: DocumentId, title: string): Promise<string> => {
    const draft: Draft = { action: 'update', document, fields: { title } }
    return valueOf(await api.publish([draft], call))[0]!.operationId
  }
  return {
    api,
    clock,
    store,
    schema,
    drain,
    states,
    only,
    create,
    update,
    share: () => api.share(schema).then(valueOf),
  }
}
type Device = Awaited<ReturnType<typeof aDevice>>

const aP2pandaNode = async (faults: Faults = {}) => {
  const node = await startP2pandaNode(faults)
  onTestFinished(node.stop)
  return node
}
/** A device whose definitions are at a node already. */
const sharing = async (faults: Faults = {}) => {
  const [device, node] = [await aDevice(), await aP2pandaNode()]
  await device.share()
  valueOf(await device.api.addPublishTarget(node.url))
  await device.drain()
  expect(await device.only()).toMatchObject({ waiting: 0, refused: [] })
  Object.assign(node.faults, faults)
  return { device, node }
}
/** Lets a pause of whatever length end. */
const later = ({ clock }: Device): Promise<void> => clock.advance(2 * 60 * 60_000)

test('[O1] what nobody shares, and what no node was chosen for, is in no outbox', async () => {
  const [device, node] = [await aDevice(), await aP2pandaNode()]
  await device.create('before')
  expect(await device.states()).toEqual([])
  valueOf(await device.api.addPublishTarget(node.url))
  const secret = await define(device.api, { text: 'str' }, { name: 'secret' })
  await createAll(device.api, secret.id, [{ text: 'mine' }])
  expect(await device.only()).toMatchObject({ kind: 'p2panda', waiting: 0 })
  await device.share()
  await createAll(device.api, secret.id, [{ text: 'mine too' }])
  await device.drain()
  // A field definition, a definition, a thing.
  expect(node.stored).toHaveLength(3)
})

test('[O1] a row is written for each node in the commit of the entry, for a paused one too', async () => {
  const device = await aDevice()
  const nodes = await Promise.all([aP2pandaNode(), aP2pandaNode()])
  await device.share()
  const key = 'ab'.repeat(32)
  const value = { address: 'wss://node.example/sync', transportKey: key, isPaused: true, addedAt: 1 }
  await device.store.commit([{ put: 'local', key: nodePrefix + key, value }], [])
  for (const { url } of nodes) valueOf(await device.api.addPublishTarget(url))
  await device.drain()
  const [id] = await createAll(device.api, device.schema, [{ title: 'once' }])
  for (const target of [key, ...nodes.map(({ url }) => url)]) expect(await device.store.outbox(target, 9)).toEqual([id])
  expect((await device.states()).map(({ url }) => url)).toContain('https://node.example/graphql')
})

test('[O2] sharing, or a node, that comes later queues what is here already, for nodes without sessions', async () => {
  const [device, node] = [await aDevice(), await aP2pandaNode()]
  const takibi = 'cd'.repeat(32)
  const value = { address: 'wss://node.example/sync', transportKey: takibi, isPaused: true, addedAt: 1 }
  await device.store.commit([{ put: 'local', key: nodePrefix + takibi, value }], [])
  const id = await device.create('early')
  valueOf(await device.api.addPublishTarget(node.url))
  await device.share()
  expect(await device.store.outbox(takibi, 9)).toEqual([])
  expect(await device.store.outbox(node.url, 9)).toContain(id)
  await device.drain()
  expect(node.stored.at(-1)).toBe(id)
  const other = await aP2pandaNode()
  valueOf(await device.api.addPublishTarget(other.url))
  await device.drain()
  expect(other.stored).toEqual(node.stored)
})

test('[O3] publishes in log order, one of a log at a time, many logs at once', async () => {
  const { device, node } = await sharing()
  const ids: string[] = []
  const documents: DocumentId[] = []
  for (let n = 0; n < 60; n++) documents.push(await device.create(`thing ${n}`))
  ids.push(...documents)
  for (let n = 0; n < 5; n++) ids.push(await device.update(documents[0]!, `change ${n}`))
  const before = node.batches.length
  await device.drain()
  expect(node.stored.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted())
  expect(node.came).toEqual(node.stored)
  expect(node.stored.filter((id) => ids.slice(60).includes(id))).toEqual(ids.slice(60))
  expect(node.batches.slice(before)[0]).toBe(50)
  expect(await device.only()).toMatchObject({ waiting: 0 })
})

test('[O3] two threads that send at once take turns', async () => {
  const { device, node } = await sharing()
  const id = await device.create('one')
  await device.update(id, 'two')
  await Promise.all([device.drain(), device.drain(), device.drain('woken')])
  expect(node.came).toEqual(node.stored)
  expect(node.stored).toHaveLength(4)
})

test('[O4] a node that is down is tried again after a pause that is kept with the rest', async () => {
  const { device, node } = await sharing()
  await node.stop()
  await device.create('offline')
  await device.drain()
  const first = await device.only()
  expect(first).toMatchObject({ waiting: 1, said: 'It could not be reached' })
  await node.start()
  await device.drain('tick')
  expect(node.stored).toHaveLength(2)
  await later(device)
  await node.stop()
  await device.drain('tick')
  const second = await device.only()
  expect(second.nextAt! - device.clock.now()).toBeGreaterThanOrEqual(5_000)
  await node.start()
  await device.drain('woken')
  expect(node.stored).toHaveLength(3)
  expect(await device.only()).toEqual({ target: node.url, kind: 'p2panda', url: node.url, waiting: 0, refused: [] })
})

test('[O4] a node that does not answer is left after its time, and one that asks for time gets it', async () => {
  const { device, node } = await sharing({ isSilent: true })
  await device.create('slow')
  const before = node.requests()
  const draining = device.drain()
  await expect.poll(() => node.requests(), patience).toBe(before + 1)
  await device.clock.advance(31_000)
  await draining
  expect(await device.only()).toMatchObject({ waiting: 1, said: 'It did not answer in time' })
  Object.assign(node.faults, { isSilent: false, status: 503, retryAfter: '7200' })
  await device.drain('woken')
  const { said, nextAt } = await device.only()
  expect(said).toBe('HTTP 503')
  expect(nextAt! - device.clock.now()).toBeGreaterThanOrEqual(7_200_000)
})

test.each([
  ['a page', { text: '<html>Not here</html>' }],
  ['an answer to nothing', { text: '{"data":{}}' }],
  ['another entry than it was sent', { text: '{"data":{"p0":{"logId":"0","seqNum":"2","backlink":"0020"}}}' }],
  ['more than anybody needs', { text: `{"data":{"p0":${JSON.stringify('x'.repeat(2_000_000))}}}` }],
  ['a number that is none', { text: '{"data":{"p0":{"logId":"0","seqNum":"many"}}}' }],
])('[O4] %s is no acknowledgement', async (_, faults) => {
  const { device, node } = await sharing(faults)
  await device.create('kept')
  await device.drain()
  expect(await device.only()).toMatchObject({ waiting: 1, said: 'It did not answer as a p2panda node does' })
  delete node.faults.text
  await device.drain('woken')
  expect(await device.only()).toMatchObject({ waiting: 0 })
})

test('[O5] an entry that the node refuses fails with its words, stops its log only, and can be tried again', async () => {
  const { device, node } = await sharing()
  const [bad, good] = [await device.create('bad'), await device.create('good')]
  await device.update(bad, 'behind it')
  node.faults.refuses = ({ hash }) => (hash === bad ? 'We do not like this one' : undefined)
  await device.drain()
  const { waiting, refused } = await device.only()
  expect(waiting).toBe(2)
  expect(refused).toEqual([
    { id: bad, documentId: bad, said: 'We do not like this one', at: expect.any(Number) as number },
  ])
  expect(node.stored).toContain(good)
  delete node.faults.refuses
  await device.drain()
  expect(node.stored).not.toContain(bad)
  valueOf(await device.api.retryRefused(node.url))
  await expect.poll(async () => (await device.only()).waiting, patience).toBe(0)
  expect(await device.only()).toMatchObject({ waiting: 0, refused: [] })
  expect(node.stored.slice(-2)[0]).toBe(bad)
})

test('[O5] the one bad entry of fifty costs the others nothing but a request', async () => {
  const { device, node } = await sharing()
  const documents = await createAll(
    device.api,
    device.schema,
    Array.from({ length: 50 }, (_, n) => ({ title: `thing ${n}` })),
  )
  node.faults.refuses = ({ hash }) => (hash === documents[20] ? 'Not this' : undefined)
  await device.drain()
  expect(await device.only()).toMatchObject({ waiting: 1 })
  expect(node.stored).toHaveLength(2 + 49)
  expect(new Set(node.came).size).toBe(node.came.length)
})

test('[O6] what has to wait for something else is not failed, and goes when that is there', async () => {
  const { device, node } = await sharing()
  const [early, other] = [await device.create('early'), await device.create('other')]
  node.faults.refuses = ({ hash }) => (hash === early ? `Previous operation ${other} not found in store` : undefined)
  let isOver = false
  const draining = device.drain().finally(() => (isOver = true))
  await expect
    .poll(async () => {
      // Time goes by between requests only: else one of them would be late.
      if (!node.isBusy()) await device.clock.advance(2_000)
      return isOver
    }, patience)
    .toBe(true)
  await draining
  const { said, ...rest } = await device.only()
  expect(said).toMatch(/^Previous operation/)
  expect(rest).toMatchObject({ waiting: 1, refused: [] })
  expect(node.stored).toContain(other)
  delete node.faults.refuses
  await later(device)
  await device.drain('tick')
  expect(await device.only()).toMatchObject({ waiting: 0 })
})

test('[O6] an unknown schema holds up what is of it, by one request and not by one for each thing', async () => {
  const { device, node } = await sharing()
  await createAll(
    device.api,
    device.schema,
    Array.from({ length: 20 }, (_, n) => ({ title: `thing ${n}` })),
  )
  node.faults.refuses = () => 'Schema not found'
  const before = node.requests()
  await device.drain()
  expect(node.requests() - before).toBe(1)
  expect(await device.only()).toMatchObject({ waiting: 20, refused: [], said: 'Schema not found' })
})

test('[O7] an answer that was lost is asked for: what is there already counts as delivered, and is stored once', async () => {
  const { device, node } = await sharing({ cuts: 1 })
  const id = await device.create('lost answer')
  await device.update(id, 'next')
  await device.drain()
  expect(node.stored.at(-1)).toBe(id)
  expect(await device.only()).toMatchObject({ waiting: 2 })
  await device.drain('woken')
  expect(await device.only()).toMatchObject({ waiting: 0, refused: [] })
  expect(new Set(node.stored).size).toBe(node.stored.length)
})

test('[O7] a node that lost entries, or never had them, is sent what it lacks below', async () => {
  const { device, node } = await sharing()
  const id = await device.create('one')
  await device.update(id, 'two')
  await device.drain()
  node.forget()
  const third = await device.update(id, 'three')
  await device.drain()
  expect(node.stored).toHaveLength(3)
  expect(node.stored.at(-1)).toBe(third)
  expect(await device.only()).toMatchObject({ waiting: 0, refused: [] })
})

const taken = "Entry's claimed seq num of 2 does not match expected seq num of 3 for given public key and log"

test('[O7] another entry at its place fails, and is not taken for delivered', async () => {
  const { device, node } = await sharing()
  const id = await device.create('one')
  await device.drain()
  const second = await device.update(id, 'two')
  node.faults.refuses = () => taken
  node.faults.next = { logId: '0', seqNum: '3', backlink: id }
  await device.drain()
  expect(await device.only()).toMatchObject({ waiting: 1, refused: [{ id: second, said: taken }] })
})

test('[O7] a place that is called taken and free in one breath waits', async () => {
  const { device, node } = await sharing()
  const id = await device.create('one')
  await device.drain()
  await device.update(id, 'two')
  node.faults.refuses = () => taken
  await device.drain()
  expect(await device.only()).toMatchObject({ waiting: 1, refused: [], said: taken })
})

test('[O3] a node that takes fewer entries at once gets fewer', async () => {
  const { device, node } = await sharing({ maxFields: 3 })
  await createAll(
    device.api,
    device.schema,
    Array.from({ length: 10 }, (_, n) => ({ title: `thing ${n}` })),
  )
  await device.drain()
  expect(node.stored).toHaveLength(12)
  expect(Math.max(...node.batches.slice(-4))).toBeLessThanOrEqual(3)
})

test('[O1] where nodes are called only when somebody says so, nothing leaves by itself', async () => {
  const { device, node } = await sharing()
  await device.store.commit([{ put: 'local', key: 'nodes/connecting', value: 'asked' }], [])
  await device.create('waits for a word')
  await device.drain('tick')
  await device.drain('woken')
  expect(node.stored).toHaveLength(2)
  await device.drain('asked')
  expect(node.stored).toHaveLength(3)
})

test('[O2] nothing waits for a node that was taken out', async () => {
  const { device, node } = await sharing()
  await device.create('never sent')
  valueOf(await device.api.removePublishTarget(node.url))
  expect(await device.store.outbox(node.url, 9)).toEqual([])
  await device.drain('asked')
  expect(node.stored).toHaveLength(2)
  expect(await device.states()).toEqual([])
})

test.each(['ftp://node.example', 'https://a@b.example/graphql', 'node', 'https://node.example/?q=1'])(
  '[O2] %s is no address to publish to',
  async (url) => {
    const { api } = await aDevice()
    expect(await api.addPublishTarget(url)).toEqual({ ok: false, error: { code: 'dial/unsupported', address: url } })
  },
)

test('[O8] a Takibi node takes it all: definitions, collection, things, changes, a deletion', async () => {
  const device = await aDevice()
  const node = await aNode({ follow: [device.schema] })
  await device.share()
  valueOf(await device.api.addPublishTarget(`${node.url}/graphql`))
  const [first, second] = [await device.create('first'), await device.create('second')]
  for (let n = 0; n < 6; n++) await device.update(first, `change ${n}`)
  valueOf(await device.api.publish([{ action: 'delete', document: second }], call))
  await device.drain()
  expect(await device.only()).toMatchObject({ waiting: 0, refused: [] })
  valueOf(await device.api.removePublishTarget(`${node.url}/graphql`))
  valueOf(await device.api.addPublishTarget(`${node.url}/graphql`))
  // All of it is there: asked again, the node says so.
  await device.drain()
  expect(await device.only()).toMatchObject({ waiting: 0, refused: [] })
})
