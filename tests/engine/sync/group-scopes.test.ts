import { describe, expect, test } from 'vitest'
import type { SchemaId } from '../../../src/core/ids.ts'
import { inviteKeys } from '../../../src/core/invite/invite-keys.ts'
import { enterPart, readDocuments } from '../../../src/engine/sync/enter-scopes.ts'
import { groupPart, guestPart } from '../../../src/engine/sync/scopes-for.ts'
import type { PartKey } from '../../../src/ports/store.ts'
import { valueOf } from '../support.ts'
import { type Believer, believeEach, believer, group } from './believers.ts'
import { rawPeer } from './raw-peer.ts'
import { type Device, type World, aWorld } from './world.ts'

const control = groupPart(group, 0).key
const data = groupPart(group, 1).key
const { scope } = control
const signal = new AbortController().signal
const invite = inviteKeys(new Uint8Array(16).fill(4))

const create = {
  control: (at: number) => ({
    action: 'create' as const,
    schema: 'key_package_v1' as SchemaId,
    fields: { kp: Uint8Array.of(at & 255, at >> 8), not_after: 1_900_000_000n },
  }),
  data: (at: number) => ({
    action: 'create' as const,
    schema: 'schema_field_definition_v1' as SchemaId,
    fields: { name: `field_${at}`, type: 'str' },
  }),
}
let written = 0
/** Writes documents and has them enter a part, in a commit of their own. */
async function write(device: Device, what: keyof typeof create, key: PartKey, count = 1): Promise<void> {
  const drafts = Array.from({ length: count }, () => create[what](written++))
  const published = valueOf(await device.engine.publish(drafts, { signal }))
  const documents = await readDocuments(
    device.store,
    published.map(({ documentId }) => documentId),
  )
  await device.store.commit(
    [...documents.values()].map((document) => enterPart(document, key, new Set())),
    [],
  )
  await stir(device)
}
/** Something changes, so rights are judged again. */
const stir = async ({ engine }: Device): Promise<void> => {
  valueOf(await engine.publish([create.control(written++)], { signal }))
}
const countIn = async ({ store }: Device, key: PartKey): Promise<number> => (await store.part(key)).count
const sessionsOf = async ({ engine }: Device) =>
  valueOf(await engine.sessions()).map(({ part, state }) => `${part} ${state}`)

describe('members of a group', () => {
  test('[GS1] have the control closure of it and then all of it, in live mode too', async () => {
    await using world = aWorld()
    const ada = await believer(world, 'ada')
    const bo = await believer(world, 'bo')
    believeEach([ada, bo], () => 'member')
    await write(ada, 'control', control, 3)
    await write(bo, 'control', control)
    await write(ada, 'data', data, 2)
    await world.connect(bo, ada)
    await world.until(async () => (await countIn(bo, data)) === 2 && (await countIn(ada, control)) === 4)
    await world.settle(ada, bo)
    const sessions = await sessionsOf(bo)
    // A first meeting compares everything, in a session of its own; no part 1 before the last part 0.
    expect(sessions).toEqual(['0 ended', '0 live', '1 ended', '1 live'])
    await write(bo, 'data', data)
    await write(bo, 'control', control)
    await world.until(async () => (await countIn(ada, data)) === 3 && (await countIn(ada, control)) === 5)
  })

  test('[GS1] are no other part of it than 0 first: asked for earlier, 1 is refused', async () => {
    await using world = aWorld()
    const ada = await believer(world, 'ada')
    const peer = await rawPeer(world, ada)
    ada.own.standings.set(ada.key, 'member').set(peer.publicKey, 'member')
    await write(ada, 'data', data)
    await peer.meet(scope)
    await peer.say({ type: 'SyncRequest', session: 0, mode: 0, scope: peer.token(scope), part: 1, keep: 0 })
    expect(await peer.next('Refuse')).toEqual({ type: 'Refuse', session: 0, reason: 1 })
  })

  test('[GS2] that were removed while connected have the control closure from then on, and nothing else', async () => {
    await using world = aWorld()
    const ada = await believer(world, 'ada')
    const bo = await believer(world, 'bo')
    believeEach([ada, bo], () => 'member')
    await world.connect(bo, ada)
    await world.until(async () => (await sessionsOf(bo)).join() === '0 live,1 live')
    ada.own.standings.set(bo.key, 'former')
    await write(ada, 'data', data)
    await write(ada, 'control', control)
    await world.until(async () => (await countIn(bo, control)) === 1)
    expect(await countIn(bo, data)).toBe(0)
    expect(await sessionsOf(ada)).toEqual(['0 live', '1 ended'])
    // Asked for once more when the other told anew what it shares, and not again and again.
    expect(await sessionsOf(bo)).toEqual(['0 live', '1 ended', '1 ended'])
  })

  test('[GS3] and nodes are served; a removed one that comes back is served the control closure', async () => {
    await using world = aWorld()
    const node = await believer(world, 'node')
    const [member, former] = [await believer(world, 'member'), await believer(world, 'former')]
    believeEach([node, member, former], (of) => (of === node ? 'node' : of === former ? 'former' : 'member'))
    former.own.standings.set(former.key, 'member')
    await write(member, 'control', control)
    await write(member, 'data', data)
    await world.connect(member, node)
    await world.until(async () => (await countIn(node, data)) === 1)
    await world.connect(former, node)
    await world.until(async () => (await countIn(former, control)) === 1)
    await stir(former)
    await world.settle(member)
    expect(await countIn(former, data)).toBe(0)
  })
})

describe('somebody whom the group does not know', () => {
  test('[GS4] is told nothing, may say who it is, and is served once it was let in', async () => {
    await using world = aWorld()
    const ada = await believer(world, 'ada')
    const fresh = await believer(world, 'fresh')
    ada.own.standings.set(ada.key, 'member')
    await write(ada, 'control', control, 2)
    await write(ada, 'data', data)
    await write(fresh, 'control', control)
    await world.connect(fresh, ada)
    const [log] = valueOf(await fresh.engine.logs(fresh.key)).slice(-2)
    await world.until(async () => valueOf(await ada.engine.logs(fresh.key)).some(({ logId }) => logId === log!.logId))
    expect(await countIn(fresh, control)).toBe(1)
    // What a stranger said belongs to the group only once authority finds so.
    expect(await countIn(ada, control)).toBe(2)
    ada.own.standings.set(fresh.key, 'member')
    await stir(ada)
    await world.until(async () => (await countIn(fresh, control)) === 3)
    expect(await countIn(fresh, data)).toBe(0)
    fresh.own.standings.set(fresh.key, 'member').set(ada.key, 'member')
    await stir(fresh)
    await stir(ada)
    await world.until(async () => (await countIn(fresh, data)) === 1)
  })

  test('[GS4] may say 200 entries, and not one more', async () => {
    await using world = aWorld()
    const ada = await believer(world, 'ada')
    const flood = await believer(world, 'flood')
    ada.own.standings.set(ada.key, 'member')
    await write(ada, 'control', control)
    await write(flood, 'control', control, 201)
    const line = await world.connect(flood, ada)
    expect(await line.to.closed).toEqual({ code: 'sync/too-many', what: 'introduced-entries', limit: 200 })
    expect(valueOf(await ada.engine.logs(flood.key)).length).toBeLessThanOrEqual(200)
  })

  test('[GS4] may say nothing but control entries', async () => {
    await using world = aWorld()
    const ada = await believer(world, 'ada')
    const other = await believer(world, 'other')
    ada.own.standings.set(ada.key, 'member')
    await write(other, 'data', control, 3)
    const line = await world.connect(other, ada)
    expect(await line.to.closed).toMatchObject({ code: 'sync/entries-rejected', last: 'sync/entry-foreign' })
    expect(valueOf(await ada.engine.logs(other.key))).toEqual([])
  })
})

describe('a guest', () => {
  const aGuest = async (world: World, name: string): Promise<Believer> => {
    const guest = await believer(world, name)
    guest.own.groups = []
    guest.own.held = [{ ...invite, group }]
    return guest
  }
  const aNode = async (world: World, uses = 10): Promise<Believer> => {
    const node = await believer(world, 'node')
    node.own.standings.set(node.key, 'node')
    node.own.invites.set(invite.key, { group, uses })
    return node
  }
  const partOfGuest = ({ key }: Believer): PartKey => guestPart(group, invite.key, key).key

  test('[GS5] writes under its invite, and members find that in the control closure; it reads nothing but its own', async () => {
    await using world = aWorld()
    const node = await aNode(world)
    const member = await believer(world, 'member')
    believeEach([node, member], (of) => (of === node ? 'node' : 'member'))
    await write(node, 'control', control)
    await write(node, 'data', data)
    const [first, second] = [await aGuest(world, 'first'), await aGuest(world, 'second')]
    await write(first, 'control', partOfGuest(first), 5)
    await write(second, 'control', partOfGuest(second), 2)
    await world.connect(first, node)
    await world.connect(second, node)
    await world.connect(member, node)
    await world.until(async () => (await countIn(member, control)) === 1 + 5 + 2)
    expect(await countIn(node, partOfGuest(first))).toBe(5)
    expect(await countIn(second, partOfGuest(second))).toBe(2)
    for (const guest of [first, second]) {
      expect(await countIn(guest, control)).toBe(0)
      expect(valueOf(await guest.engine.logs(node.key))).toEqual([])
    }
    expect(valueOf(await first.engine.logs(second.key))).toEqual([])
  })

  test('[GS5] of an invite that does not live, or unproven, is served nothing', async () => {
    await using world = aWorld()
    const node = await aNode(world)
    const guest = await aGuest(world, 'guest')
    await write(guest, 'control', partOfGuest(guest))
    const { held } = guest.own
    guest.own.held = []
    await world.connect(guest, node)
    guest.own.held = held
    node.own.invites.clear()
    const again = await world.connect(guest, node)
    await world.until(async () => valueOf(await node.engine.peers()).every(({ state }) => state === 'ready'))
    await world.clock.advance(5_000)
    expect(await sessionsOf(node)).toEqual([])
    expect(valueOf(await node.engine.logs(guest.key))).toEqual([])
    await again.close()
  })

  test('[GS6] writes 256 entries at most, counted over all its connections', async () => {
    await using world = aWorld()
    const node = await aNode(world)
    const guest = await aGuest(world, 'guest')
    await write(guest, 'control', partOfGuest(guest), 200)
    const line = await world.connect(guest, node)
    await world.until(async () => (await countIn(node, partOfGuest(guest))) === 200)
    await line.close()
    await write(guest, 'control', partOfGuest(guest), 57)
    const again = await world.connect(guest, node)
    expect(await again.to.closed).toEqual({ code: 'sync/too-many', what: 'guest-entries', limit: 256 })
    expect(await countIn(node, partOfGuest(guest))).toBe(200)
  })

  test('[GS6] finds room while fewer than twice as many wrote as the invite is for', async () => {
    await using world = aWorld()
    const node = await aNode(world, 1)
    for (const [name, count] of [
      ['first', 1],
      ['second', 1],
      ['third', 0],
      ['first', 1],
    ] as const) {
      const guest = await aGuest(world, name)
      await write(guest, 'control', partOfGuest(guest))
      await world.connect(guest, node)
      await world.until(async () => (await sessionsOf(guest)).length > 0)
      await world.until(async () => (await sessionsOf(guest)).every((one) => /live|ended/.test(one)))
      if (name === 'first') continue
      expect(await countIn(node, partOfGuest(guest))).toBe(count)
    }
  })
})
