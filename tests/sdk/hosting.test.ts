import { expect, onTestFinished, test } from 'vitest'
import { groupPart } from '../../src/engine/sync/scopes-for.ts'
import { ownPersonChange } from '../../src/engine/identity/own-person.ts'
import type { DocumentId, GuestState } from '../../src/sdk/index.ts'
import { type RunningNode, openNode, serve } from '../../src/sdk/node.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import type { TakibiNode } from '../../src/sdk/takibi-node.ts'
import { type Device, type World, aWorld } from '../engine/sync/world.ts'
import { aFolder } from '../hosts/cli/a-terminal.ts'

interface Phone extends Device {
  readonly node: TakibiNode
  readonly person: DocumentId
}
async function phone(world: World, name: string): Promise<Phone> {
  const device = world.device(name)
  const node = await nodeOver(device.engine, () => undefined)
  const person = await node.groups.create(name)
  await device.store.commit([ownPersonChange(person)], [])
  return { ...device, node, person }
}
/** A node, and what keepers write down of it. */
async function aShed(world: World, token = '') {
  const device = world.device('shed', undefined, undefined, {
    mayKeep: (request) => token === '' || Buffer.from(request.token ?? []).toString() === token,
  })
  const { publicKey } = await nodeOver(device.engine, () => undefined)
  const transportKey = await device.transportKey.publicKey()
  return { ...device, named: { publicKey, transportKey, address: 'wss://shed.example/sync' } }
}
const countIn = async ({ store }: Device, group: DocumentId, part: 0 | 1): Promise<number> =>
  (await store.part(groupPart(group, part).key)).count
const hasAll = async (one: Device, other: Device, group: DocumentId): Promise<boolean> => {
  const counts = await Promise.all([one, other].flatMap((each) => [countIn(each, group, 0), countIn(each, group, 1)]))
  return counts[0]! > 0 && counts[0] === counts[2] && counts[1] === counts[3]
}
async function aGroup(world: World) {
  const ada = await phone(world, 'ada')
  const group = await ada.node.groups.create('Garden', { founder: ada.person })
  const { id } = await ada.node.defineSchema('thing', 'A thing', { group: 'owner(key_group_v1)', title: 'str' })
  await ada.node.create(id, { group, title: 'pot' })
  return { ada, group }
}
const claims = { name: 'Garden', inviter: 'Ada', colour: 'leaf', members: 1, hints: [] }
const aLink = async (node: TakibiNode, group: DocumentId): Promise<string> => {
  const made = await node.invites.make(group, { role: 'member', uses: 2, expiresAt: 4_000_000_000 })
  return (await node.invites.link(made, claims))!
}
const stateOf = async (node: TakibiNode): Promise<GuestState['state'] | undefined> =>
  (await node.invites.places().once()).places[0]?.state.state

test('[NH1] a node that keepers admitted is asked to keep the group, and has all of it', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const shed = await aShed(world)
  await world.connect(ada, shed)
  await world.clock.advance(2_000)
  expect(await countIn(shed, group, 0)).toBe(0)
  await ada.node.groups.admitNode(group, shed.named)
  await world.until(() => hasAll(ada, shed, group))
  expect((await ada.node.groups.nodes(group).once()).nodes).toMatchObject([{ ...shed.named, isLive: true }])
})

test('[NH1] a node that wants a token keeps the groups of those who say it, and goes on with the others', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const shed = await aShed(world, 'hay')
  await ada.node.groups.admitNode(group, shed.named)
  const line = await world.connect(ada, shed)
  await world.clock.advance(5_000)
  expect(await countIn(shed, group, 0)).toBe(0)
  await line.close()
  await world.connect(ada, shed, 0, { from: { token: Buffer.from('hay') } })
  await world.until(() => hasAll(ada, shed, group))
})

test('[NH2] a guest knocks at a node while everybody sleeps, and is let in by it through the keeper who comes by', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const shed = await aShed(world)
  await ada.node.groups.admitNode(group, shed.named)
  const link = await aLink(ada.node, group)
  const line = await world.connect(ada, shed)
  await world.until(() => hasAll(ada, shed, group))
  await line.close()
  const bo = await phone(world, 'bo')
  await bo.node.invites.knock(link, 'Bo')
  await world.connect(bo, shed)
  await world.until(async () => (await stateOf(bo.node)) === 'kept')
  expect((await bo.node.groups.summary(group)).founder).toBeUndefined()
  await world.connect(ada, shed)
  await world.until(async () => (await stateOf(bo.node)) === 'here')
  await world.until(() => hasAll(ada, bo, group))
  expect(await hasAll(ada, shed, group)).toBe(true)
})

test('[NH3] a node that was dismissed lets go of the group, and serves it to nobody', async () => {
  await using world = aWorld()
  const { ada, group } = await aGroup(world)
  const shed = await aShed(world)
  const admitted = await ada.node.groups.admitNode(group, shed.named)
  await world.connect(ada, shed)
  await world.until(() => hasAll(ada, shed, group))
  const [named] = (await ada.node.groups.nodes(group).once()).nodes
  expect(named?.id).toBe(admitted)
  await ada.node.groups.dismissNode(named!)
  await world.until(async () => (await shed.store.localWith('sync/hosted/')).length === 0)
  const sessions = await shed.engine.sessions()
  await world.until(async () => {
    const now = await shed.engine.sessions()
    return now.ok && now.value.every(({ state }) => state === 'ended')
  })
  expect(sessions.ok).toBe(true)
})

const slowly = { timeout: 40_000 }
const open = async (dataDir: string): Promise<TakibiNode> => {
  const node = await openNode({ dataDir })
  onTestFinished(node.close)
  return node
}
const addressOf = ({ url, transportKey }: RunningNode) => ({
  address: `${url.replace('http', 'ws')}/sync`,
  transportKey,
})

test('[NH2] programs do the same over the network: the link leads to the node, and the guest is let in while the inviter was away', async () => {
  const shed = await serve({ dataDir: await aFolder(), port: 0, host: '127.0.0.1', groupToken: 'hay' })
  onTestFinished(shed.stop)
  const hers = await aFolder()
  const ada = await open(hers)
  const own = await ada.groups.create('Allotment')
  const { person } = await ada.identity.person().once()
  const group = await ada.groups.create('Garden', { founder: person!.id })
  expect(own).not.toBe(group)
  await ada.sync.nodes.add({ ...addressOf(shed), token: 'hay' })
  const keyOf = async (): Promise<string | undefined> => (await ada.sync.nodes.list().once()).nodes[0]?.publicKey
  await expect.poll(keyOf, slowly).toBeDefined()
  await ada.groups.admitNode(group, { ...addressOf(shed), publicKey: (await keyOf()) as never })
  const link = await aLink(ada, group)
  const withShed = async (): Promise<boolean> => {
    const { sessions } = await ada.sync.sessions().once()
    return sessions.some(({ scope, part, state }) => scope === `group:${group}` && part === 1 && state === 'live')
  }
  await expect.poll(withShed, slowly).toBe(true)
  await ada.close()

  const bo = await open(await aFolder())
  await bo.groups.create('Bo was here')
  await bo.invites.knock(link, 'Bo')
  expect((await bo.sync.nodes.list().once()).nodes).toMatchObject([addressOf(shed)])
  await expect.poll(() => stateOf(bo), slowly).toBe('kept')
  await open(hers)
  await expect.poll(() => stateOf(bo), slowly).toBe('here')
}, 120_000)
