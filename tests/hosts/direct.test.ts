import { expect, onTestFinished, test } from 'vitest'
import { memoryBroadcastHub } from '../../src/adapters/memory/memory-broadcast.ts'
import { memoryChannelPair } from '../../src/adapters/memory/memory-channel.ts'
import { memoryLocks } from '../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'
import type { DirectNews } from '../../src/hosts/direct/api.ts'
import { serveDirect } from '../../src/hosts/direct/serve-direct.ts'
import { keepNodes } from '../../src/hosts/nodes/keep-nodes.ts'
import type { Channel } from '../../src/ports/index.ts'
import { define, valueOf } from '../engine/support.ts'
import { aWorld, type Device, type World } from '../engine/sync/world.ts'

const log = { debug: () => undefined, warn: () => undefined }

/** The engine's part of one tab, and what its page was told. */
const aTab = ({ clock }: World, { engine, store, transportKey, name }: Device) => {
  const life = new AbortController()
  onTestFinished(() => life.abort())
  const { api: nodes, setShortages } = keepNodes(
    {
      host: engine,
      peers: engine.peers,
      sessions: engine.sessions,
      transport: { dial: (address) => Promise.reject({ code: 'dial/unreachable', address }) },
      transportKey,
      clock,
      random: memoryRandom(7),
      store,
      locks: memoryLocks(),
      broadcast: memoryBroadcastHub()(),
      database: name,
    },
    life.signal,
  )
  const direct = serveDirect({ host: engine, peers: engine, nodes, transportKey, log }, life.signal)
  const news: DirectNews[] = []
  void direct.watchDirect({ signal: life.signal, report: (one) => news.push(one) })
  return { nodes, setShortages, direct, said: (say: DirectNews['say']) => news.filter((one) => one.say === say) }
}

/** Two phones and the node that both are connected with. */
const twoPhones = async (world: World) => {
  const [ada, bo, node] = ['ada', 'bo', 'node'].map((name) => world.device(name)) as [Device, Device, Device]
  const { id } = await define(ada.engine, { title: 'str' })
  for (const { engine } of [ada, bo, node]) valueOf(await engine.share(id))
  const [tabOfAda, tabOfBo] = [aTab(world, ada), aTab(world, bo)]
  const [keyOfAda, keyOfBo] = [await ada.transportKey.publicKey(), await bo.transportKey.publicKey()]
  const meet = async (): Promise<void> => {
    await world.connect(ada, node)
    await world.settle(ada, node)
    await world.connect(bo, node)
    await world.settle(ada, bo, node)
  }
  return { ada, bo, tabOfAda, tabOfBo, keyOfAda, keyOfBo, meet }
}

test('[F11] a page is told who can be reached, and what was sealed for it', async () => {
  await using world = aWorld()
  const { tabOfAda, tabOfBo, keyOfAda, keyOfBo, meet } = await twoPhones(world)
  await meet()
  await world.until(() => tabOfAda.said('present').length > 0)
  expect(tabOfAda.said('present')[0]).toEqual({ own: keyOfAda, say: 'present', key: keyOfBo })
  await tabOfAda.direct.sendSignal(keyOfBo, Uint8Array.of(1, 2))
  await world.until(() => tabOfBo.said('signal').length > 0)
  expect(tabOfBo.said('signal')).toEqual([{ own: keyOfBo, say: 'signal', key: keyOfAda, plain: Uint8Array.of(1, 2) }])
})

test('[F12] as long as connections are made only when asked, or data is saved, nobody hears of a device, and it hears of nobody', async () => {
  await using world = aWorld()
  const { tabOfAda, tabOfBo, keyOfBo, meet } = await twoPhones(world)
  valueOf(await tabOfBo.nodes.setConnecting('asked'))
  await world.until(() => tabOfBo.said('off').length === 1)
  await meet()
  await tabOfAda.direct.sendSignal(keyOfBo, Uint8Array.of(1))
  // Long enough for all that is under way to arrive.
  let looks = 0
  await world.until(() => ++looks > 100)
  expect([...tabOfAda.said('present'), ...tabOfBo.said('present'), ...tabOfBo.said('signal')]).toEqual([])
  valueOf(await tabOfBo.nodes.setConnecting('always'))
  await world.until(() => tabOfAda.said('present').length === 1)
  tabOfBo.setShortages(['battery'])
  await world.until(() => tabOfBo.said('off').length === 2)
})

test('[F13] a page is told which direct connections stand, however they came about, and whether one was lost', async () => {
  await using world = aWorld()
  const { ada, bo, tabOfAda, keyOfBo, meet } = await twoPhones(world)
  await meet()
  await world.until(() => tabOfAda.said('present').length > 0)
  const connect = () => {
    const [here, there] = memoryChannelPair({ clock: world.clock })
    const direct = (channel: Channel): Channel => ({ ...channel, medium: 'webrtc' })
    const attached = ada.engine.attach(direct(here), { role: 'client', server: keyOfBo }, ada.transportKey)
    bo.engine.attach(direct(there), { role: 'server' }, bo.transportKey)
    return { attached, cut: here.close }
  }
  const heardBefore = tabOfAda.said('present').length
  const first = connect()
  await world.until(() => tabOfAda.said('linked').length === 1)
  // Over the new connection each says that it can be reached, which is no news.
  await world.settle(ada, bo)
  expect(tabOfAda.said('present')).toHaveLength(heardBefore)
  first.cut()
  await world.until(() => tabOfAda.said('left').length === 1)
  expect(tabOfAda.said('left')).toMatchObject([{ key: keyOfBo, isLost: true }])
  const second = connect()
  await world.until(() => tabOfAda.said('linked').length === 2)
  second.attached.close()
  await world.until(() => tabOfAda.said('left').length === 2)
  expect(tabOfAda.said('left')[1]).toMatchObject({ key: keyOfBo, isLost: false })
})
