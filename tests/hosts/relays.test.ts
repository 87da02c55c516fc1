import { expect, onTestFinished, test } from 'vitest'
import { memoryBroadcastHub } from '../../src/adapters/memory/memory-broadcast.ts'
import { memoryLocks } from '../../src/adapters/memory/memory-locks.ts'
import { meetingRoomOf } from '../../src/core/meeting/room.ts'
import { putConnecting, putSaving } from '../../src/hosts/nodes/node-rows.ts'
import type { RelaysState, Rooms } from '../../src/hosts/relays/api.ts'
import { keepRooms } from '../../src/hosts/relays/keep-rooms.ts'
import { noRelays } from '../../src/hosts/relays/no-relays.ts'
import { define, valueOf } from '../engine/support.ts'
import { aWorld, type Device, type World } from '../engine/sync/world.ts'

const relay = 'wss://relay.example'

/** The tabs of one browser. */
const aBrowser = ({ clock }: World, { engine, store, name }: Device) => {
  const locks = memoryLocks()
  const broadcast = memoryBroadcastHub()
  return () => {
    const life = new AbortController()
    onTestFinished(() => life.abort())
    const kept = keepRooms({ sync: engine, store, locks, broadcast: broadcast(), clock, database: name }, life.signal)
    let rooms: Rooms | undefined
    let state: RelaysState | undefined
    void kept.api.watchRooms({ signal: life.signal, report: (now) => (rooms = now) })
    void kept.api.watchRelays({ signal: life.signal, report: (now) => (state = valueOf(now)) })
    return {
      kept,
      close: () => life.abort(),
      names: () => rooms?.rooms.map(({ name: room }) => room),
      rooms: () => rooms,
      state: () => state,
    }
  }
}

/** A device that shares something, and the tab that is open there. */
const aDevice = async (world: World) => {
  const device = world.device('phone')
  const { id } = await define(device.engine, { title: 'str' })
  valueOf(await device.engine.share(id))
  const openTab = aBrowser(world, device)
  const tab = openTab()
  return { device, id, openTab, tab, room: meetingRoomOf(`schema:${id}`) }
}

test('[V2] a room is gone to once a server is named and what is shared is switched on, and no longer once either is not so', async () => {
  await using world = aWorld()
  const { tab, id, room } = await aDevice(world)
  await world.until(() => tab.rooms() !== undefined)
  expect(tab.rooms()).toEqual({ rooms: [], relays: [], stun: [] })
  expect(tab.state()).toEqual({ servers: [], on: [], isLooking: false, reached: [] })

  valueOf(await tab.kept.api.meetThroughRelays(id, true))
  valueOf(await tab.kept.api.addServer('stun:stun.example'))
  await world.clock.advance(1_000)
  expect(tab.names()).toEqual([])
  valueOf(await tab.kept.api.addServer(relay))
  await world.until(() => tab.names()?.length === 1)
  expect(tab.rooms()).toEqual({ rooms: [room], relays: [relay], stun: ['stun:stun.example'] })
  await tab.kept.api.tellReached([relay])
  await world.until(() => tab.state()?.reached.length === 1)
  expect(tab.state()).toEqual({ servers: ['stun:stun.example', relay], on: [id], isLooking: true, reached: [relay] })

  valueOf(await tab.kept.api.meetThroughRelays(id, false))
  await world.until(() => tab.names()?.length === 0)
  await world.until(() => tab.state()?.isLooking === false)
  expect(tab.state()?.reached).toEqual([])
  valueOf(await tab.kept.api.meetThroughRelays(id, true))
  await world.until(() => tab.names()?.length === 1)
  valueOf(await tab.kept.api.removeServer(relay))
  await world.until(() => tab.names()?.length === 0)
})

test('[V2] what is no longer shared is looked for nowhere, and starts switched off when it is shared again', async () => {
  await using world = aWorld()
  const { tab, id, device } = await aDevice(world)
  valueOf(await tab.kept.api.addServer(relay))
  valueOf(await tab.kept.api.meetThroughRelays(id, true))
  await world.until(() => tab.names()?.length === 1)
  valueOf(await device.engine.unshare(id))
  await world.until(() => tab.names()?.length === 0)
  await world.until(() => tab.state()?.on.length === 0)
  valueOf(await device.engine.share(id))
  await world.clock.advance(10_000)
  expect(tab.names()).toEqual([])
})

test('[V2] where somebody wants to be asked, rooms are gone to for five minutes after they asked', async () => {
  await using world = aWorld()
  const { tab, id, device } = await aDevice(world)
  await putConnecting(device.store, 'asked')
  valueOf(await tab.kept.api.addServer(relay))
  valueOf(await tab.kept.api.meetThroughRelays(id, true))
  await world.clock.advance(600_000)
  expect(tab.names()).toEqual([])
  tab.kept.connectRooms()
  await world.until(() => tab.names()?.length === 1)
  await world.clock.advance(299_000)
  expect(tab.names()).toHaveLength(1)
  await world.clock.advance(2_000)
  await world.until(() => tab.names()?.length === 0)
})

test('[V8] one tab goes to the rooms, and all say how it goes; when it is put aside or closed, the next does', async () => {
  await using world = aWorld()
  const { tab, openTab, id } = await aDevice(world)
  const second = openTab()
  valueOf(await second.kept.api.addServer(relay))
  valueOf(await second.kept.api.meetThroughRelays(id, true))
  await world.until(() => tab.names()?.length === 1)
  expect(second.names()).toEqual([])
  expect(second.state()?.on).toEqual([id])
  await tab.kept.api.tellReached([relay])
  await world.until(() => second.state()?.reached.length === 1)
  tab.kept.setAway(true)
  await world.until(() => second.names()?.length === 1)
  expect(tab.names()).toEqual([])
  tab.kept.setAway(false)
  second.close()
  await world.until(() => tab.names()?.length === 1)
})

test('[V2] a device that is short on something, or is to save, looks for nobody by itself', async () => {
  await using world = aWorld()
  const { tab, id, device } = await aDevice(world)
  valueOf(await tab.kept.api.addServer(relay))
  valueOf(await tab.kept.api.meetThroughRelays(id, true))
  await world.until(() => tab.names()?.length === 1)
  tab.kept.setShortages(['battery'])
  await world.until(() => tab.names()?.length === 0)
  tab.kept.connectRooms()
  await world.until(() => tab.names()?.length === 1)
  await world.clock.advance(301_000)
  await world.until(() => tab.names()?.length === 0)
  await putSaving(device.store, 'never')
  tab.kept.lookAgain()
  await world.until(() => tab.names()?.length === 1)
  tab.kept.setShortages([])
  await putSaving(device.store, 'always')
  tab.kept.lookAgain()
  await world.until(() => tab.state()?.isLooking === false)
  expect(tab.names()).toEqual([])
})

test('[V5] what is no server, or one too many, or not shared, is refused', async () => {
  await using world = aWorld()
  const { tab, id } = await aDevice(world)
  expect(await tab.kept.api.addServer('https://relay.example')).toMatchObject({ error: { code: 'dial/unsupported' } })
  for (let at = 0; at < 16; at++) valueOf(await tab.kept.api.addServer(`wss://relay-${at}.example`))
  expect(await tab.kept.api.addServer(relay)).toMatchObject({ error: { code: 'dial/unsupported' } })
  const unknown = id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) as typeof id
  expect(await tab.kept.api.meetThroughRelays(unknown, true)).toMatchObject({ error: { code: 'schema/unknown' } })
  // A host without relays says so too.
  expect(await noRelays.addServer(relay)).toMatchObject({ error: { code: 'dial/unsupported' } })
})
