import { expect, onTestFinished, test } from 'vitest'
import { memoryBroadcastHub } from '../../src/adapters/memory/memory-broadcast.ts'
import { memoryChannelPair } from '../../src/adapters/memory/memory-channel.ts'
import { memoryLocks } from '../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'
import type { NodeInfo, NodesApi, NodesState } from '../../src/hosts/nodes/api.ts'
import { keepNodes } from '../../src/hosts/nodes/keep-nodes.ts'
import type { Broadcast, Locks } from '../../src/ports/index.ts'
import { aWorld, type Device, titlesOf, type World } from '../engine/sync/world.ts'
import { createAll, define, valueOf } from '../engine/support.ts'

const address = 'wss://node.example'

/** What the tabs of one browser share. */
interface Browser {
  readonly locks: Locks
  readonly broadcast: () => Broadcast
}
const aBrowser = (): Browser => ({ locks: memoryLocks(), broadcast: memoryBroadcastHub() })

/** The network: one address, which leads to a device as long as it is up. */
const aNetwork = ({ clock }: World, node: Device) => {
  const network = { isUp: true, dials: 0, cut: (): void => undefined }
  const dial = async (to: string) => {
    network.dials++
    if (!network.isUp || to !== address) throw { code: 'dial/unreachable', address: to } as unknown as Error
    const [here, there] = memoryChannelPair({ clock })
    node.engine.attach(there, { role: 'server' }, node.transportKey)
    network.cut = here.close
    return here
  }
  return { network, transport: { dial } }
}
type Network = ReturnType<typeof aNetwork>

/** The nodes of one tab. They end before the world does. */
const tabOf = ({ clock }: World, device: Device, { transport }: Network, browser = aBrowser()) => {
  const life = new AbortController()
  const { engine, store, transportKey } = device
  const { api, ...kept } = keepNodes(
    {
      host: engine,
      peers: engine.peers,
      sessions: engine.sessions,
      transport,
      transportKey,
      clock,
      random: memoryRandom(7),
      store,
      locks: browser.locks,
      broadcast: browser.broadcast(),
      database: device.name,
    },
    life.signal,
  )
  onTestFinished(() => life.abort())
  return { nodes: api, ...kept, close: () => life.abort() }
}

/** What a screen that watches would show now. */
const watched = (nodes: NodesApi) => {
  const end = new AbortController()
  onTestFinished(() => end.abort())
  let state: NodesState | undefined
  void nodes.watchNodes({ signal: end.signal, report: (now) => (state = valueOf(now)) })
  return { only: (): NodeInfo | undefined => state?.nodes[0], all: () => state }
}

const aNode = async (world: World) => {
  const [phone, node] = [world.device('phone'), world.device('node')]
  const network = aNetwork(world, node)
  return { phone, node, network, at: { address, transportKey: await node.transportKey.publicKey() } }
}

test('[Q3] nobody is dialled before somebody adds a node, and what is shared goes to it then', async () => {
  await using world = aWorld()
  const { phone, node, network, at } = await aNode(world)
  const { id } = await define(phone.engine, { title: 'str' })
  for (const { engine } of [phone, node]) valueOf(await engine.share(id))
  await createAll(phone.engine, id, [{ title: 'Oats' }])
  const { nodes, close } = tabOf(world, phone, network)
  const shown = watched(nodes)
  await world.clock.advance(600_000)
  expect(network.network.dials).toBe(0)

  valueOf(await nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'connected')
  await world.settle(phone, node)
  expect(await titlesOf(node, id)).toEqual(['Oats'])
  await world.until(() => shown.only()?.publicKey !== undefined)
  expect(shown.only()?.publicKey).toBe(valueOf(await node.engine.publicKeys())[0])
  close()
})

test('[Q3] a node that cannot be reached is tried again, later each time, and at once when a network comes back', async () => {
  await using world = aWorld()
  const { phone, network, at } = await aNode(world)
  network.network.isUp = false
  const { nodes, nudge, close } = tabOf(world, phone, network)
  const shown = watched(nodes)
  valueOf(await nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'waiting')
  expect(shown.only()?.failure).toEqual({ code: 'dial/unreachable', address })
  await world.clock.advance(3_600_000)
  expect(network.network.dials).toBeGreaterThan(10)
  expect(network.network.dials).toBeLessThan(40)

  network.network.isUp = true
  nudge()
  await world.until(() => shown.only()?.state === 'connected')
  await world.clock.advance(60_000)
  network.network.cut()
  await world.until(() => shown.only()?.state === 'waiting')
  // A connection that held for a while earns a short pause.
  await world.until(() => shown.only()?.state === 'connected')
  close()
})

test('[Q3] who wants to be asked is connected only when they ask, and once', async () => {
  await using world = aWorld()
  const { phone, network, at } = await aNode(world)
  const { nodes, close } = tabOf(world, phone, network)
  const shown = watched(nodes)
  valueOf(await nodes.setConnecting('asked'))
  valueOf(await nodes.addNode(at))
  await world.clock.advance(600_000)
  expect(network.network.dials).toBe(0)
  valueOf(await nodes.connectNow())
  await world.until(() => shown.only()?.state === 'connected')
  network.network.cut()
  await world.until(() => shown.only()?.state === 'off')
  await world.clock.advance(600_000)
  expect(network.network.dials).toBe(1)
  close()
})

test('[Q3] pausing and removing end the connection', async () => {
  await using world = aWorld()
  const { phone, node, network, at } = await aNode(world)
  const { nodes, close } = tabOf(world, phone, network)
  const shown = watched(nodes)
  const isAlone = async () => valueOf(await node.engine.peers()).every(({ state }) => state === 'closed')
  valueOf(await nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'connected')
  valueOf(await nodes.pauseNode(at.transportKey, true))
  await world.until(() => shown.only()?.state === 'off')
  await world.until(isAlone)
  valueOf(await nodes.pauseNode(at.transportKey, false))
  await world.until(() => shown.only()?.state === 'connected')
  valueOf(await nodes.removeNode(at.transportKey))
  await world.until(() => shown.all()?.nodes.length === 0)
  await world.until(isAlone)
  expect(shown.all()?.nodes).toEqual([])
  close()
})

test('[Q3] of two tabs one dials, both show it, and when it closes the other goes on', async () => {
  await using world = aWorld()
  const { phone, network, at } = await aNode(world)
  const browser = aBrowser()
  const first = tabOf(world, phone, network, browser)
  const second = tabOf(world, phone, network, browser)
  const shown = watched(second.nodes)
  valueOf(await second.nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'connected')
  expect(network.network.dials).toBe(1)
  first.close()
  await world.until(() => network.network.dials === 2)
  await world.until(() => shown.only()?.state === 'connected')
  second.close()
})

test('[Q6] when the tab that dials ends, the next is connected within two seconds, whatever pauses the first was in', async () => {
  await using world = aWorld()
  const { phone, network, at } = await aNode(world)
  const browser = aBrowser()
  const first = tabOf(world, phone, network, browser)
  const second = tabOf(world, phone, network, browser)
  const shown = watched(second.nodes)
  network.network.isUp = false
  valueOf(await first.nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'waiting')
  await world.clock.advance(600_000)
  network.network.isUp = true
  await world.until(() => shown.only()?.state === 'waiting')
  const endedAt = world.clock.now()
  first.close()
  await world.until(() => shown.only()?.state === 'connected')
  expect(world.clock.now() - endedAt).toBeLessThan(2_000)
  second.close()
})

test('[Q6] a tab that is put aside leaves dialling to the next, and dials again when it comes back and nobody does', async () => {
  await using world = aWorld()
  const { phone, node, network, at } = await aNode(world)
  const browser = aBrowser()
  const first = tabOf(world, phone, network, browser)
  const second = tabOf(world, phone, network, browser)
  const [shown, shownFirst] = [watched(second.nodes), watched(first.nodes)]
  valueOf(await first.nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'connected')
  first.setAway(true)
  await world.until(() => network.network.dials === 2)
  await world.until(() => shown.only()?.state === 'connected')
  const connected = async () => valueOf(await node.engine.peers()).filter(({ state }) => state === 'ready').length
  await world.until(async () => (await connected()) === 1)
  first.setAway(false)
  await world.clock.advance(60_000)
  expect(network.network.dials).toBe(2)
  await world.until(() => shownFirst.only()?.state === 'connected')
  second.close()
  await world.until(() => network.network.dials === 3)
  first.close()
})

test('[Q7] short on data a device connects now and then, until both have the same, and at once when somebody asks', async () => {
  await using world = aWorld()
  const { phone, node, network, at } = await aNode(world)
  const { id } = await define(node.engine, { title: 'str' })
  for (const { engine } of [phone, node]) valueOf(await engine.share(id))
  await createAll(node.engine, id, [{ title: 'Oats' }])
  const { nodes, setShortages, close } = tabOf(world, phone, network)
  const shown = watched(nodes)
  setShortages(['data-saver'])
  valueOf(await nodes.addNode(at))
  const rests = (after: number) =>
    world.until(() => network.network.dials === after && shown.only()?.state === 'resting')
  await rests(1)
  expect(shown.all()?.shortages).toEqual(['data-saver'])
  expect(await titlesOf(phone, id)).toEqual(['Oats'])
  const isAlone = async () => valueOf(await node.engine.peers()).every(({ state }) => state === 'closed')
  await world.until(isAlone)
  const pause = (shown.only()?.nextAt ?? 0) - world.clock.now()
  expect(pause).toBeGreaterThan(7 * 60_000)
  expect(pause).toBeLessThanOrEqual(23 * 60_000)

  await createAll(node.engine, id, [{ title: 'Tea' }])
  await world.clock.advance(pause)
  await world.until(async () => (await titlesOf(phone, id)).length === 2)
  await rests(2)
  valueOf(await nodes.connectNow())
  await rests(3)

  // Enough of everything again: it stays connected.
  setShortages([])
  await world.until(() => shown.only()?.state === 'connected')
  await world.clock.advance(600_000)
  expect(network.network.dials).toBe(4)
  close()
})

test('[Q7] a first sync that takes long is not cut short to save anything', async () => {
  await using world = aWorld()
  const { phone, node, network, at } = await aNode(world)
  const { id } = await define(node.engine, { title: 'str' })
  for (const { engine } of [phone, node]) valueOf(await engine.share(id))
  const many = Array.from({ length: 400 }, (_, n) => ({ title: `Thing ${n}` }))
  await createAll(node.engine, id, many)
  const { nodes, close } = tabOf(world, phone, network)
  const shown = watched(nodes)
  valueOf(await nodes.setSaving('always'))
  valueOf(await nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'resting')
  expect(await titlesOf(phone, id)).toHaveLength(many.length)
  expect(network.network.dials).toBe(1)
  close()
})

test('[Q7] whoever wants it otherwise is connected all the time although data are short, or saves although they are not', async () => {
  await using world = aWorld()
  const { phone, network, at } = await aNode(world)
  const { nodes, setShortages, close } = tabOf(world, phone, network)
  const shown = watched(nodes)
  setShortages(['metered', 'battery'])
  valueOf(await nodes.setSaving('never'))
  valueOf(await nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'connected')
  await world.clock.advance(60_000)
  expect(shown.only()?.state).toBe('connected')
  expect(network.network.dials).toBe(1)
  setShortages([])
  valueOf(await nodes.setSaving('always'))
  await world.until(() => shown.only()?.state === 'resting')
  expect(shown.all()?.saving).toBe('always')
  close()
})

test('[Q3] who comes to want to be asked in one tab is not connected any more by the other', async () => {
  await using world = aWorld()
  const { phone, node, network, at } = await aNode(world)
  const browser = aBrowser()
  const first = tabOf(world, phone, network, browser)
  const second = tabOf(world, phone, network, browser)
  const shown = watched(second.nodes)
  valueOf(await second.nodes.addNode(at))
  await world.until(() => shown.only()?.state === 'connected')
  valueOf(await second.nodes.setConnecting('asked'))
  await world.until(async () => valueOf(await node.engine.peers()).every(({ state }) => state === 'closed'))
  await world.clock.advance(600_000)
  expect(network.network.dials).toBe(1)
  first.close()
  second.close()
})

test('[Q3] an address that hides where it leads is not kept', async () => {
  await using world = aWorld()
  const { phone, network, at } = await aNode(world)
  const { nodes, close } = tabOf(world, phone, network)
  const refused = await nodes.addNode({ ...at, address: 'wss://node.example@other.example' })
  expect(refused).toMatchObject({ ok: false, error: { code: 'dial/unsupported' } })
  close()
})
