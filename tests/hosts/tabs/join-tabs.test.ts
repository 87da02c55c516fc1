import { expect, onTestFinished, test } from 'vitest'
import { memoryBroadcastHub } from '../../../src/adapters/memory/memory-broadcast.ts'
import { memoryLocks } from '../../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import type { Call } from '../../../src/engine/api.ts'
import type { Failure } from '../../../src/engine/failure.ts'
import type { Result } from '../../../src/core/result.ts'
import { joinTabs } from '../../../src/hosts/tabs/join-tabs.ts'
import { createAll, define, valueOf } from '../../engine/support.ts'
import { aWorld, type Device, type World } from '../../engine/sync/world.ts'

/** Two tabs of a phone, each with an engine on the one database, and somebody else who is connected with the first tab. */
const aBrowser = async (world: World) => {
  const [locks, hub] = [memoryLocks(), memoryBroadcastHub()]
  const a = world.device('phone')
  const b = world.device('phone', a.store, a)
  const other = world.device('other')
  let seed = 70
  const tabOf = ({ engine }: Device) => {
    const life = new AbortController()
    onTestFinished(() => life.abort())
    const random = memoryRandom(seed++)
    const ports = { engine, clock: world.clock, random, locks, broadcast: hub(), database: 'phone' }
    return { ...joinTabs(ports, life.signal), end: () => life.abort() }
  }
  const [first, second] = [tabOf(a), tabOf(b)]
  const { id: schema } = await define(a.engine, { title: 'str' })
  for (const { engine } of [a, other]) valueOf(await engine.share(schema))
  await createAll(a.engine, schema, [{ title: 'Oats' }, { title: 'Tea' }])
  const line = await world.connect(a, other)
  await world.settle(a, other)
  return { a, b, other, first, second, schema, line }
}

/** What a screen that watches would show now. */
const seen = <T>(watch: (call: Call<Result<T, Failure>>) => Promise<void>): (() => T | undefined) => {
  const end = new AbortController()
  onTestFinished(() => end.abort())
  let state: T | undefined
  const report = (now: Result<T, Failure>): void => {
    if (now.ok) state = now.value
  }
  void watch({ signal: end.signal, report })
  return () => state
}

test('[Q6] a tab without connections shows those of the other: who, how far, and with whom all is the same', async () => {
  await using world = aWorld()
  const { first, second, other, schema } = await aBrowser(world)
  const views = [first, second].map(({ sync }) => ({
    peers: seen(sync.watchPeers),
    sessions: seen(sync.watchSessions),
    shared: seen(sync.watchShared),
  }))
  const [here, there] = views
  await world.until(() => there?.shared()?.[0]?.peers[0]?.state === 'live')
  await world.until(() => JSON.stringify(there?.peers()) === JSON.stringify(here?.peers()))
  expect(there?.peers()).toMatchObject([{ state: 'ready', publicKey: valueOf(await other.engine.publicKeys())[0] }])
  await world.until(() => JSON.stringify(there?.sessions()) === JSON.stringify(here?.sessions()))
  expect(there?.sessions()?.at(-1)).toMatchObject({ state: 'live', entriesOut: 4 })
  await world.until(() => there?.shared()?.[0]?.met.length === 1)
  expect(there?.shared()).toEqual(here?.shared())
  const [peer] = there?.peers() ?? []
  expect(there?.shared()?.[0]?.peers.map((one) => one.peer)).toEqual([peer?.id])

  // Live: what comes now is counted in both, too.
  const before = there?.sessions()?.at(-1)?.entriesIn ?? 0
  await createAll(other.engine, schema, [{ title: 'Rice' }])
  await world.until(() => (there?.sessions()?.at(-1)?.entriesIn ?? 0) > before)
})

test('[Q6] a question about now is answered for all tabs at once', async () => {
  await using world = aWorld()
  const { second } = await aBrowser(world)
  const peers = second.sync.peers()
  let answered: Awaited<typeof peers> | undefined
  void peers.then((now) => (answered = now))
  await world.until(() => answered !== undefined)
  expect(answered && valueOf(answered)).toMatchObject([{ state: 'ready' }])
})

test('[Q6] a connection of one tab is ended from the other', async () => {
  await using world = aWorld()
  const { a, second } = await aBrowser(world)
  const peers = seen(second.sync.watchPeers)
  await world.until(() => peers()?.[0]?.state === 'ready')
  valueOf(await second.sync.disconnect(peers()?.[0]?.id ?? 0))
  await world.until(async () => valueOf(await a.engine.peers())[0]?.state === 'closed')
  await world.until(() => peers()?.[0]?.state === 'closed')
  expect(await second.sync.disconnect(1)).toMatchObject({ ok: false, error: { code: 'sync/peer-unknown' } })
})

test('[Q6] of a tab that is gone nothing is shown any more, and what it did is done no more', async () => {
  await using world = aWorld()
  const { first, second, schema, other } = await aBrowser(world)
  const [peers, present] = [seen(second.sync.watchPeers), seen(other.engine.watchPresence)]
  valueOf(await second.sync.sayPresence(schema, { state: 'reading' }))
  await world.until(() => present()?.[0]?.state === 'reading')
  second.end()
  await world.until(() => present()?.length === 0)
  const third = seen(first.sync.watchPeers)
  await world.until(() => third()?.[0]?.state === 'ready')
  expect(peers()).toMatchObject([{ state: 'ready' }])
})

test('[RP30] the engine of a hidden tab rests only while no other tab can be seen either', async () => {
  await using world = aWorld()
  const { a, b } = { a: world.device('phone'), b: world.device('tab') }
  const [locks, hub] = [memoryLocks(), memoryBroadcastHub()]
  const said: boolean[] = []
  const tabOf = (engine: Parameters<typeof joinTabs>[0]['engine'], seed: number) => {
    const life = new AbortController()
    onTestFinished(() => life.abort())
    const ports = { clock: world.clock, random: memoryRandom(seed), locks, broadcast: hub(), database: 'phone' }
    return { ...joinTabs({ engine, ...ports }, life.signal), end: () => life.abort() }
  }
  const holder = tabOf({ ...a.engine, setVisible: (isVisible) => void said.push(isVisible) }, 1)
  const second = tabOf(b.engine, 2)
  await world.until(() => said.at(-1) === true)
  holder.setVisible(false)
  await world.clock.advance(1_000)
  expect(said.at(-1)).toBe(true)
  second.setVisible(false)
  await world.until(() => said.at(-1) === false)
  second.setVisible(true)
  await world.until(() => said.at(-1) === true)
  second.end()
  await world.until(() => said.at(-1) === false)
})
