import { describe, expect, test } from 'vitest'
import { memoryChannelPair } from '../../../src/adapters/memory/memory-channel.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import type { Failure } from '../../../src/engine/failure.ts'
import type { Kid, Signal } from '../../../src/sync/messages.ts'
import { createAll, define, valueOf } from '../support.ts'
import { type RawPeer, rawPeer } from './raw-peer.ts'
import { type Device, type World, aWorld } from './world.ts'

/** What a device heard by its path, in order. */
interface Ear {
  readonly present: PublicKey[]
  readonly signals: { readonly from: PublicKey; readonly sealed: Uint8Array }[]
  readonly stop: () => void
}
const listen = ({ engine }: Device): Ear => {
  const present: PublicKey[] = []
  const signals: Ear['signals'] = []
  const stop = engine.signals.listen({
    onPresent: (key) => void present.push(key),
    onSignal: (from, sealed) => void signals.push({ from, sealed }),
  })
  return { present, signals, stop }
}
const keyOf = ({ transportKey }: Pick<Device, 'transportKey'>): Promise<PublicKey> => transportKey.publicKey()
const never = new AbortController().signal
/** Long enough for all that is under way to arrive. */
const aWhile = (world: World): Promise<void> => {
  let looks = 0
  return world.until(() => ++looks > 100)
}

/** Two devices with one collection, and a third that both know, which has it too. */
const withMiddle = async (world: World) => {
  const [ada, bo, middle] = ['ada', 'bo', 'middle'].map((name) => world.device(name)) as [Device, Device, Device]
  const { id } = await define(ada.engine, { title: 'str' })
  await createAll(ada.engine, id, [{ title: 'one' }])
  for (const { engine } of [ada, bo, middle]) valueOf(await engine.share(id))
  return { ada, bo, middle, schema: id }
}
/** Both dial the one in the middle, as phones dial a node, and hear each other. */
const meetInTheMiddle = async (world: World) => {
  const three = await withMiddle(world)
  const { ada, bo, middle } = three
  const [earOfAda, earOfBo] = [listen(ada), listen(bo)]
  const toAda = await world.connect(ada, middle)
  await world.settle(ada, middle)
  await world.connect(bo, middle)
  await world.settle(bo, middle)
  const [keyOfAda, keyOfBo] = [await keyOf(ada), await keyOf(bo)]
  await world.until(() => earOfAda.present.includes(keyOfBo))
  return { ...three, earOfAda, earOfBo, keyOfAda, keyOfBo, toAda }
}

describe('through a third', () => {
  test('[F1] who comes is heard by those who are there, and each reaches the other sealed', async () => {
    await using world = aWorld()
    const { ada, bo, earOfAda, earOfBo, keyOfAda, keyOfBo } = await meetInTheMiddle(world)
    const sealed = await ada.transportKey.seal(keyOfBo, Uint8Array.of(1, 2, 3), never)
    ada.engine.signals.send(keyOfBo, sealed)
    await world.until(() => earOfBo.signals.length > 0)
    const [got] = earOfBo.signals
    expect(got?.from).toBe(keyOfAda)
    expect(await bo.transportKey.unseal(got!.from, got!.sealed, never)).toEqual(Uint8Array.of(1, 2, 3))
    bo.engine.signals.send(keyOfAda, await bo.transportKey.seal(keyOfAda, Uint8Array.of(4), never))
    await world.until(() => earOfAda.signals.length > 0)
    expect(await ada.transportKey.unseal(keyOfBo, earOfAda.signals[0]!.sealed, never)).toEqual(Uint8Array.of(4))
  })

  test('[F1] a friend that was dialled, or dials, passes signals on as a node does', async () => {
    await using world = aWorld()
    const { ada, bo, middle } = await withMiddle(world)
    const [earOfAda, earOfBo] = [listen(ada), listen(bo)]
    await world.connect(middle, ada)
    await world.connect(bo, middle)
    await world.settle(ada, middle, bo)
    const keyOfBo = await keyOf(bo)
    // Both came at once: whoever was later is heard.
    await world.until(() => earOfAda.present.length + earOfBo.present.length > 0)
    ada.engine.signals.send(keyOfBo, await ada.transportKey.seal(keyOfBo, Uint8Array.of(1), never))
    await world.until(() => earOfBo.signals.length > 0)
    expect(earOfBo.signals.map(({ from }) => from)).toEqual([await keyOf(ada)])
  })

  test('[F1] a signal takes the way through a third also where a direct connection seems to stand', async () => {
    await using world = aWorld()
    const { ada, bo, earOfBo, keyOfAda, keyOfBo } = await meetInTheMiddle(world)
    const [here, there] = memoryChannelPair({ clock: world.clock })
    let isDead = false
    const dead = { ...here, send: async (bytes: Uint8Array) => (isDead ? undefined : here.send(bytes)) }
    ada.engine.attach(dead, { role: 'client', server: keyOfBo }, ada.transportKey)
    bo.engine.attach(there, { role: 'server' }, bo.transportKey)
    await world.until(async () => valueOf(await ada.engine.peers()).filter(({ state }) => state === 'ready').length > 1)
    isDead = true
    ada.engine.signals.send(keyOfBo, new Uint8Array(50))
    await world.until(() => earOfBo.signals.length > 0)
    expect(earOfBo.signals.map(({ from }) => from)).toEqual([keyOfAda])
  })

  test('[F2] the one in the middle cannot read what it passes on, and what it makes up does not open', async () => {
    await using world = aWorld()
    const { ada, bo, middle, keyOfAda, keyOfBo } = await meetInTheMiddle(world)
    const sealed = await ada.transportKey.seal(keyOfBo, Uint8Array.of(1), never)
    expect(await middle.transportKey.unseal(keyOfAda, sealed, never)).toBeUndefined()
    const made = await middle.transportKey.seal(keyOfBo, Uint8Array.of(1), never)
    expect(await bo.transportKey.unseal(keyOfAda, made, never)).toBeUndefined()
  })

  test('[F3] who does not listen is not told of, and hears nothing', async () => {
    await using world = aWorld()
    const { ada, bo, middle } = await withMiddle(world)
    const earOfAda = listen(ada)
    for (const device of [ada, bo]) await world.connect(device, middle)
    await world.settle(ada, bo, middle)
    await aWhile(world)
    expect(earOfAda.present).toEqual([])
    const earOfBo = listen(bo)
    await world.until(() => earOfAda.present.length > 0)
    expect(earOfAda.present).toEqual([await keyOf(bo)])
    earOfBo.stop()
    ada.engine.signals.send(await keyOf(bo), new Uint8Array(50))
    await aWhile(world)
    expect(earOfBo.signals).toEqual([])
  })

  test('[F4] a device that left is not reached, and nobody hears of it', async () => {
    await using world = aWorld()
    const { bo, earOfAda, keyOfAda, toAda } = await meetInTheMiddle(world)
    await toAda.close()
    bo.engine.signals.send(keyOfAda, new Uint8Array(50))
    await aWhile(world)
    expect(earOfAda.signals).toEqual([])
    expect(valueOf(await bo.engine.peers()).map(({ state }) => state)).toEqual(['ready'])
  })

  test('[F4] two that share nothing with each other are not brought together by whom both know', async () => {
    await using world = aWorld()
    const { ada, bo, middle, schema } = await withMiddle(world)
    const other = await define(bo.engine, { title: 'str' }, { name: 'other' })
    for (const { engine } of [bo, middle]) valueOf(await engine.share(other.id))
    valueOf(await bo.engine.unshare(schema))
    const [earOfAda, earOfBo] = [listen(ada), listen(bo)]
    for (const device of [ada, bo]) await world.connect(device, middle)
    await world.settle(ada, bo)
    const [keyOfAda, keyOfBo] = [await keyOf(ada), await keyOf(bo)]
    ada.engine.signals.send(keyOfBo, new Uint8Array(50))
    bo.engine.signals.send(keyOfAda, new Uint8Array(50))
    await aWhile(world)
    for (const { present, signals } of [earOfAda, earOfBo]) expect([...present, ...signals]).toEqual([])
  })

  test('[F5] of one device ten signals a minute are sent', async () => {
    await using world = aWorld()
    const { ada, earOfBo, keyOfBo } = await meetInTheMiddle(world)
    await world.clock.advance(60_000 - (world.clock.now() % 60_000))
    for (let sent = 0; sent < 30; sent++) ada.engine.signals.send(keyOfBo, new Uint8Array(50))
    await aWhile(world)
    expect(earOfBo.signals).toHaveLength(10)
    await world.clock.advance(60_000)
    ada.engine.signals.send(keyOfBo, new Uint8Array(50))
    await world.until(() => earOfBo.signals.length === 11)
  })
})

describe('somebody hostile', () => {
  /** A raw peer in a live session with the one in the middle, as ada is. */
  const withRaw = async (world: World) => {
    const { ada, middle, schema } = await withMiddle(world)
    const ear = listen(ada)
    await world.connect(ada, middle)
    await world.settle(ada, middle)
    const raw = await rawPeer(world, middle)
    await raw.meet(`schema:${schema}`)
    await raw.say({ type: 'SyncRequest', session: 0, mode: 0, scope: raw.token(`schema:${schema}`), part: 1, keep: 0 })
    await goLive(world, raw, middle)
    await world.clock.advance(60_000 - (world.clock.now() % 60_000))
    const from = await raw.transportKey.publicKey()
    const signal: Signal = {
      type: 'Signal',
      to: await keyOf(ada),
      from,
      kid: '' as Kid,
      nonce: new Uint8Array(24),
      ct: new Uint8Array(40),
    }
    return { ada, middle, ear, raw, signal, from }
  }
  /** Says that it has nothing and wants nothing, so that the session is over and what is new follows. */
  const goLive = async (world: World, raw: RawPeer, { engine }: Device): Promise<void> => {
    await raw.say({ type: 'SyncDone', session: 0, live: true, fingerprint: '00'.repeat(16) as never })
    await world.until(async () => {
      const ours = valueOf(await engine.peers()).at(-1)
      return valueOf(await engine.sessions()).some(
        ({ peer, state }) => peer === ours?.id && (state === 'live' || state === 'unequal'),
      )
    })
  }
  const endOf = async (world: World, { attached }: RawPeer): Promise<Failure | undefined> => {
    let isOver = false
    const closing = attached.closed.finally(() => {
      isOver = true
    })
    await world.until(() => isOver)
    return closing
  }

  test('[F6] a signal in the name of somebody else ends the connection and reaches nobody', async () => {
    await using world = aWorld()
    const { middle, ear, raw, signal } = await withRaw(world)
    const foreign = await keyOf(middle)
    await raw.say({ ...signal, from: foreign })
    expect(await endOf(world, raw)).toEqual({ code: 'sync/signal-foreign', from: foreign })
    expect(ear.signals).toEqual([])
  })

  test('[F5] of a flood ten in a minute are passed on, and it ends the connection', async () => {
    await using world = aWorld()
    const { ear, raw, signal, from } = await withRaw(world)
    await raw.say(...Array.from({ length: 50 }, () => signal))
    await world.until(() => ear.signals.length >= 10)
    await aWhile(world)
    expect(ear.signals.map((each) => each.from)).toEqual(Array.from({ length: 10 }, () => from))
    await raw.say(...Array.from({ length: 60 }, () => signal))
    expect(await endOf(world, raw)).toMatchObject({ code: 'sync/too-many', what: 'signals' })
    expect(ear.signals).toHaveLength(10)
  })

  test('[F5] one that brings the signals of many is heard for so many in a minute, and ten of each', async () => {
    await using world = aWorld()
    const { ada } = await withMiddle(world)
    const ear = listen(ada)
    const raw = await rawPeer(world, ada)
    await raw.hello()
    await world.clock.advance(60_000 - (world.clock.now() % 60_000))
    const to = await keyOf(ada)
    const aSignal = (at: number): Signal => ({
      type: 'Signal',
      to,
      from: at.toString(16).padStart(64, '0') as PublicKey,
      kid: '' as Kid,
      nonce: new Uint8Array(24),
      ct: new Uint8Array(40),
    })
    await raw.say(...Array.from({ length: 30 }, () => aSignal(1)))
    await world.until(() => ear.signals.length >= 10)
    await raw.say(...Array.from({ length: 200 }, (_, at) => aSignal(2 + at)))
    await aWhile(world)
    expect(ear.signals.length).toBeGreaterThan(50)
    expect(ear.signals.length).toBeLessThanOrEqual(120)
    expect(ear.signals.filter(({ from }) => from === aSignal(1).from)).toHaveLength(10)
    expect(valueOf(await ada.engine.peers()).map(({ state }) => state)).toEqual(['ready'])
  })

  test('[F4] a signal to nobody, or under a key of a group, goes nowhere', async () => {
    await using world = aWorld()
    const { ear, raw, signal, ada } = await withRaw(world)
    await raw.say({ ...signal, to: '11'.repeat(32) as PublicKey }, { ...signal, kid: 'ab'.repeat(16) as Kid })
    await aWhile(world)
    expect(ear.signals).toEqual([])
    await raw.say(signal)
    await world.until(() => ear.signals.length === 1)
    expect(valueOf(await ada.engine.peers()).map(({ state }) => state)).toEqual(['ready'])
  })
})
