import { describe, expect, test } from 'vitest'
import type { DocumentId, LogId, PublicKey, SeqNum, Signature } from '../../../src/core/ids.ts'
import { signGuest } from '../../../src/core/invite/guest-proof.ts'
import { inviteKeys } from '../../../src/core/invite/invite-keys.ts'
import type { Failure } from '../../../src/engine/failure.ts'
import { type HostRequest, noGroups } from '../../../src/engine/sync/membership.ts'
import type { LogHead, Message } from '../../../src/sync/messages.ts'
import { define, valueOf } from '../support.ts'
import { type RawPeer, rawPeer } from './raw-peer.ts'
import { type World, aWorld } from './world.ts'

const endOf = async (world: World, { attached }: Pick<RawPeer, 'attached'>): Promise<Failure | undefined> => {
  let isOver = false
  const closing = attached.closed.finally(() => {
    isOver = true
  })
  await world.until(() => isOver)
  return closing
}
const group = `0020${'61'.repeat(32)}` as DocumentId
const invite = inviteKeys(new Uint8Array(16).fill(4))
const guestOf = (signature: Signature, inviteKey = invite.key): Message => ({ type: 'Guest', inviteKey, signature })

describe('Guest', () => {
  test('[GM1] is believed for its own connection and side, by the key it names', async () => {
    await using world = aWorld()
    const ada = world.device('ada')
    await define(ada.engine, { title: 'str' })
    const wrong: readonly ((peer: RawPeer) => Message)[] = [
      () => guestOf(signGuest(invite.seed, 0, new Uint8Array(32))),
      ({ secure }) => guestOf(signGuest(invite.seed, 1, secure.handshakeHash)),
      ({ secure }) => guestOf(signGuest(invite.seed, 0, secure.handshakeHash), 'ab'.repeat(32) as PublicKey),
    ]
    for (const [at, lie] of wrong.entries()) {
      const peer = await rawPeer(world, ada, 40 + 2 * at)
      await peer.hello()
      await peer.say(lie(peer))
      expect(await endOf(world, peer)).toMatchObject({ code: 'sync/guest-unproven' })
    }
  })

  test('[GM1] is said once, after Hello', async () => {
    await using world = aWorld()
    const ada = world.device('ada')
    const early = await rawPeer(world, ada)
    await early.say(guestOf(signGuest(invite.seed, 0, early.secure.handshakeHash)))
    expect(await endOf(world, early)).toEqual({ code: 'sync/message-unexpected', type: 'Guest' })
    const twice = await rawPeer(world, ada, 60)
    await twice.hello()
    const guest = guestOf(signGuest(invite.seed, 0, twice.secure.handshakeHash))
    await twice.say(guest, guest)
    expect(await endOf(world, twice)).toEqual({ code: 'sync/message-unexpected', type: 'Guest' })
  })

  test('[GM1] unproven costs whoever said it', async () => {
    await using world = aWorld()
    const ada = world.device('ada')
    const peer = await rawPeer(world, ada)
    await peer.hello()
    await peer.say(guestOf(signGuest(invite.seed, 1, peer.secure.handshakeHash)))
    await endOf(world, peer)
    await expect(rawPeer(world, ada)).rejects.toThrow('handshake/cut-off')
  })
})

describe('Host', () => {
  test('[GM2] is for nodes: a device ends the connection', async () => {
    await using world = aWorld()
    const ada = world.device('ada')
    const peer = await rawPeer(world, ada)
    await peer.hello()
    await peer.say({ type: 'Host', groupId: group })
    expect(await endOf(world, peer)).toEqual({ code: 'sync/message-unexpected', type: 'Host' })
  })

  test('[GM2] reaches a node with its token and with who asks; 64 times on a connection, and no more', async () => {
    await using world = aWorld()
    const asked: HostRequest[] = []
    const host = async (request: HostRequest): Promise<boolean> => asked.push(request) > 0
    const node = world.device('node', undefined, undefined, { membership: { ...noGroups, host } })
    const peer = await rawPeer(world, node)
    await peer.hello()
    const token = Uint8Array.of(1, 2, 3)
    await peer.say({ type: 'Host', groupId: group, token })
    await world.until(() => asked.length === 1)
    expect(asked).toEqual([{ group, token, publicKey: peer.publicKey }])
    await peer.say(...Array.from({ length: 64 }, (): Message => ({ type: 'Host', groupId: group })))
    expect(await endOf(world, peer)).toEqual({ code: 'sync/too-many', what: 'groups', limit: 64 })
    expect(asked).toHaveLength(64)
  })
})

describe('OwnHeads', () => {
  test('[GM3] that nobody asked for, or of another key, end the connection', async () => {
    await using world = aWorld()
    const ada = world.device('ada')
    const peer = await rawPeer(world, ada)
    await peer.hello()
    await peer.say({ type: 'OwnHeads', publicKey: peer.publicKey, heads: [] })
    expect(await endOf(world, peer)).toEqual({ code: 'sync/message-unexpected', type: 'OwnHeads' })
    const other = await rawPeer(world, ada, 60)
    await other.hello()
    const [adaKey] = valueOf(await ada.engine.publicKeys())
    other.attached.askHeads(adaKey!).catch(() => undefined)
    await other.next('AskHeads')
    await other.say({ type: 'OwnHeads', publicKey: other.publicKey, heads: [] })
    expect(await endOf(world, other)).toEqual({ code: 'sync/message-unexpected', type: 'OwnHeads' })
  })

  test('[GM3] come in pieces to whoever asked, and a connection that ends says so', async () => {
    await using world = aWorld()
    const ada = world.device('ada')
    const [adaKey] = valueOf(await ada.engine.publicKeys())
    const peer = await rawPeer(world, ada)
    await peer.hello()
    const answer = peer.attached.askHeads(adaKey!)
    expect(await peer.next('AskHeads')).toEqual({ type: 'AskHeads', publicKey: adaKey })
    const head = (logId: bigint) => ({ logId: logId as LogId, seqNum: 1n as SeqNum, hash: group })
    await peer.say(
      { type: 'OwnHeads', publicKey: adaKey!, heads: [head(0n)], hasMore: true },
      { type: 'OwnHeads', publicKey: adaKey!, heads: [head(1n)] },
    )
    expect(await answer).toEqual([head(0n), head(1n)])
    const unanswered = peer.attached.askHeads(adaKey!)
    await peer.secure.end()
    await expect(unanswered).rejects.toBeDefined()
  })

  test('[GM3] tell a device all logs of its key that another one has, also when they are thousands', async () => {
    await using world = aWorld()
    const ada = world.device('ada')
    const { id } = await define(ada.engine, { title: 'str' })
    const drafts = Array.from({ length: 1_300 }, (_, at) => ({
      action: 'create' as const,
      schema: id,
      fields: { title: `thing ${at}` },
    }))
    for (const some of [drafts.slice(0, 700), drafts.slice(700)])
      valueOf(await ada.engine.publish(some, { signal: new AbortController().signal }))
    const [adaKey] = valueOf(await ada.engine.publicKeys())
    // The same key on a device that has lost everything.
    const again = world.device('again', undefined, ada)
    const line = await world.connect(again, ada)
    let heads: readonly LogHead[] = []
    const ask = async (): Promise<void> => {
      heads = await line.from.askHeads(adaKey!)
    }
    const asking = ask()
    await world.until(() => heads.length > 0)
    await asking
    expect(heads).toHaveLength(valueOf(await ada.engine.logs(adaKey)).length)
    expect(heads.length).toBeGreaterThan(1_300)
  })
})
