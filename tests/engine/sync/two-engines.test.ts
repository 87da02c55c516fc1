import { expect, test } from 'vitest'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import { memoryChannelPair } from '../../../src/adapters/memory/memory-channel.ts'
import { memoryDatabase } from '../../../src/adapters/memory/memory-database.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import type { DocumentId, SchemaId } from '../../../src/core/ids.ts'
import type { PresentPeer } from '../../../src/engine/sync/api.ts'
import { call, collect, createAll, define, from, join, valueOf } from '../support.ts'
import { type Device, type World, aWorld, titlesOf } from './world.ts'

/** Two devices that both follow the things of the first. */
const sharing = async (world: World, titles: readonly string[] = ['one', 'two']) => {
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const { id } = await define(ada.engine, { title: 'str' })
  await createAll(
    ada.engine,
    id,
    titles.map((title) => ({ title })),
  )
  for (const { engine } of [ada, bo]) valueOf(await engine.share(id))
  return { ada, bo, schema: id }
}
const create = async ({ engine }: Device, schema: SchemaId, title: string): Promise<DocumentId> => {
  const [made] = valueOf(await engine.publish([{ action: 'create', schema, fields: { title } }], call))
  return made!.documentId
}
const rename = async ({ engine }: Device, document: DocumentId, title: string): Promise<void> =>
  void valueOf(await engine.publish([{ action: 'update', document, fields: { title } }], call))
const has =
  (device: Device, schema: SchemaId, ...titles: readonly string[]) =>
  async (): Promise<boolean> =>
    (await titlesOf(device, schema)).join() === titles.toSorted().join()

test('[RP1] what one device shares, another that follows it gets, and answers with its own', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  expect(await titlesOf(bo, schema)).toEqual(['one', 'two'])
  const line = await world.connect(bo, ada)
  await line.close()
  await create(bo, schema, 'three')
  await world.until(has(ada, schema, 'one', 'two', 'three'))
})

test('[RP1] each of two that wrote apart gets what the other wrote', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  const first = await world.connect(ada, bo)
  await world.settle(ada, bo)
  await first.close()
  const [one] = valueOf(
    await ada.engine.query({ schema, orderBy: [{ by: 'title', direction: 'asc' }] }, call),
  ).documents
  await rename(ada, one!.id, 'uno')
  await create(ada, schema, 'three')
  await create(bo, schema, 'four')
  valueOf(await bo.engine.publish([{ action: 'delete', document: (await find(bo, schema, 'two'))! }], call))
  await world.connect(bo, ada)
  await world.settle(ada, bo)
  for (const device of [ada, bo]) expect(await titlesOf(device, schema)).toEqual(['four', 'three', 'uno'])
})
const find = async ({ engine }: Device, schema: SchemaId, title: string): Promise<DocumentId | undefined> =>
  valueOf(await engine.query({ schema, where: { title: { eq: title } } }, call)).documents[0]?.id

test('[RP2] what is private goes nowhere, whatever else is shared', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  const diary = await define(ada.engine, { title: 'str' }, { name: 'diary' })
  const secret = await create(ada, diary.id, 'secret')
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  await create(ada, diary.id, 'another')
  await create(ada, schema, 'three')
  await world.until(has(bo, schema, 'one', 'two', 'three'))
  expect(await bo.store.document(secret)).toBeUndefined()
  expect(await bo.store.document(diary.definition!)).toBeUndefined()
  expect((await ada.store.document(secret))?.mark).toBe('private')
  expect(valueOf(await ada.engine.documentStatus([secret]))).toEqual([
    { documentId: secret, isShared: false, with: [] },
  ])
})

test('[RP2] a collection shared later comes over the connection that stands, with all of it', async () => {
  await using world = aWorld()
  const { ada, bo } = await sharing(world)
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  const late = await define(ada.engine, { title: 'str' }, { name: 'late' })
  await createAll(ada.engine, late.id, [{ title: 'a' }, { title: 'b' }])
  valueOf(await bo.engine.share(late.id))
  valueOf(await ada.engine.share(late.id))
  await world.until(has(bo, late.id, 'a', 'b'))
  const document = (await find(bo, late.id, 'a'))!
  expect(valueOf(await bo.engine.document(document))?.mark).toBe('shared')
  expect((await bo.store.document(document))?.items.map(({ origin }) => origin)).toEqual(['peer'])
})

test('[RP2] what is no longer shared is neither sent nor taken', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  valueOf(await ada.engine.unshare(schema))
  await world.until(async () => valueOf(await bo.engine.sessions()).every(({ state }) => state === 'ended'))
  await create(ada, schema, 'mine')
  await create(bo, schema, 'yours')
  await world.clock.advance(5_000)
  expect(await titlesOf(bo, schema)).toEqual(['one', 'two', 'yours'])
  expect(await titlesOf(ada, schema)).toEqual(['mine', 'one', 'two'])
  valueOf(await ada.engine.share(schema))
  await world.until(has(ada, schema, 'one', 'two', 'mine', 'yours'))
  await world.until(has(bo, schema, 'one', 'two', 'mine', 'yours'))
})

test('[RP3] in live mode what one writes the other has at once, and then says that it has', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  const document = await create(bo, schema, 'three')
  await world.until(has(ada, schema, 'one', 'two', 'three'))
  await rename(ada, document, 'drei')
  await world.until(has(bo, schema, 'one', 'two', 'drei'))
  const isWith = async (device: Device): Promise<number> =>
    valueOf(await device.engine.documentStatus([document]))[0]!.with.length
  await world.until(async () => (await isWith(ada)) === 1 && (await isWith(bo)) === 1)
  expect(await titlesOf(ada, schema)).toEqual(await titlesOf(bo, schema))
})

test('[RP3] a file goes with the thing that relates to it', async () => {
  await using world = aWorld()
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const { id } = await define(ada.engine, { title: 'str', photo: 'relation(blob_v1)' })
  for (const { engine } of [ada, bo]) valueOf(await engine.share(id))
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  const bytes = Uint8Array.from({ length: 600_000 }, (_, n) => (n * 31 + (n >> 8)) % 256)
  const photo = valueOf(await ada.engine.putBlob(from([bytes]), { mimeType: 'image/png', length: bytes.length }, call))
  valueOf(await ada.engine.publish([{ action: 'create', schema: id, fields: { title: 'a', photo } }], call))
  await world.until(has(bo, id, 'a'))
  await world.until(async () => valueOf(await bo.engine.blobInfo(photo))?.missingPieces === 0)
  expect(join(await collect(valueOf(await bo.engine.getBlob(photo, call))))).toEqual(bytes)
  await world.settle(ada, bo)
})

test('[RP3] the data of a file is fetched from one of several sides that have it', async () => {
  await using world = aWorld()
  const [ada, bo, cy] = [world.device('ada'), world.device('bo'), world.device('cy')]
  const { id } = await define(ada.engine, { title: 'str', photo: 'relation(blob_v1)' })
  for (const { engine } of [ada, bo, cy]) valueOf(await engine.share(id))
  await world.connect(ada, bo)
  const lines = [await world.connect(ada, cy), await world.connect(bo, cy)]
  await world.settle(ada, bo, cy)
  const bytes = memoryRandom(5).bytes(600_000)
  const photo = valueOf(await ada.engine.putBlob(from([bytes]), { mimeType: 'image/png', length: bytes.length }, call))
  valueOf(await ada.engine.publish([{ action: 'create', schema: id, fields: { title: 'a', photo } }], call))
  for (const { engine } of [bo, cy])
    await world.until(async () => valueOf(await engine.blobInfo(photo))?.missingPieces === 0)
  await world.settle(ada, bo, cy)
  await world.clock.advance(5_000)
  const all = lines.reduce((sum, line) => sum + line.bytes(), 0)
  expect(all).toBeLessThan(1.2 * bytes.length)
  expect(join(await collect(valueOf(await cy.engine.getBlob(photo, call))))).toEqual(bytes)
})

test('[RP3] a new version of a collection goes on in its scope', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  const next = await define(ada.engine, { title: 'str', note: 'str' }, { newVersionOf: schema })
  valueOf(await ada.engine.publish([{ action: 'create', schema: next.id, fields: { title: 'new', note: 'x' } }], call))
  await world.until(has(bo, schema, 'one', 'two', 'new'))
  expect(valueOf(await bo.engine.shared()).map(({ schemaId }) => schemaId)).toEqual([schema])
})

test('[RP3] a third device gets through the second what the first wrote', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  const cy = world.device('cy')
  valueOf(await cy.engine.share(schema))
  await world.connect(ada, bo)
  await world.connect(cy, bo)
  await world.settle(ada, bo, cy)
  expect(await titlesOf(cy, schema)).toEqual(['one', 'two'])
  await create(ada, schema, 'three')
  await create(cy, schema, 'four')
  for (const device of [ada, bo, cy]) await world.until(has(device, schema, 'one', 'two', 'three', 'four'))
})

test('[RP3] what another tab writes goes out over the connection of the one that has it, and comes in for both', async () => {
  await using world = aWorld()
  const database = memoryDatabase()
  const tab = world.device('ada', openMemoryStore(database))
  const other = world.device('ada', openMemoryStore(database), tab)
  const bo = world.device('bo')
  const { id } = await define(tab.engine, { title: 'str' })
  valueOf(await other.engine.share(id))
  valueOf(await bo.engine.share(id))
  await world.connect(tab, bo)
  await world.settle(tab, bo)
  await create(other, id, 'by the other tab')
  await world.until(has(bo, id, 'by the other tab'))
  await create(bo, id, 'by bo')
  await world.until(has(other, id, 'by bo', 'by the other tab'))
  expect(valueOf(await other.engine.peers())).toEqual([])
})

test('[RP4] a device says only here, until somebody else has it too', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  const one = (await find(ada, schema, 'one'))!
  expect(valueOf(await ada.engine.documentStatus([one]))).toEqual([{ documentId: one, isShared: true, with: [] }])
  const line = await world.connect(ada, bo)
  await world.settle(ada, bo)
  const [boKey] = valueOf(await bo.engine.publicKeys())
  const met = [{ publicKey: boKey, at: expect.any(Number) }]
  expect(valueOf(await ada.engine.documentStatus([one]))).toEqual([{ documentId: one, isShared: true, with: met }])
  expect(valueOf(await ada.engine.shared())).toMatchObject([
    { logs: 4, met, peers: [{ publicKey: boKey, state: 'live' }] },
  ])
  await line.close()
  expect(await line.from.closed).toBeUndefined()
  await rename(ada, one, 'uno')
  expect(valueOf(await ada.engine.documentStatus([one]))).toEqual([{ documentId: one, isShared: true, with: [] }])
  expect(valueOf(await ada.engine.shared())).toMatchObject([{ met, peers: [] }])
})

test('[RP4] connections and sessions can be looked at', async () => {
  await using world = aWorld()
  const { ada, bo } = await sharing(world)
  const line = await world.connect(ada, bo)
  await world.settle(ada, bo)
  const [boKey] = valueOf(await bo.engine.publicKeys())
  expect(valueOf(await ada.engine.peers())).toMatchObject([
    {
      id: line.from.id,
      medium: 'memory',
      isDialled: true,
      state: 'ready',
      publicKey: boKey,
      agent: 'takibi',
      transportKey: await bo.transportKey.publicKey(),
    },
  ])
  const [session] = valueOf(await bo.engine.sessions()).filter(({ state }) => state === 'live')
  expect(session).toMatchObject({ part: 1, entriesIn: 4, entriesOut: 0, logsAwaited: 0 })
  expect(session!.timeline.map(({ type }) => type)).toContain('SyncDone')
  valueOf(await ada.engine.disconnect(line.from.id))
  expect(valueOf(await ada.engine.peers())).toMatchObject([{ state: 'closed' }])
  expect(await ada.engine.disconnect(line.from.id)).toMatchObject({ ok: false, error: { code: 'sync/peer-unknown' } })
})

/** Ada dials Bo, who expects somebody. */
const dialExpected = async (world: World, { ada, bo }: { ada: Device; bo: Device }, expected: Device) => {
  const [near, far] = memoryChannelPair({ clock: world.clock })
  const client = await expected.transportKey.publicKey()
  const answering = bo.engine.attach(far, { role: 'server', client }, bo.transportKey)
  const server = await bo.transportKey.publicKey()
  ada.engine.attach(near, { role: 'client', server }, ada.transportKey)
  return answering
}

test('[RP4] where the answering side knows whom it met, that key gets through', async () => {
  await using world = aWorld()
  const { ada, bo } = await sharing(world)
  await dialExpected(world, { ada, bo }, ada)
  await world.settle(ada, bo)
  expect(valueOf(await bo.engine.peers())).toMatchObject([{ state: 'ready' }])
})

test('[RP4] where the answering side knows whom it met, no other key gets through', async () => {
  await using world = aWorld()
  const { ada, bo } = await sharing(world)
  const answering = await dialExpected(world, { ada, bo }, world.device('cy'))
  const publicKey = await ada.transportKey.publicKey()
  expect(await answering.closed).toEqual({ code: 'handshake/peer-refused', publicKey })
})

test('[RP4] who is there is heard in the scope, and only there', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  const other = await define(ada.engine, { title: 'str' }, { name: 'other' })
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  const heard: (readonly PresentPeer[])[] = []
  const stop = new AbortController()
  const watching = bo.engine.watchPresence({ signal: stop.signal, report: (present) => heard.push(valueOf(present)) })
  valueOf(await ada.engine.sayPresence(other.id, { state: 'reading' }))
  valueOf(await ada.engine.sayPresence(schema, { state: 'editing', field: 'title' }))
  const [adaKey] = valueOf(await ada.engine.publicKeys())
  await world.until(() => (heard.at(-1)?.length ?? 0) > 0)
  expect(heard.at(-1)).toMatchObject([
    { publicKey: adaKey, state: 'editing', field: 'title', scope: `schema:${schema}` },
  ])
  await world.clock.advance(90_000)
  await world.until(() => heard.at(-1)?.length === 1)
  valueOf(await ada.engine.sayPresence(schema, undefined))
  await world.until(() => heard.at(-1)?.length === 0)
  stop.abort()
  await watching
})
