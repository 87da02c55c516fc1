import { concatBytes } from '../../../src/core/bytes/concat.ts'
import { encodeVarU64 } from '../../../src/core/bytes/varu64.ts'
import type {
  EncodedEntry,
  EncodedOperation,
  Hash,
  LogId,
  OperationId,
  SchemaId,
  SeqNum,
} from '../../../src/core/ids.ts'
import type { Failure } from '../../../src/engine/failure.ts'
import { encodeFrame } from '../../../src/sync/frames.ts'
import { haveMessages } from '../../../src/sync/heads-body.ts'
import { packEntries } from '../../../src/sync/log-ranges.ts'
import type { Message } from '../../../src/sync/messages.ts'
import { type Written, anAuthor, named, plainSchema, text } from '../../engine/author.ts'
import { type RawPeer, rawPeer } from '../../engine/sync/raw-peer.ts'
import type { Dice } from '../dice.ts'
import type { World } from './world.ts'

/** What somebody does who got as far as a session. It speaks the protocol, and means no good. */
interface Scene {
  readonly peer: RawPeer
  readonly chance: Dice
  readonly scope: string
  readonly schema: SchemaId
  /** Of the key that writes. */
  readonly seedByte: number
}
type Misdeed = (scene: Scene) => Promise<void>

const session = 0
const request = ({ peer, scope }: Scene, mode: 0 | 1, id = session): Message => ({
  type: 'SyncRequest',
  session: id,
  mode,
  scope: peer.token(scope),
  part: 1,
  keep: 0,
})
const madeUp = (chance: Dice, bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, () => chance.roll(256))
const aHash = (chance: Dice): Hash => `0020${Buffer.from(madeUp(chance, 32)).toString('hex')}` as Hash
const entry = ({ item }: Written): Message => ({
  type: 'Entry',
  session,
  entry: item.entry as EncodedEntry,
  operation: item.operation as EncodedOperation | null,
})
const thing = ({ schema, chance, seedByte }: Scene, of: SchemaId = schema): Written =>
  anAuthor(seedByte).create({ title: text(`x${chance.roll(1_000)}`), note: text('') }, of)

const misdeeds: Readonly<Record<string, Misdeed>> = {
  'says noise': async ({ peer, chance }) => peer.write(madeUp(chance, 1 + chance.roll(300))),
  'says half a frame': async ({ peer, chance }) => peer.write(encodeVarU64(BigInt(1 + chance.roll(1_000_000)))),
  'says too large a frame': async ({ peer }) => peer.write(encodeVarU64(2n ** 40n)),
  'lies about heights, and withholds': async (scene) => {
    const { peer, chance } = scene
    const logs = Array.from({ length: 1 + chance.roll(200) }, (_, n) => ({
      logId: BigInt(n) as LogId,
      seqNum: (2n ** 40n + BigInt(n)) as SeqNum,
      hash: aHash(chance),
    }))
    await peer.say(request(scene, 0), ...haveMessages(session, [{ publicKey: peer.publicKey, logs }]))
  },
  'asks for what nobody has': async (scene) => {
    const { peer, chance } = scene
    const ids = Array.from({ length: 50 }, () => aHash(chance) as string as OperationId)
    await peer.say(request(scene, 0), { type: 'Want', session, ids })
  },
  'asks without end': async (scene) => {
    const { peer } = scene
    const logs = [{ publicKey: peer.publicKey, logId: 0n as LogId, fromSeq: 1n as SeqNum }]
    const question = encodeFrame({ type: 'WantLog', session, logs })
    await peer.say(request(scene, 0))
    await peer.write(concatBytes(...Array.from({ length: 2_000 }, () => question)))
  },
  'opens sessions without end': async (scene) => {
    for (let id = 0; id < 600; id += 2) await scene.peer.say(request(scene, 0, id))
  },
  'reconciles without end': async (scene) => {
    const { peer } = scene
    const again = encodeFrame({ type: 'Reconcile', session, bytes: Uint8Array.of(0x61) })
    await peer.say(request(scene, 1))
    await peer.write(concatBytes(...Array.from({ length: 1_100 }, () => again)))
  },
  'reconciles nonsense': async (scene) => {
    const { peer, chance } = scene
    await peer.say(request(scene, 1), { type: 'Reconcile', session, bytes: madeUp(chance, 1 + chance.roll(200)) })
  },
  'forges entries': async (scene) => {
    const { peer, chance } = scene
    const { entry: signed, item } = thing(scene)
    const [packed] = packEntries(session, [{ entry: signed, operation: item.operation as EncodedOperation }])
    await peer.say(request(scene, 0))
    if (packed) await peer.say({ ...packed, signatures: madeUp(chance, 64) } as Message)
  },
  'sends broken entries': async (scene) => {
    const { peer } = scene
    await peer.say(request(scene, 0))
    for (let count = 0; count < 5; count++) {
      const { item } = thing(scene)
      await peer.say({ type: 'Entry', session, entry: item.entry.slice(0, -1) as EncodedEntry, operation: null })
    }
  },
  'sends entries of other collections': async (scene) => {
    const foreign = anAuthor(scene.seedByte + 40).create(named('title'), plainSchema)
    const other = `other_${foreign.id}` as SchemaId
    await scene.peer.say(
      request(scene, 0),
      entry(thing({ ...scene, seedByte: scene.seedByte + 20 }, other)),
      entry(foreign),
    )
  },
  'sends what builds on nothing': async (scene) => {
    const { peer, chance } = scene
    const author = anAuthor(scene.seedByte)
    const previous = [aHash(chance) as string as OperationId]
    const lost = author.write([], {
      action: 'update',
      schemaId: scene.schema,
      previous,
      fields: { title: text('lost') },
    })
    await peer.say(request(scene, 0), entry(lost))
  },
  'proves forks that are none': async (scene) => {
    const { entry: signed } = thing(scene)
    await scene.peer.say(request(scene, 0), { type: 'Forks', session, pairs: [[signed.bytes, signed.bytes]] })
  },
  'asks for everything and does not read': async (scene) => {
    await scene.peer.say(request(scene, 0), ...haveMessages(session, []))
  },
  'grants what it cannot take': async (scene) => {
    await scene.peer.say(request(scene, 0), { type: 'Credit', session, bytes: Number.MAX_SAFE_INTEGER })
  },
  // An honest newcomer, for all that anybody can tell; its log forks where two of them write to different machines.
  'writes a thing': async (scene) => {
    await scene.peer.say(request(scene, 0), entry(thing(scene)))
  },
  'is silent': async () => undefined,
}

/** Somebody hostile dials a machine. What it does there follows from the dice; the machine ends it with a reason, or has to live with it. */
export function attack(world: World): void {
  const { chance, clock, machines, schemas, log } = world
  const machine = chance.pick(machines)
  const [tab] = machine.tabs
  if (!tab) return
  const schema = chance.pick(schemas)
  const [name, misdeed] = chance.pick(Object.entries(misdeeds))
  // An author writes to one collection only: who saw the other branch of a log that forks between two refuses it for good (docs/status.md).
  const [transportByte, seedByte] = [100 + chance.roll(100), 200 + 5 * schemas.indexOf(schema) + chance.roll(5)]
  log(`somebody dials ${machine.name} and ${name}`)
  const act = async (): Promise<void> => {
    const peer = await rawPeer({ clock: clock.seenBy(() => 0) }, tab, transportByte)
    world.attackers.push(peer.attached)
    const onClosed = (failure: Failure | undefined): void => {
      if (!tab.life.isOver()) log(`${machine.name} ended with somebody: ${failure?.code ?? 'goodbye'}`)
    }
    void peer.attached.closed.then(onClosed)
    if (!chance.chance(8)) await peer.meet(`schema:${schema}`)
    await misdeed({ peer, chance, schema, scope: `schema:${schema}`, seedByte })
  }
  // It was hung up on: for what it did before, or because nobody is there.
  act().catch(() => log(`somebody does not get through to ${machine.name}`))
}
