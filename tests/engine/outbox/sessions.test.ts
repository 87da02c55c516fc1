import { expect, test } from 'vitest'
import type { PublicKey } from '../../../src/core/ids.ts'
import { rowsDone } from '../../../src/engine/outbox/rows.ts'
import { nodePrefix, publishUrlOf } from '../../../src/engine/outbox/targets.ts'
import { call, createAll, define, valueOf } from '../support.ts'
import { aWorld, type Device } from '../sync/world.ts'

/** The phone's person chose the node. */
const choose = async (phone: Device, node: Device): Promise<string> => {
  const transportKey = await node.transportKey.publicKey()
  const value = { address: 'wss://node.example/sync', transportKey, isPaused: false, addedAt: 1 }
  await phone.store.commit([{ put: 'local', key: nodePrefix + transportKey, value }], [])
  return transportKey
}

test('[O9] a session that ends even has done what waited for that node, and nothing that waits for another', async () => {
  await using world = aWorld()
  const [phone, node, other] = [world.device('phone'), world.device('node'), world.device('other')]
  const { id } = await define(phone.engine, { title: 'str' })
  valueOf(await phone.engine.share(id))
  valueOf(await node.engine.share(id))
  const [target, elsewhere] = [await choose(phone, node), await choose(phone, other)]
  const [first] = await createAll(phone.engine, id, [{ title: 'one' }, { title: 'two' }])
  expect(await phone.store.outbox(target, 9)).toHaveLength(2)
  const line = await world.connect(phone, node)
  await world.settle(phone, node)
  expect(await phone.store.outbox(target, 9)).toEqual([])
  expect(await phone.store.outbox(elsewhere, 9)).toHaveLength(2)
  // What is written while the session is live goes by it, too.
  valueOf(await phone.engine.publish([{ action: 'update', document: first!, fields: { title: 'three' } }], call))
  await world.until(async () => (await phone.store.outbox(target, 9)).length === 0)
  await line.close()
  valueOf(await phone.engine.publish([{ action: 'update', document: first!, fields: { title: 'four' } }], call))
  expect(await phone.store.outbox(target, 9)).toHaveLength(1)
})

test('[O9] what enters a part after it was compared still waits, however early it arrived', async () => {
  await using world = aWorld()
  const [phone, node] = [world.device('phone'), world.device('node')]
  const { id } = await define(phone.engine, { title: 'str' })
  const scope = valueOf(await phone.engine.share(id))
  const target = (await choose(phone, node)) as PublicKey
  const key = { scope, part: 1 } as const
  const before = await phone.store.part(key)
  await createAll(phone.engine, id, [{ title: 'one' }])
  const after = await phone.store.part(key)
  const arrival = await phone.store.lastArrival()
  const doneAt = (number: number) => rowsDone(phone.store, target, { key, number, arrival, refused: new Set() })
  expect(await doneAt(before.number)).toEqual([])
  expect(await doneAt(after.number)).not.toEqual([])
})

test('[O1] entries of others are in no outbox, however they came', async () => {
  await using world = aWorld()
  const [phone, friend, node] = [world.device('phone'), world.device('friend'), world.device('node')]
  const { id } = await define(friend.engine, { title: 'str' })
  valueOf(await friend.engine.share(id))
  valueOf(await phone.engine.share(id))
  const target = await choose(phone, node)
  await createAll(friend.engine, id, [{ title: 'of a friend' }])
  await world.connect(phone, friend)
  await world.settle(phone, friend)
  expect(await phone.store.outbox(target, 9)).toEqual([])
})

test('[O1] a file that comes to be shared by a thing goes to the nodes with it', async () => {
  await using world = aWorld()
  const [phone, node] = [world.device('phone'), world.device('node')]
  const { id } = await define(phone.engine, { title: 'str', photo: 'relation(blob_v1)' })
  valueOf(await phone.engine.share(id))
  const target = await choose(phone, node)
  const bytes = new Uint8Array(300_000).fill(7)
  const source = (async function* () {
    yield bytes
  })()
  const photo = valueOf(await phone.engine.putBlob(source, { length: bytes.length, mimeType: 'image/png' }, call))
  expect(await phone.store.outbox(target, 9)).toEqual([])
  await createAll(phone.engine, id, [{ title: 'a picture', photo }])
  // The thing, the file, its two pieces.
  await world.until(async () => (await phone.store.outbox(target, 9)).length === 4)
})

test.each([
  ['wss://node.example/sync', 'https://node.example/graphql'],
  ['wss://node.example', 'https://node.example/graphql'],
  ['ws://localhost:2020/sync', 'http://localhost:2020/graphql'],
  ['wss://host.example/takibi/sync', 'https://host.example/takibi/graphql'],
  ['wss://host.example/elsewhere', undefined],
])('[O2] %s takes entries at %s', (address, url) => {
  expect(publishUrlOf(address)).toBe(url)
})
