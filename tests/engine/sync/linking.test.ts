import { describe, expect, test } from 'vitest'
import { linkWords } from '../../../src/core/identity/fingerprint.ts'
import type { DocumentId, OperationId } from '../../../src/core/ids.ts'
import type { LinkingEffect } from '../../../src/core/linking/ceremony.ts'
import { type LinkingSeat, createLinkingSeat } from '../../../src/engine/sync/linking.ts'
import { define, valueOf } from '../support.ts'
import { rawPeer } from './raw-peer.ts'
import { type Device, type World, aWorld, titlesOf } from './world.ts'

const person = `0020${'a0'.repeat(32)}` as DocumentId
const request = `0020${'77'.repeat(32)}` as OperationId
const secret = new Uint8Array(16).fill(6)

interface Seat {
  readonly seat: LinkingSeat
  readonly effects: LinkingEffect[]
  readonly words: () => readonly string[]
}
function aSeat(world: World, about: Parameters<typeof createLinkingSeat>[1]): Seat {
  const effects: LinkingEffect[] = []
  let words: readonly string[] = []
  const seat = createLinkingSeat(
    world.clock,
    about,
    (effect, handshakeHash) => {
      effects.push(effect)
      if (effect.do === 'show-words') words = linkWords(handshakeHash)
    },
    new AbortController().signal,
  )
  return { seat, effects, words: () => words }
}
const keyOf = async ({ engine }: Device) => valueOf(await engine.publicKeys())[0]!
const did = ({ effects }: Seat, what: LinkingEffect['do']): boolean => effects.some((effect) => effect.do === what)

describe('two devices of a person', () => {
  test.each(['new', 'known'] as const)(
    '[LD7] meet, show the same four words, and share nothing before; the %s one shows the code',
    async (shownBy) => {
      await using world = aWorld()
      const laptop = world.device('laptop')
      const phone = world.device('phone')
      const { id } = await define(laptop.engine, { title: 'str' })
      for (const { engine } of [laptop, phone]) valueOf(await engine.share(id))
      const known = aSeat(world, {
        role: 'known',
        secret,
        person,
        ...(shownBy === 'new' ? { expected: await keyOf(phone) } : {}),
      })
      const fresh = aSeat(world, {
        role: 'new',
        secret,
        ...(shownBy === 'known' ? { expected: await keyOf(laptop) } : {}),
      })
      const [from, to, say] =
        shownBy === 'new'
          ? ([laptop, phone, { from: { linking: known.seat }, to: { linking: fresh.seat } }] as const)
          : ([phone, laptop, { from: { linking: fresh.seat }, to: { linking: known.seat } }] as const)
      await world.connect(from, to, 20, say)
      await world.until(() => known.words().length === 4 && fresh.words().length === 4)
      expect(fresh.words()).toEqual(known.words())
      expect(fresh.effects.at(-1)).toEqual({ do: 'ask', group: person })
      known.seat.put({ on: 'words', areEqual: true })
      known.seat.put({ on: 'request', publicKey: await keyOf(phone), request })
      expect(known.effects.at(-1)).toEqual({ do: 'admit', publicKey: await keyOf(phone), request })
      // What both share comes over this very connection.
      valueOf(
        await laptop.engine.publish([{ action: 'create', schema: id, fields: { title: 'one' } }], {
          signal: new AbortController().signal,
        }),
      )
      await world.until(async () => (await titlesOf(phone, id)).length === 1)
      fresh.seat.put({ on: 'resolved', isOwnAdmitted: true, isPeerAdmitted: true })
      expect(fresh.effects.at(-1)).toEqual({ do: 'linked', group: person, peer: await keyOf(laptop) })
    },
  )

  test('[LD7] whoever scanned another code is told of interference, and the connection costs it', async () => {
    await using world = aWorld()
    const laptop = world.device('laptop')
    const phone = world.device('phone')
    const expected = await keyOf(phone)
    const known = aSeat(world, { role: 'known', secret: new Uint8Array(16), person, expected })
    const fresh = aSeat(world, { role: 'new', secret })
    const line = await world.connect(laptop, phone, 0, { from: { linking: known.seat }, to: { linking: fresh.seat } })
    await world.until(() => did(fresh, 'fail') && did(known, 'fail'))
    expect(fresh.effects).toEqual([
      { do: 'destroy-key' },
      { do: 'fail', failure: { code: 'linking/interference', because: 'proof-wrong' } },
    ])
    expect(known.effects.at(-1)).toEqual({ do: 'fail', failure: { code: 'linking/cut-off' } })
    expect(await line.to.closed).toEqual({ code: 'linking/interference', because: 'proof-wrong' })
    const again = await world.connect(laptop, phone)
    expect(await again.to.closed).toMatchObject({ code: 'handshake/peer-refused' })
  })

  test('[LD7] hold one ceremony once: who comes second is turned away', async () => {
    await using world = aWorld()
    const phone = world.device('phone')
    const fresh = aSeat(world, { role: 'new', secret })
    const [first, second] = [world.device('laptop'), world.device('stranger')]
    const known = aSeat(world, { role: 'known', secret, person, expected: await keyOf(phone) })
    await world.connect(first, phone, 0, { from: { linking: known.seat }, to: { linking: fresh.seat } })
    await world.until(() => did(fresh, 'ask'))
    const late = await world.connect(second, phone, 0, { to: { linking: fresh.seat } })
    expect(await late.to.closed).toEqual({ code: 'sync/too-many', what: 'connections', limit: 1 })
    expect(did(fresh, 'fail')).toBe(false)
  })
})

describe('somebody else, at a device that waits to be linked,', () => {
  test('[LD7] learns no key, and may say nothing but Hello and proof', async () => {
    await using world = aWorld()
    const phone = world.device('phone')
    const fresh = aSeat(world, { role: 'new', secret })
    const peer = await rawPeer(world, phone, 90, { linking: fresh.seat })
    peer.hello().catch(() => undefined)
    await world.until(async () => valueOf(await phone.engine.peers())[0]?.state === 'ready')
    await peer.say({ type: 'AskHeads', publicKey: peer.publicKey })
    const ended = await peer.attached.closed
    expect(ended).toEqual({ code: 'sync/message-unexpected', type: 'AskHeads' })
    expect(peer.heard()).toEqual([])
    expect(did(fresh, 'destroy-key')).toBe(true)
  })

  test('[LD7] holds its place for ten seconds at most', async () => {
    await using world = aWorld()
    const phone = world.device('phone')
    const fresh = aSeat(world, { role: 'new', secret })
    const peer = await rawPeer(world, phone, 90, { linking: fresh.seat })
    peer.hello().catch(() => undefined)
    await world.until(async () => valueOf(await phone.engine.peers())[0]?.state === 'ready')
    await world.clock.advance(11_000)
    expect(await peer.attached.closed).toEqual({ code: 'linking/late' })
    expect(peer.heard()).toEqual([])
  })

  test('[LD7] says a proof to a device that links nobody, and is cut off', async () => {
    await using world = aWorld()
    const phone = world.device('phone')
    const peer = await rawPeer(world, phone)
    await peer.hello()
    await peer.say({ type: 'LinkProof', mac: new Uint8Array(32) })
    expect(await peer.attached.closed).toEqual({ code: 'sync/message-unexpected', type: 'LinkProof' })
  })
})
