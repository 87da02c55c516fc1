import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import type { PresentPeer } from '../../../src/engine/sync/api.ts'
import { createPresenceBoard } from '../../../src/engine/sync/presence-board.ts'
import { openPresence, sealPresence } from '../../../src/engine/sync/presence.ts'
import { groupPart } from '../../../src/engine/sync/scopes-for.ts'
import type { ScopeName } from '../../../src/ports/store.ts'
import { valueOf } from '../support.ts'
import { type Believer, believeEach, believer, group } from './believers.ts'
import { aWorld } from './world.ts'

/** Who is there, as a device has it last, until it is disposed. */
function watched({ engine }: Believer) {
  const stop = new AbortController()
  let seen: readonly PresentPeer[] = []
  const over = engine.watchPresence({ signal: stop.signal, report: (now) => (seen = valueOf(now)) })
  return {
    keys: (): readonly PublicKey[] => seen.map(({ publicKey }) => publicKey).toSorted(),
    seen: () => seen,
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await over
    },
  }
}

test('[GS12] who of a group is there its members hear, through a node too; who goes is gone with the connection', async () => {
  await using world = aWorld()
  const [ada, bo, node] = [await believer(world, 'ada'), await believer(world, 'bo'), await believer(world, 'node')]
  believeEach([ada, bo, node], (one) => (one === node ? 'node' : 'member'))
  await using atBo = watched(bo)
  await using atNode = watched(node)
  valueOf(await ada.engine.sayPresence(group, { state: 'here' }))
  await world.connect(bo, node)
  const line = await world.connect(ada, node)
  await world.until(() => atBo.keys().length > 0)
  expect(atBo.seen()).toMatchObject([{ publicKey: ada.key, group, state: 'here', scope: groupPart(group, 1).name }])
  // The node passes it on, and is told nothing itself.
  expect(atNode.seen()).toEqual([])
  await line.close()

  await world.clock.advance(1_000)
  const metAt = world.clock.now()
  const direct = await world.connect(ada, bo)
  await world.until(() => atBo.seen().some(({ at }) => at >= metAt))
  await direct.close()
  await world.until(() => atBo.keys().length === 0)
})

test('[GS12] a member who passes on what a stranger says is not believed; nor is who was sent away, from then on', async () => {
  await using world = aWorld()
  const [ada, bo, eve] = [await believer(world, 'ada'), await believer(world, 'bo'), await believer(world, 'eve')]
  believeEach([ada, bo, eve], () => 'member')
  ada.own.standings.set(eve.key, 'unknown')
  await using atAda = watched(ada)
  valueOf(await eve.engine.sayPresence(group, { state: 'here' }))
  valueOf(await bo.engine.sayPresence(group, { state: 'here' }))
  await world.connect(eve, bo)
  await world.connect(bo, ada)
  await world.until(() => atAda.keys().includes(bo.key))
  await world.clock.advance(25_000)
  await world.until(() => atAda.seen().some(({ at }) => world.clock.now() - at < 5_000))
  expect(atAda.keys()).toEqual([bo.key])
  ada.own.standings.set(bo.key, 'former')
  ada.own.groups = []
  valueOf(await ada.engine.sayPresence(group, undefined))
  await world.connect(ada, eve)
  await world.until(() => atAda.keys().length === 0)
})

const scope = 'group:one' as ScopeName
const key = 'ab'.repeat(32) as PublicKey
const word = (count: number, state = 'here') => ({ publicKey: key, count: BigInt(count), state })

test('[GS12] a word that is played again counts for nothing; what a device says of itself counts whatever was made up of it', () => {
  const clock = memoryClock()
  const board = createPresenceBoard<string>(clock)
  expect(board.hear(word(5), scope, 'relay', false)).toBe(true)
  expect(board.hear(word(5), scope, 'other', false)).toBe(false)
  expect(board.hear(word(4, ''), scope, 'relay', false)).toBe(false)
  expect(board.present()).toHaveLength(1)
  // Made up, and too high for what the device itself says to count by its number.
  expect(board.hear(word(9_000, ''), scope, 'relay', false)).toBe(true)
  expect(board.present()).toHaveLength(0)
  expect(board.hear(word(6), scope, 'direct', true)).toBe(true)
  expect(board.present()).toHaveLength(1)
  expect(board.leave('relay')).toBe(false)
  expect(board.leave('direct')).toBe(true)
  expect(board.present()).toHaveLength(0)
  expect(board.hear(word(6), scope, 'relay', false)).toBe(false)
})

test('[GS12] a flood in one scope makes nobody disappear in another, and has an end', () => {
  const board = createPresenceBoard<string>(memoryClock())
  board.hear(word(1), 'group:other' as ScopeName, 'a', false)
  for (let at = 0; at < 2_000; at++)
    board.hear({ ...word(1), publicKey: at.toString(16).padStart(64, '0') as PublicKey }, scope, 'a', false)
  expect(board.present()).toHaveLength(501)
  expect(board.present().some(({ scope: name }) => name === 'group:other')).toBe(true)
})

test('[GS12] a word of one group opens in no other', () => {
  const sealed = sealPresence(1, scope, key, 1, { state: 'here' }, memoryRandom(1))
  expect(openPresence(sealed, scope)).toMatchObject({ publicKey: key, state: 'here' })
  expect(openPresence(sealed, 'group:other' as ScopeName)).toBeUndefined()
})
