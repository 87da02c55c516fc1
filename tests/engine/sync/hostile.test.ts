import { describe, expect, test } from 'vitest'
import { memoryChannelPair } from '../../../src/adapters/memory/memory-channel.ts'
import { concatBytes } from '../../../src/core/bytes/concat.ts'
import { encodeVarU64 } from '../../../src/core/bytes/varu64.ts'
import { publicKeyOf, signBytes } from '../../../src/core/entry/sign.ts'
import { helloClaim } from '../../../src/core/hello-claim.ts'
import type { EncodedEntry, EncodedOperation, PublicKey, SchemaId, SeqNum, Signature } from '../../../src/core/ids.ts'
import type { Failure } from '../../../src/engine/failure.ts'
import { encodeFrame } from '../../../src/sync/frames.ts'
import { haveMessages } from '../../../src/sync/heads-body.ts'
import { makeHello } from '../../../src/sync/hello.ts'
import { openLogRanges, packEntries } from '../../../src/sync/log-ranges.ts'
import type { Fingerprint, Message, MessageOf, StoreId } from '../../../src/sync/messages.ts'
import { type Written, anAuthor, named, text } from '../author.ts'
import { define, valueOf } from '../support.ts'
import { type RawPeer, rawPeer } from './raw-peer.ts'
import { type Device, type World, aWorld, titlesOf } from './world.ts'

/** Why the engine ended the connection, once it did. */
const endOf = async (world: World, { attached }: Pick<RawPeer, 'attached'>): Promise<Failure | undefined> => {
  let isOver = false
  const closing = attached.closed.finally(() => {
    isOver = true
  })
  await world.until(() => isOver)
  return closing
}
const aDevice = async (world: World): Promise<{ ada: Device; schema: SchemaId; scope: string }> => {
  const ada = world.device('ada')
  const { id } = await define(ada.engine, { title: 'str' })
  valueOf(
    await ada.engine.publish([{ action: 'create', schema: id, fields: { title: 'one' } }], {
      signal: new AbortController().signal,
    }),
  )
  return { ada, schema: id, scope: valueOf(await ada.engine.share(id)) }
}
/** A session that the peer opened, comparing heads. */
const openSession = async (peer: RawPeer, scope: string, id = 0): Promise<void> => {
  await peer.say({ type: 'SyncRequest', session: id, mode: 0, scope: peer.token(scope), part: 1, keep: 0 })
}
const entry = ({ item }: Written, session = 0): Message => ({
  type: 'Entry',
  session,
  entry: item.entry as EncodedEntry,
  operation: item.operation as EncodedOperation | null,
})
/** The next entries of this author. */
async function nextOf(peer: RawPeer, publicKey: PublicKey): Promise<MessageOf<'LogRanges'>> {
  for (;;) {
    const message = await peer.next('LogRanges')
    if (message.publicKey === publicKey) return message
  }
}
const thing = (seedByte: number, schema: SchemaId, title: string): Written =>
  anAuthor(seedByte).create({ title: text(title) }, schema)

describe('Hello', () => {
  test('[RP7] that does not come in time ends the connection', async () => {
    await using world = aWorld()
    const { ada } = await aDevice(world)
    const peer = await rawPeer(world, ada)
    await world.clock.advance(11_000)
    expect(await endOf(world, peer)).toEqual({ code: 'sync/hello-late' })
  })

  test('[RP7] comes before everything else, and once', async () => {
    await using world = aWorld()
    const { ada } = await aDevice(world)
    const early = await rawPeer(world, ada)
    await early.say({ type: 'Beat' })
    expect(await endOf(world, early)).toEqual({ code: 'sync/message-unexpected', type: 'Beat' })
    const twice = await rawPeer(world, ada, 60)
    await twice.hello()
    await twice.say(makeHello(twice.publicKey, new Uint8Array(64) as Signature, 'x'))
    expect(await endOf(world, twice)).toEqual({ code: 'sync/message-unexpected', type: 'Hello' })
  })

  test('[RP7] of another connection, or by another key, is not believed, and nobody answers it', async () => {
    await using world = aWorld()
    const { ada } = await aDevice(world)
    const seed = new Uint8Array(32).fill(5)
    for (const [at, claim] of [helloClaim(0, new Uint8Array(32)), helloClaim(1, new Uint8Array(32))].entries()) {
      const peer = await rawPeer(world, ada, 20 + 2 * at)
      await peer.say(makeHello(publicKeyOf(seed), signBytes(claim, seed), 'replayed'))
      expect(await endOf(world, peer)).toMatchObject({ code: 'hello/signature-invalid' })
      expect(valueOf(await ada.engine.peers()).at(-1)).toMatchObject({
        state: 'closed',
        failure: { code: 'hello/signature-invalid' },
      })
    }
  })
})

describe('what is no message', () => {
  const endings: readonly [string, (peer: RawPeer) => Promise<void>, string][] = [
    ['a frame over 1 MiB', (peer) => peer.write(encodeVarU64(1024n * 1024n + 1n)), 'frame/too-large'],
    ['noise', (peer) => peer.write(concatBytes(encodeVarU64(4n), Uint8Array.of(9, 9, 9, 9))), 'message/malformed'],
    [
      'half a frame, and then the end',
      async (peer) => {
        await peer.write(encodeVarU64(1000n))
        await peer.secure.end()
      },
      'channel/cut-off',
    ],
    ['the end without goodbye', async (peer) => peer.secure.close(), 'channel/cut-off'],
  ]
  test.each(endings)('[RP8] %s ends the connection', async (_, act, code) => {
    await using world = aWorld()
    const { ada } = await aDevice(world)
    const peer = await rawPeer(world, ada)
    await peer.hello()
    await act(peer)
    expect(await endOf(world, peer)).toMatchObject({ code })
  })

  test('[RP8] a frame that never becomes whole is silence', async () => {
    await using world = aWorld()
    const { ada } = await aDevice(world)
    const peer = await rawPeer(world, ada)
    await peer.hello()
    await peer.write(encodeVarU64(100_000n))
    for (let second = 0; second < 95; second++) {
      await peer.write(Uint8Array.of(1))
      await world.clock.advance(1_000)
    }
    expect(await endOf(world, peer)).toEqual({ code: 'sync/silent', ms: 90_000 })
  })

  test('[RP8] whoever beats is not silent', async () => {
    await using world = aWorld()
    const { ada } = await aDevice(world)
    const peer = await rawPeer(world, ada)
    await peer.hello()
    for (let second = 0; second < 100; second += 20) {
      await peer.say({ type: 'Beat' })
      await world.until(() => true)
      await world.clock.advance(20_000)
    }
    expect((await peer.next('Beat')).type).toBe('Beat')
    expect(valueOf(await ada.engine.peers())).toMatchObject([{ state: 'ready' }])
  })
})

test('[RP8] a key may ask which logs of its own are here, once a minute, and no other key', async () => {
  await using world = aWorld()
  const { ada } = await aDevice(world)
  const [adaKey] = valueOf(await ada.engine.publicKeys())
  const peer = await rawPeer(world, ada)
  await peer.hello()
  await peer.say({ type: 'AskHeads', publicKey: adaKey! }, { type: 'AskHeads', publicKey: peer.publicKey })
  expect(await peer.next('OwnHeads')).toEqual({ type: 'OwnHeads', publicKey: peer.publicKey, heads: [] })
  await peer.say({ type: 'AskHeads', publicKey: peer.publicKey }, { type: 'Interest', tokens: [] })
  expect(await endOf(world, peer)).toMatchObject({ code: 'message/malformed' })
})

describe('sessions', () => {
  test('[RP8] for a scope that is not shared are refused, and tell nothing', async () => {
    await using world = aWorld()
    const { ada } = await aDevice(world)
    const diary = await define(ada.engine, { title: 'str' }, { name: 'diary' })
    const peer = await rawPeer(world, ada)
    await peer.meet(`schema:${diary.id}`)
    await openSession(peer, `schema:${diary.id}`)
    expect(await peer.next('Refuse')).toEqual({ type: 'Refuse', session: 0, reason: 1 })
    await peer.say({ type: 'SyncRequest', session: 2, mode: 0, scope: [diary.id], part: 1, keep: 0 })
    expect(await peer.next('Refuse')).toEqual({ type: 'Refuse', session: 2, reason: 1 })
  })

  test('[RP8] serve nothing that is not in their scope', async () => {
    await using world = aWorld()
    const { ada, scope } = await aDevice(world)
    const diary = await define(ada.engine, { title: 'str' }, { name: 'diary' })
    const [secret] = valueOf(
      await ada.engine.publish([{ action: 'create', schema: diary.id, fields: { title: 'secret' } }], {
        signal: new AbortController().signal,
      }),
    )
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    const { publicKey, logId } = secret!
    await peer.say({ type: 'WantLog', session: 0, logs: [{ publicKey, logId, fromSeq: 1n as SeqNum }] })
    expect(await peer.next('Gap')).toMatchObject({ publicKey, logId })
    await peer.say({ type: 'Want', session: 0, ids: [secret!.operationId] })
    expect(await peer.next('Refuse')).toEqual({ type: 'Refuse', session: 0, reason: 3, ids: [secret!.operationId] })
  })

  test('[RP8] that nobody opened, or on the wrong side, end the connection', async () => {
    await using world = aWorld()
    const { ada, scope } = await aDevice(world)
    const unknown = await rawPeer(world, ada)
    await unknown.meet(scope)
    await unknown.say({ type: 'Credit', session: 44, bytes: 1 })
    expect(await endOf(world, unknown)).toEqual({ code: 'sync/message-unexpected', type: 'Credit' })
    const odd = await rawPeer(world, ada, 60)
    await odd.meet(scope)
    await openSession(odd, scope, 1)
    expect(await endOf(world, odd)).toEqual({ code: 'sync/message-unexpected', type: 'SyncRequest' })
  })

  test('[RP8] without end end the connection, and so do questions', async () => {
    await using world = aWorld()
    const { ada, scope } = await aDevice(world)
    const opener = await rawPeer(world, ada)
    await opener.meet(scope)
    for (let id = 0; id < 600; id += 2) await openSession(opener, 'schema:none', id)
    expect(await endOf(world, opener)).toMatchObject({ code: 'sync/too-many', what: 'sessions' })
    const asker = await rawPeer(world, ada, 60)
    await asker.meet(scope)
    await openSession(asker, scope)
    const all = valueOf(await ada.engine.logs(undefined)).map(({ publicKey, logId }) => ({
      publicKey,
      logId,
      fromSeq: 1n as SeqNum,
    }))
    const question = encodeFrame({ type: 'WantLog', session: 0, logs: all })
    await asker.write(concatBytes(...Array.from({ length: 4_000 }, () => question)))
    expect(await endOf(world, asker)).toMatchObject({ code: 'sync/too-many', what: 'questions' })
  })

  test('[RP8] a reconciliation that is none, or does not end, ends the connection', async () => {
    await using world = aWorld()
    const { ada, scope } = await aDevice(world)
    const noise = await rawPeer(world, ada)
    await noise.meet(scope)
    await noise.say(
      { type: 'SyncRequest', session: 0, mode: 1, scope: noise.token(scope), part: 1, keep: 0 },
      { type: 'Reconcile', session: 0, bytes: Uint8Array.of(0x61, 0xff, 0xff) },
    )
    expect(await endOf(world, noise)).toMatchObject({ code: 'negentropy/malformed' })
    const endless = await rawPeer(world, ada, 60)
    await endless.meet(scope)
    await endless.say({ type: 'SyncRequest', session: 0, mode: 1, scope: endless.token(scope), part: 1, keep: 0 })
    const again = encodeFrame({ type: 'Reconcile', session: 0, bytes: Uint8Array.of(0x61) })
    await endless.write(concatBytes(...Array.from({ length: 1_100 }, () => again)))
    expect(await endOf(world, endless)).toMatchObject({ code: 'negentropy/endless' })
  })
})

describe('entries', () => {
  test('[RP8] that an honest peer does not send end the connection at the third', async () => {
    await using world = aWorld()
    const { ada, schema, scope } = await aDevice(world)
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    const broken = thing(20, schema, 'broken').item.entry.slice(0, -1) as EncodedEntry
    await peer.say(entry(thing(9, schema, 'good')))
    await world.until(async () => (await titlesOf(ada, schema)).includes('good'))
    for (let n = 0; n < 3; n++) await peer.say({ type: 'Entry', session: 0, entry: broken, operation: null })
    expect(await endOf(world, peer)).toMatchObject({ code: 'sync/entries-rejected', count: 3 })
  })

  test('[RP8] of another collection are not let in, and count', async () => {
    await using world = aWorld()
    const { ada, scope } = await aDevice(world)
    const diary = await define(ada.engine, { title: 'str' }, { name: 'diary' })
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    for (let n = 0; n < 3; n++) await peer.say(entry(thing(10 + n, diary.id, 'intruder')))
    expect(await endOf(world, peer)).toMatchObject({ code: 'sync/entries-rejected', last: 'sync/entry-foreign' })
    expect(await titlesOf(ada, diary.id)).toEqual([])
  })

  test('[RP8] for a document that is private here are not let in', async () => {
    await using world = aWorld()
    const { ada, scope } = await aDevice(world)
    const name = 'schema_field_definition_v1' as SchemaId
    const [mine] = valueOf(
      await ada.engine.publish([{ action: 'create', schema: name, fields: { name: 'mine', type: 'str' } }], {
        signal: new AbortController().signal,
      }),
    )
    const author = anAuthor(30)
    const intruder = author.write([], {
      action: 'update',
      schemaId: name,
      previous: [mine!.operationId],
      fields: { name: text('yours') },
    })
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    await peer.say(entry(intruder), { type: 'Beat' })
    await world.until(async () => valueOf(await ada.engine.sessions()).some(({ entriesIn }) => entriesIn === 1))
    expect((await ada.store.document(mine!.documentId))?.items).toHaveLength(1)
    expect(await ada.store.partsOf([mine!.documentId])).toEqual([[]])
  })

  test('[RP8] that their author did not sign end the connection at once', async () => {
    await using world = aWorld()
    const { ada, schema, scope } = await aDevice(world)
    const forged = thing(9, schema, 'forged')
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    const [message] = packEntries(0, [{ entry: forged.entry, operation: forged.item.operation as EncodedOperation }])
    const wrong = { ...message!, signatures: new Uint8Array(64).fill(1) } as Message
    await peer.say(wrong)
    expect(await endOf(world, peer)).toMatchObject({ code: 'sync/entry-forged' })
    expect(await titlesOf(ada, schema)).toEqual(['one'])
  })

  test('[RP8] the same one again and again is dropped, and the connection goes on', async () => {
    await using world = aWorld()
    const { ada, schema, scope } = await aDevice(world)
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    const frame = encodeFrame(entry(thing(9, schema, 'x')))
    await peer.write(concatBytes(...Array.from({ length: 2_000 }, () => frame)))
    expect((await peer.next('Credit')).bytes).toBeGreaterThan(250_000)
    expect(await titlesOf(ada, schema)).toEqual(['one', 'x'])
    expect(valueOf(await ada.engine.peers())).toMatchObject([{ state: 'ready' }])
  })

  test('[RP8] are taken in, however many small ones one message holds', async () => {
    await using world = aWorld()
    const { ada, schema, scope } = await aDevice(world)
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    const author = anAuthor(40)
    const bare = Array.from({ length: 600 }, (_, n) => author.create({ title: text(`${n}`) }, schema))
    const messages = packEntries(
      0,
      bare.map(({ entry: one }) => ({ entry: one, operation: null })),
    )
    expect(messages).toHaveLength(1)
    await peer.say(...messages, entry(thing(41, schema, 'after them')))
    await world.until(async () => (await titlesOf(ada, schema)).includes('after them'))
    expect(valueOf(await ada.engine.sessions())).toMatchObject([{ entriesIn: 601 }])
  })

  test('[RP11] that the schema refuses are named to the peer, left out by both, and no fault of its own', async () => {
    await using world = aWorld()
    const { ada, schema, scope } = await aDevice(world)
    const author = anAuthor(40)
    const wrong = author.create({ title: { plain: 'int', value: 1n } }, schema)
    const { publicKey } = author
    const { logId, seqNum, hash } = wrong.entry
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    for (const have of haveMessages(0, [{ publicKey, logs: [{ logId, seqNum, hash }] }])) await peer.say(have)
    expect(await peer.next('WantLog')).toMatchObject({ logs: [{ publicKey, logId, fromSeq: 1n }] })
    await peer.say(entry(wrong))
    expect(await peer.next('Refuse')).toMatchObject({ session: 0, ids: [hash] })
    const { fingerprint } = await peer.next('SyncDone')
    await peer.say({ type: 'SyncDone', session: 0, live: true, fingerprint: fingerprint! })
    await world.until(async () => valueOf(await ada.engine.sessions()).some(({ state }) => state === 'live'))
    // The next time it is not asked for again.
    peer.secure.close()
    await endOf(world, peer)
    const again = await rawPeer(world, ada)
    await again.meet(scope)
    await openSession(again, scope)
    for (const have of haveMessages(0, [{ publicKey, logs: [{ logId, seqNum, hash }] }])) await again.say(have)
    expect(await again.next('SyncDone')).toMatchObject({ fingerprint })
  })

  test('[RP11] that were refused and could be kept later are said to whom they had come from', async () => {
    await using world = aWorld()
    const { ada, schema, scope } = await aDevice(world)
    const first = thing(40, schema, 'first')
    const author = anAuthor(41)
    const early = author.write([], {
      action: 'update',
      schemaId: schema,
      previous: [first.id],
      fields: { title: text('second') },
    })
    const { logId, seqNum, hash } = early.entry
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    for (const have of haveMessages(0, [{ publicKey: author.publicKey, logs: [{ logId, seqNum, hash }] }]))
      await peer.say(have)
    await peer.next('WantLog')
    await peer.say(entry(early))
    expect(await peer.next('Refuse')).toMatchObject({ reason: 0, ids: [hash] })
    const { fingerprint } = await peer.next('SyncDone')
    await peer.say({ type: 'SyncDone', session: 0, live: true, fingerprint: fingerprint! })
    await world.until(async () => valueOf(await ada.engine.sessions()).some(({ state }) => state === 'live'))

    const other = await rawPeer(world, ada, 92)
    await other.meet(scope)
    await openSession(other, scope)
    await other.say(entry(first))
    const [range] = valueOf(openLogRanges(await nextOf(peer, author.publicKey))).ranges
    expect(range).toMatchObject({ logId, fromSeq: seqNum, payloads: [{ hash: early.entry.payloadHash }] })
  })

  test('[RP8] that wait for something missing have so much room; what finds none is refused for now, and asked for again', async () => {
    await using world = aWorld()
    const { ada, schema, scope } = await aDevice(world)
    const author = anAuthor(42)
    const root = thing(43, schema, 'root')
    const many = Array.from({ length: 25 }, () =>
      author.write([], {
        action: 'update',
        schemaId: schema,
        previous: [root.id],
        fields: { title: text('x'.repeat(700_000)) },
      }),
    )
    const heads = many.map(({ entry: { logId, seqNum, hash } }) => ({ logId, seqNum, hash }))
    const tell = async (peer: RawPeer): Promise<MessageOf<'WantLog'>> => {
      await peer.meet(scope)
      await openSession(peer, scope)
      for (const have of haveMessages(0, [{ publicKey: author.publicKey, logs: heads }])) await peer.say(have)
      return peer.next('WantLog')
    }
    const peer = await rawPeer(world, ada)
    expect((await tell(peer)).logs).toHaveLength(25)
    for (const one of many) await peer.say(entry(one))
    const refusals = [await peer.next('Refuse'), await peer.next('Refuse')]
    expect(refusals).toMatchObject([{ reason: 0 }, { reason: 4 }])
    const { fingerprint } = await peer.next('SyncDone')
    await peer.say({ type: 'SyncDone', session: 0, live: true, fingerprint: fingerprint! })
    await world.until(async () => valueOf(await ada.engine.sessions()).some(({ state }) => state === 'live'))
    peer.attached.close()
    await endOf(world, peer)
    const again = await rawPeer(world, ada)
    const asked = (await tell(again)).logs.map(({ logId }) => logId)
    const ids = new Set(refusals[1]!.ids)
    expect(asked).toEqual(heads.filter(({ hash }) => ids.has(hash)).map(({ logId }) => logId))
  })

  test('[RP8] a fork proof that proves nothing ends the connection', async () => {
    await using world = aWorld()
    const { ada, scope } = await aDevice(world)
    const peer = await rawPeer(world, ada)
    await peer.meet(scope)
    await openSession(peer, scope)
    const { item } = anAuthor(8).create(named('a'))
    const same = item.entry as EncodedEntry
    await peer.say({ type: 'Forks', session: 0, pairs: [[same, same]] })
    expect(await endOf(world, peer)).toMatchObject({ code: 'fork/unproven' })
    expect(await ada.store.forks()).toEqual([])
  })
})

describe('who broke a rule', () => {
  test('[RP9] is left alone for 30 seconds, then twice as long, and no other key is', async () => {
    await using world = aWorld()
    const { ada, scope } = await aDevice(world)
    const misbehave = async (): Promise<void> => {
      const peer = await rawPeer(world, ada)
      await peer.meet(scope)
      await peer.say({ type: 'Credit', session: 44, bytes: 1 })
      await endOf(world, peer)
    }
    await misbehave()
    await expect(rawPeer(world, ada)).rejects.toThrow('handshake/cut-off')
    await (await rawPeer(world, ada, 60)).hello()
    await world.clock.advance(30_000)
    await misbehave()
    await world.clock.advance(30_000)
    await expect(rawPeer(world, ada)).rejects.toThrow('handshake/cut-off')
    await world.clock.advance(30_000)
    await (await rawPeer(world, ada)).hello()
  })

  test('[RP9] too many handshakes at once: whoever comes later waits for one that ends, and who would wait too long is hung up on', async () => {
    await using world = aWorld()
    const { ada, schema } = await aDevice(world)
    const attachSilent = () => {
      const [, end] = memoryChannelPair({ clock: world.clock })
      return ada.engine.attach(end, { role: 'server' }, ada.transportKey)
    }
    const silent = Array.from({ length: 32 }, attachSilent)
    await world.clock.advance(1_000)
    const bo = world.device('bo')
    valueOf(await bo.engine.share(schema))
    await world.connect(bo, ada)
    await world.clock.advance(9_000)
    expect(await endOf(world, { attached: silent[0]! })).toMatchObject({ code: 'handshake/timeout' })
    await world.settle(ada, bo)
    expect(await titlesOf(bo, schema)).toEqual(['one'])
  })

  test('[RP9] more connections than there is room for: those that are too many are hung up on', async () => {
    await using world = aWorld()
    const { ada } = await aDevice(world)
    const attached = Array.from({ length: 257 }, () => {
      const [, end] = memoryChannelPair({ clock: world.clock })
      return ada.engine.attach(end, { role: 'server' }, ada.transportKey)
    })
    expect(await endOf(world, { attached: attached.at(-1)! })).toMatchObject({
      code: 'sync/too-many',
      what: 'connections',
    })
    await world.clock.advance(10_000)
    expect(await endOf(world, { attached: attached[0]! })).toMatchObject({ code: 'handshake/timeout' })
  })
})

const cursors = {
  fingerprint: '00'.repeat(16) as Fingerprint,
  count: 1,
  myStoreId: 'ab'.repeat(8) as StoreId,
  myNumber: 3,
  yourNumber: 0,
}
test('[RP8] a cursor that leads nowhere is answered by comparing everything', async () => {
  await using world = aWorld()
  const { ada, scope } = await aDevice(world)
  const peer = await rawPeer(world, ada)
  await peer.meet(scope)
  await peer.say({
    type: 'Resume',
    session: 0,
    scope: peer.token(scope),
    part: 1,
    keep: 0,
    ...cursors,
    yourStoreId: 'cd'.repeat(8) as StoreId,
  })
  expect(await peer.next('SyncRequest')).toMatchObject({ session: 1, mode: 0, part: 1 })
  expect((await peer.next('Have')).session).toBe(1)
})
