import { describe, expect, test } from 'vitest'
import { nodeOfPeer } from '../../src/app/data/node-of-peer.ts'
import { hostOf } from '../../src/app/data/host-of.ts'
import { summarise } from '../../src/app/data/sync-summary.ts'
import { watchWaiting } from '../../src/app/data/waiting.ts'
import type { SharedScope } from '../../src/sdk/index.ts'
import { openTestNode } from '../../src/sdk/testing.ts'
import { key, peer } from './peers.ts'

type Talk = SharedScope['peers'][number]['state']
/** A shared family, and how its session with each connection stands, by number. */
const scope = (talks: Readonly<Record<number, Talk>>, name = 'a'): SharedScope => ({
  scope: `schema:${name}` as SharedScope['scope'],
  schemaId: name as SharedScope['schemaId'],
  logs: 1,
  peers: Object.entries(talks).map(([id, state]) => ({ peer: Number(id), publicKey: key(id), state })),
  met: [],
})
const none = { count: 0, hasMore: false }

describe('how things stand', () => {
  test.each([
    ['private while nothing is shared, whoever is connected', [], [peer(1)], none, 'private'],
    ['alone while nobody is connected', [scope({})], [], none, 'alone'],
    ['alone with somebody who shares nothing of it', [scope({})], [peer(1)], none, 'alone'],
    ['waiting when something is only here', [scope({})], [], { count: 4, hasMore: false }, 'waiting'],
    ['exchanging while changes are on their way', [scope({ 1: 'transferring' })], [peer(1)], none, 'exchanging'],
    ['the same with who has the same', [scope({ 1: 'live' })], [peer(1)], none, 'same'],
    ['not the same where it was compared and differs', [scope({ 1: 'unequal' })], [peer(1)], none, 'unequal'],
    [
      'waiting, and not the same, though somebody is live',
      [scope({ 1: 'live' })],
      [peer(1)],
      { count: 1, hasMore: false },
      'waiting',
    ],
  ] as const)('[Q5] is %s', (_, shared, peers, waiting, state) => {
    expect(summarise(shared, peers, [], waiting).state).toBe(state)
  })

  test('[Q5] counts as the same only who has the same of everything both share, each once, nodes apart', () => {
    const shared = [scope({ 1: 'live', 2: 'live', 3: 'live', 4: 'live' }), scope({ 2: 'comparing', 4: 'live' }, 'b')]
    const again = peer(4, { publicKey: key('1') })
    const node = peer(3)
    const nodes = [{ transportKey: node.transportKey ?? key('0') }]
    expect(summarise(shared, [peer(1), peer(2), node, again], nodes, none)).toMatchObject({ devices: 1, nodes: 1 })
  })
})

test('[Q5] a node is known by either of its keys', () => {
  const nodes = [{ transportKey: key('a'), publicKey: key('b') }, { transportKey: key('c') }]
  expect(nodeOfPeer(nodes, { transportKey: key('a') })).toBe(nodes[0])
  expect(nodeOfPeer(nodes, { publicKey: key('b') })).toBe(nodes[0])
  expect(nodeOfPeer(nodes, { transportKey: key('d') })).toBeUndefined()
})

test('[Q5] an address is called by its host', () => {
  expect(['wss://node.example/takibi', 'ws://10.0.0.4:2020'].map(hostOf)).toEqual(['node.example', '10.0.0.4:2020'])
})

test('[Q5] what is on this device only is told by name, the newest first, and follows changes', async () => {
  await using opened = await openTestNode({ seed: 7 })
  const { node, clock } = opened
  const item = await node.defineSchema('item', 'What we need', { title: 'str' })
  await node.sync.share(item)
  const oats = await node.create(item, { title: 'Oats' })
  await clock.advance(1_000)
  const candles = await node.create(item, { title: 'Candles' })
  const waiting = watchWaiting(node, [item.id])
  const heard: number[] = []
  const stop = waiting.subscribe(() => heard.push(waiting.getState().things.length))
  await expect.poll(() => waiting.getState().things.map(({ id }) => id)).toEqual([candles, oats])
  await clock.advance(1_000)
  await node.update(oats, { title: 'Rolled oats' })
  await expect.poll(() => waiting.getState().things.map(({ id }) => id)).toEqual([oats, candles])
  stop()
  await node.create(item, { title: 'Lamp oil' })
  expect(waiting.getState().things).toHaveLength(2)
})
