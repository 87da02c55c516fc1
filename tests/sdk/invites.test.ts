import { expect, test } from 'vitest'
import { groupPart } from '../../src/engine/sync/scopes-for.ts'
import { ownPersonChange } from '../../src/engine/identity/own-person.ts'
import { inviteKeys } from '../../src/core/invite/invite-keys.ts'
import { signKnock } from '../../src/core/invite/knock-proof.ts'
import { isInviteLink, writeShareLink } from '../../src/sdk/links.ts'
import type { DocumentId, GuestState, Invite, Role, SchemaId, Subject } from '../../src/sdk/index.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import type { TakibiNode } from '../../src/sdk/takibi-node.ts'
import { type Device, type World, aWorld } from '../engine/sync/world.ts'

/** A device of a person, who is somebody already. */
interface Phone extends Device {
  readonly node: TakibiNode
  readonly person: DocumentId
  readonly subject: Subject
}
async function phone(world: World, name: string): Promise<Phone> {
  const device = world.device(name)
  const node = await nodeOver(device.engine, () => undefined)
  const person = await node.groups.create(name)
  await device.store.commit([ownPersonChange(person)], [])
  return { ...device, node, person, subject: `g:${person}` }
}

/** Far off by the clock of these worlds, and by that of whoever runs them. */
const expiresAt = 4_000_000_000
const claims = { name: 'Garden', inviter: 'Ada', colour: 'leaf', members: 1, hints: [] }

async function aGroup(world: World) {
  const ada = await phone(world, 'ada')
  const group = await ada.node.groups.create('Garden', { founder: ada.person })
  return { ada, group }
}
async function invite(by: Phone, group: DocumentId, role: Role = 'member', uses = 1): Promise<[Invite, string]> {
  const made = await by.node.invites.make(group, { role, uses, expiresAt })
  return [made, (await by.node.invites.link(made, claims))!]
}
const members = async ({ node }: Phone, group: DocumentId): Promise<readonly Subject[]> =>
  [...(await node.groups.summary(group)).members].toSorted()
const both = (a: Phone, b: Phone): readonly Subject[] => [a.subject, b.subject].toSorted()
const stateOf = async ({ node }: Phone): Promise<GuestState['state'] | undefined> =>
  (await node.invites.places().once()).places[0]?.state.state
const admit = async (keeper: Phone, who: Phone, group: DocumentId, role: Role): Promise<void> => {
  const asked = await who.node.groups.ask(group, { member: who.person })
  await keeper.node.import(await who.node.export({ all: true }))
  await keeper.node.groups.accept(asked, { group, role })
}
const knocksHere = async ({ node }: Phone): Promise<number> =>
  (await node.query('group_knock_v1').once()).documents.length

test('[IN1] who knocks with a link is let in by the keeper that it meets, unasked, and is told so', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const [made, link] = await invite(ada, group)
  const bo = await phone(world, 'bo')
  expect(await bo.node.invites.read(link)).toMatchObject({ group, name: 'Garden', inviter: 'Ada' })
  await bo.node.invites.knock(link, 'Bo')
  expect(await stateOf(bo)).toBe('looking')
  await world.connect(bo, ada)
  await world.until(async () => (await stateOf(bo)) === 'here')
  expect(await members(bo, group)).toEqual(both(ada, bo))
  const [seen] = (await ada.node.invites.of(group).once()).invites
  expect(seen).toMatchObject({ id: made.id, used: 1, uses: 1, isLive: true })
})

test('[IN1] a link that is opened while connected is knocked with over the same connection', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const bo = await phone(world, 'bo')
  await world.connect(bo, ada)
  const [, link] = await invite(ada, group)
  await bo.node.invites.knock(link, 'Bo')
  await world.until(async () => (await stateOf(bo)) === 'here')
  expect(await members(ada, group)).toEqual(both(ada, bo))
})

test('[IN2] a place is kept by a member who may let nobody in, until a keeper comes by', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const [, link] = await invite(ada, group)
  const cy = await phone(world, 'cy')
  await admit(ada, cy, group, 'member')
  await cy.node.import(await ada.node.export({ all: true }))
  const bo = await phone(world, 'bo')
  await bo.node.invites.knock(link, 'Bo')
  const line = await world.connect(bo, cy)
  await world.until(async () => (await stateOf(bo)) === 'kept')
  await line.close()
  // Ada was asleep; she hears of it from Cy, and Bo of that too.
  await world.connect(cy, ada)
  await world.until(async () => (await members(cy, group)).includes(bo.subject))
  await world.connect(bo, cy)
  await world.until(async () => (await stateOf(bo)) === 'here')
  for (const part of [0, 1] as const) {
    const { key } = groupPart(group, part)
    const [one, ...others] = await Promise.all([ada, bo, cy].map(({ store }) => store.part(key)))
    for (const other of others) expect({ ...other, number: 0 }).toEqual({ ...one, number: 0 })
  }
})

test('[IN3] a keeper or moderator is let in by a person only', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const [, link] = await invite(ada, group, 'keeper')
  const bo = await phone(world, 'bo')
  await bo.node.invites.knock(link, 'Bo')
  await world.connect(bo, ada)
  await world.until(async () => (await stateOf(bo)) === 'kept' && (await knocksHere(ada)) === 1)
  await world.clock.advance(5_000)
  expect(await members(ada, group)).toEqual([ada.subject])
  const { knocks } = await ada.node.invites.knocks(group).once()
  expect(knocks).toMatchObject([{ role: 'keeper', by: ada.node.publicKey, isLive: true, name: 'Bo' }])
  const { documents } = await ada.node.query('key_group_membership_request_v1').once()
  const asked = documents.find(({ owner, fields }) => owner === bo.node.publicKey && fields['key_group'] === group)!
  expect(knocks[0]?.request).toBe(asked.id)
  await ada.node.groups.accept(asked, { group, role: 'keeper' })
  await world.until(async () => (await stateOf(bo)) === 'here')
  expect((await ada.node.invites.knocks(group).once()).knocks).toEqual([])
})

test('[IN4] an invite that was withdrawn, or is for as many as came, lets nobody in', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const [withdrawn, dead] = await invite(ada, group)
  const [, once] = await invite(ada, group)
  await ada.node.invites.withdraw(withdrawn)
  const [bo, cy, dan] = [await phone(world, 'bo'), await phone(world, 'cy'), await phone(world, 'dan')]
  await bo.node.invites.knock(dead, 'Bo')
  await cy.node.invites.knock(once, 'Cy')
  await dan.node.invites.knock(once, 'Dan')
  await world.connect(bo, ada)
  await world.connect(cy, ada)
  await world.until(async () => (await stateOf(cy)) === 'here')
  await world.connect(dan, ada)
  await world.until(async () => (await stateOf(dan)) === 'kept')
  await world.clock.advance(5_000)
  expect(await members(ada, group)).toEqual(both(ada, cy))
  expect(await stateOf(bo)).toBe('looking')
})

test('[IN5] who is sent away leaves no link behind that works, and nobody comes in unasked by an older one', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const [, link] = await invite(ada, group, 'member', 5)
  const cy = await phone(world, 'cy')
  await admit(ada, cy, group, 'member')
  await ada.node.groups.setRole(group, cy.subject, undefined)
  expect((await ada.node.invites.of(group).once()).invites).toEqual([])
  const bo = await phone(world, 'bo')
  await bo.node.invites.knock(link, 'Bo')
  await world.connect(bo, ada)
  await world.clock.advance(5_000)
  expect(await members(ada, group)).toEqual([ada.subject])
})

test('[IN6] a knock that was not made with the link lets nobody in', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const [made] = await invite(ada, group)
  const eve = await phone(world, 'eve')
  const { secret } = made
  const request = await eve.node.groups.ask(group, { member: eve.person })
  const other = inviteKeys(new Uint8Array(16).fill(9))
  await eve.node.create('group_knock_v1', {
    request,
    invite: inviteKeys(secret!).key,
    proof: signKnock(other.seed, { request, person: eve.person }),
    note: new Uint8Array(30),
  })
  await ada.node.import(await eve.node.export({ all: true }))
  await world.until(async () => (await knocksHere(ada)) === 1)
  await world.clock.advance(5_000)
  expect(await members(ada, group)).toEqual([ada.subject])
})

test('[IN7] who may let nobody in cannot invite, and is told so', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const bo = await phone(world, 'bo')
  await admit(ada, bo, group, 'member')
  await bo.node.import(await ada.node.export({ all: true }))
  await expect(invite(bo, group)).rejects.toMatchObject({ failure: { code: 'invite/refused' } })
})

test('[IN8] a place is asked for once, is dropped, and is asked for again with the same request', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const [, link] = await invite(ada, group)
  const bo = await phone(world, 'bo')
  const [first, second] = await Promise.all([bo.node.invites.knock(link, 'Bo'), bo.node.invites.knock(link, 'Bo')])
  expect(second).toBe(first)
  const { places } = await bo.node.invites.places().once()
  await bo.node.invites.drop(places[0]!)
  expect((await bo.node.invites.places().once()).places).toEqual([])
  await bo.node.invites.knock(link, 'Bo')
  const { documents } = await bo.node.query('key_group_membership_request_v1').once()
  expect(documents.filter(({ fields }) => fields['key_group'] === group)).toHaveLength(1)
})

test('[IN8] the link of a place that is asked for is written again as it was, and leads there', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const [, link] = await invite(ada, group)
  const bo = await phone(world, 'bo')
  await bo.node.invites.knock(link, 'Bo')
  const [place] = (await bo.node.invites.places().once()).places
  expect(isInviteLink(link)).toBe(true)
  expect(
    isInviteLink(writeShareLink({ schemaId: `seeds_0020${'7c'.repeat(32)}` as SchemaId, name: '', hints: [] })),
  ).toBe(false)
  expect(await bo.node.invites.write(place!.link)).toBe(link)
})

test('[IV6] the note of a knock is read by other keepers of a sealed group too, and a knock without proof says nothing', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  await ada.node.create('secret_group_v1', { group, mode: 'lts', suite: 0 })
  const cy = await phone(world, 'cy')
  await admit(ada, cy, group, 'keeper')
  const [made, link] = await invite(ada, group, 'moderator')
  await cy.node.import(await ada.node.export({ all: true }))
  const [bo, eve] = [await phone(world, 'bo'), await phone(world, 'eve')]
  await bo.node.invites.knock(link, 'Bo \u202eob')
  const asked = await eve.node.groups.ask(group, { member: eve.person })
  const { key } = inviteKeys(made.secret!)
  const note = new Uint8Array(60)
  await eve.node.create('group_knock_v1', { request: asked, invite: key, proof: new Uint8Array(64), note })
  for (const one of [bo, eve]) await cy.node.import(await one.node.export({ all: true }))
  const { knocks } = await cy.node.invites.knocks(group).once()
  expect(knocks).toMatchObject([{ invite: made.id, role: 'moderator', by: ada.node.publicKey, name: 'Bo  ob' }])
})
