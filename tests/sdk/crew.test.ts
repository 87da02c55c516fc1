import { expect, test } from 'vitest'
import type { DocumentId, Role, SchemaId, Subject } from '../../src/sdk/index.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import type { TakibiNode } from '../../src/sdk/takibi-node.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { groupPart } from '../../src/engine/sync/scopes-for.ts'
import type { Store } from '../../src/ports/index.ts'
import { type Device, type Line, type World, aWorld } from '../engine/sync/world.ts'

/** A device with the library over its engine, whose authority says who is in which group. */
interface Phone extends Device {
  readonly node: TakibiNode
  readonly subject: Subject
}
async function phone(world: World, name: string, store?: Store, like?: Device): Promise<Phone> {
  const device = world.device(name, store, like)
  const node = await nodeOver(device.engine, () => undefined)
  return { ...device, node, subject: `k:${node.publicKey}` }
}

const titles = async ({ node }: Phone, thing: SchemaId): Promise<readonly string[]> => {
  const { schemas } = await node.schemas().once()
  if (!schemas.some(({ id }) => id === thing)) return []
  return (await node.query(thing).once()).documents.map(({ fields }) => String(fields['title'])).toSorted()
}
const members = async ({ node }: Phone, group: DocumentId): Promise<readonly Subject[]> =>
  [...(await node.groups.summary(group)).members].sort()
const requestsOf = async ({ node }: Phone, group: DocumentId): Promise<readonly DocumentId[]> =>
  (await node.query('key_group_membership_request_v1').once()).documents
    .filter(({ fields }) => fields['key_group'] === group)
    .map(({ id }) => id)
const countIn = async ({ store }: Phone, group: DocumentId, part: 0 | 1): Promise<number> =>
  (await store.part(groupPart(group, part).key)).count

/** Both have the same documents in the parts of a group: else they would never find themselves equal. */
const expectSameParts = async (group: DocumentId, a: Phone, b: Phone): Promise<void> => {
  for (const part of [0, 1] as const) {
    const { key } = groupPart(group, part)
    const [one, other] = [await a.store.part(key), await b.store.part(key)]
    expect({ count: one.count, sum: one.sum }).toEqual({ count: other.count, sum: other.sum })
  }
}

/** Ada's group with things in it; `thing` belongs to whatever group its owner names. */
async function aGroup(world: World) {
  const ada = await phone(world, 'ada')
  const group = await ada.node.groups.create('Garden')
  const thing = await ada.node.defineSchema('thing', 'A thing', { group: 'owner(key_group_v1)', title: 'str' })
  return { ada, group, thing: thing.id }
}
/** Asks over a connection, and is let in over the same one. */
async function join(
  world: World,
  keeper: Phone,
  group: DocumentId,
  who: Phone,
  role: Role,
  member?: DocumentId,
): Promise<Line> {
  const asked = await who.node.groups.ask(group, member ? { member } : {})
  const line = await world.connect(who, keeper)
  await world.until(async () => (await requestsOf(keeper, group)).includes(asked))
  await keeper.node.groups.accept(asked, { group, role })
  const subject: Subject = member ? `g:${member}` : who.subject
  await world.until(async () => (await members(who, group)).includes(subject))
  return line
}

test('[GS7] who asks a keeper it meets and is let in has all of the group over the same connection', async () => {
  await using world = aWorld()
  const { ada, group, thing } = await aGroup(world)
  await ada.node.create(thing, { group, title: 'pot' })
  const bo = await phone(world, 'bo')
  await join(world, ada, group, bo, 'member')
  await world.until(async () => (await titles(bo, thing)).join() === 'pot')
  await bo.node.create(thing, { group, title: 'kettle' })
  await world.until(async () => (await titles(ada, thing)).length === 2)
  expect(await titles(ada, thing)).toEqual(['kettle', 'pot'])
  await expectSameParts(group, ada, bo)
})

test('[GS7] until it is let in, who asks is told nothing of the group', async () => {
  await using world = aWorld()
  const { ada, group, thing } = await aGroup(world)
  await ada.node.create(thing, { group, title: 'pot' })
  const bo = await phone(world, 'bo')
  const asked = await bo.node.groups.ask(group)
  await world.connect(bo, ada)
  await world.until(async () => (await requestsOf(ada, group)).includes(asked))
  await ada.node.create(thing, { group, title: 'kettle' })
  await world.clock.advance(5_000)
  expect((await bo.node.groups.summary(group)).founder).toBeUndefined()
  expect(await bo.node.inspect.logs(ada.node.publicKey)).toEqual([])
})

test('[GS8] a person who is let in brings her other device, which nobody of the group has met', async () => {
  await using world = aWorld()
  const { ada, group, thing } = await aGroup(world)
  await ada.node.create(thing, { group, title: 'pot' })
  const [mobile, laptop] = [await phone(world, 'mobile'), await phone(world, 'laptop')]
  const person = await mobile.node.groups.create('Bo')
  const own = await join(world, mobile, person, laptop, 'keeper')
  const line = await join(world, ada, group, mobile, 'member', person)
  await world.until(async () => (await titles(laptop, thing)).join() === 'pot')
  await own.close()
  await line.close()
  await laptop.node.create(thing, { group, title: 'kettle' })
  await world.connect(laptop, ada)
  await world.until(async () => (await titles(ada, thing)).length === 2)
  expect(await titles(ada, thing)).toEqual(['kettle', 'pot'])
  await expectSameParts(group, ada, laptop)
  await expectSameParts(person, mobile, laptop)
})

test('[GS9] who is sent away while connected learns of it, and of nothing after it', async () => {
  await using world = aWorld()
  const { ada, group, thing } = await aGroup(world)
  const bo = await phone(world, 'bo')
  await join(world, ada, group, bo, 'member')
  await ada.node.create(thing, { group, title: 'pot' })
  await world.until(async () => (await titles(bo, thing)).join() === 'pot')
  await ada.node.groups.setRole(group, bo.subject, undefined)
  await ada.node.create(thing, { group, title: 'late' })
  await world.until(async () => (await members(bo, group)).join() === ada.subject)
  await world.clock.advance(5_000)
  expect(await titles(bo, thing)).toEqual(['pot'])
  await ada.node.groups.setRole(group, bo.subject, 'member')
  await world.until(async () => (await titles(bo, thing)).join() === 'late,pot')
})

test('[GS10] that somebody names a group of others in a request tells nobody who is in it', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const hidden = await ada.node.groups.create('Only ours')
  const before = await countIn(ada, group, 0)
  const bo = await phone(world, 'bo')
  const other = await bo.node.groups.create('Bo')
  await ada.node.import(await bo.node.export({ all: true }))
  // By hand: the library asks for nobody whom it does not speak for.
  await bo.node.import(await ada.node.export({ all: true }))
  await bo.node.groups.ask(group, { member: hidden })
  await bo.node.groups.ask(group, { member: other })
  await ada.node.import(await bo.node.export({ all: true }))
  // Two requests, and the three documents of Bo's own group.
  expect(await countIn(ada, group, 0)).toBe(before + 5)
  expect(await ada.node.groups.controlClosure(group)).toHaveLength(before + 5)
})

test('[GS11] what was judged before it was served by groups enters them at the next start', async () => {
  await using world = aWorld()
  const store = openMemoryStore()
  const unserved: Store = {
    ...store,
    // The next version goes on with it.
    [Symbol.asyncDispose]: async () => undefined,
    commit: (changes, expected, isAllowed) =>
      store.commit(
        changes.filter((change) => !('put' in change && change.put === 'part')),
        expected,
        isAllowed,
      ),
  }
  const older = await phone(world, 'ada', unserved)
  const group = await older.node.groups.create('Garden')
  const thing = await older.node.defineSchema('thing', 'A thing', { group: 'owner(key_group_v1)', title: 'str' })
  await older.node.create(thing, { group, title: 'pot' })
  expect(await countIn(older, group, 0)).toBe(0)
  await older.engine.close()
  const ada = await phone(world, 'ada', store, older)
  // The group with who is in it; the thing, its definition and the two fields of that.
  await world.until(async () => (await countIn(ada, group, 0)) === 3 && (await countIn(ada, group, 1)) === 4)
  const bo = await phone(world, 'bo')
  await join(world, ada, group, bo, 'member')
  await world.until(async () => (await titles(bo, thing.id)).length === 1)
  expect(await titles(bo, thing.id)).toEqual(['pot'])
})

test('[GS1] who dials a member that has not heard of it yet has all of the group once that one has', async () => {
  await using world = aWorld()
  const { ada, group, thing } = await aGroup(world)
  const [bo, dan] = [await phone(world, 'bo'), await phone(world, 'dan')]
  const first = await join(world, ada, group, dan, 'member')
  await ada.node.create(thing, { group, title: 'pot' })
  await world.until(async () => (await titles(dan, thing)).length === 1)
  await first.close()
  const second = await join(world, ada, group, bo, 'keeper')
  await world.until(async () => (await titles(bo, thing)).length === 1)
  await second.close()
  await dan.node.create(thing, { group, title: 'kettle' })
  await world.connect(bo, dan, 20)
  await world.until(async () => (await titles(bo, thing)).length === 2)
  expect(await titles(bo, thing)).toEqual(['kettle', 'pot'])
  await expectSameParts(group, bo, dan)
})
