import { memoryBroadcastHub } from '../../src/adapters/memory/memory-broadcast.ts'
import { memoryChannelPair } from '../../src/adapters/memory/memory-channel.ts'
import type { MemoryClock } from '../../src/adapters/memory/memory-clock.ts'
import { memoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { memoryKeys } from '../../src/adapters/memory/memory-keys.ts'
import { memoryLocks } from '../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { memoryTransportKey } from '../../src/adapters/memory/memory-transport-key.ts'
import type { SchemaId } from '../../src/core/ids.ts'
import { type StartedEngine, startEngine } from '../../src/engine/engine.ts'
import * as line from '../../src/engine/sync/line.ts'
import { ingest } from '../../src/engine/ingest.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Keys } from '../../src/ports/keys.ts'
import type { Channel } from '../../src/ports/transport.ts'
import type { Verifier } from '../../src/ports/verifier.ts'
import { call, valueOf } from './engine.ts'
import { makeReplica } from './replica.ts'

/** A device in memory whose channel's bytes are counted. */
export interface Party {
  readonly engine: StartedEngine
  readonly transportKey: ReturnType<typeof memoryTransportKey>
  /** Forgets whom it met, and how far. */
  readonly forget: () => void
  /** How often time woke it since it started. */
  readonly wakeUps: () => number
}

/** It is bytes that are counted, of entries that were signed well: nobody waits for their signatures to be judged. */
const trusting: Verifier = { verify: async (claims) => claims.map(() => true) }
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** @param keys to sign with, where many are made: those that follow from the number are slow */
export function aParty(name: string, number: number, clock: Clock, keys?: Keys): Party {
  const database = memoryDatabase()
  const random = memoryRandom(number)
  let wakeUps = 0
  let wokeAt = 0
  const sleep: Clock['sleep'] = async (ms, signal) => {
    await clock.sleep(ms, signal)
    // Several that are due at once wake it once.
    if (clock.now() !== wokeAt) wakeUps += 1
    wokeAt = clock.now()
  }
  const engine = startEngine(
    {
      store: openMemoryStore(database),
      keys: keys ?? memoryKeys([random.bytes(32)]),
      locks: memoryLocks(),
      clock: { ...clock, sleep },
      random,
      verifier: trusting,
      broadcast: memoryBroadcastHub()(),
      log: { debug: () => undefined, warn: (text, about) => console.warn(name, text, about) },
    },
    { database: name, legacyOpenDocuments: true },
    async () => line,
  )
  const forget = (): void => {
    for (const key of database.local.keys()) if (key.startsWith('sync/cursor/')) database.local.delete(key)
  }
  return { engine, transportKey: memoryTransportKey(random.bytes(32)), forget, wakeUps: () => wakeUps }
}

/** The schema of the replica's documents, defined by somebody. */
export async function defineRows({ engine: { api } }: Party, values: 'text' | 'random'): Promise<SchemaId> {
  const kind = values === 'text' ? 'str' : 'bytes'
  const fields = { title: kind, note: kind, place: kind, amount: 'int', done: 'bool' }
  return valueOf(await api.defineSchema({ name: 'shopping_list_row', description: 'Bench', fields }, call)).id
}

/** Gives somebody the whole replica; answers how many entries that are. */
export async function fill(
  { engine: { api, deps } }: Party,
  values: 'text' | 'random',
  schemaId: SchemaId,
  documents: number,
): Promise<number> {
  valueOf(await api.share(schemaId))
  const { entries } = await makeReplica({ documents, values, schemaId })
  // In the order of dependence: creates before what builds on them.
  const inOrder = entries.toSorted((a, b) => Number(a.entry.seqNum - b.entry.seqNum))
  for (let at = 0; at < inOrder.length; at += 500) {
    const items = inOrder.slice(at, at + 500).map(({ entry, operation }) => ({ entry: entry.bytes, operation }))
    await ingest(deps, items, { origin: 'import', mark: 'shared' }, call.signal)
  }
  await deps.materialiser.settled()
  return entries.length
}

/** Messages of a Secret Handshake, each after the one before. */
const handshakeFlights = 4

/** What went over a channel pair, both directions together. */
interface Traffic {
  readonly bytes: () => number
  /** The longest chain of bytes each of which left after the ones before were read on its side; its last were read by this end. */
  readonly flightsTo: (end: 0 | 1) => number
}

/** A pair whose traffic is looked at. */
function watchedPair(clock: MemoryClock): readonly [Channel, Channel, Traffic] {
  const [near, far] = memoryChannelPair({ clock })
  let bytes = 0
  /** The longest chain that each end has read the end of. */
  const read = [0, 0]
  const watched = (channel: Channel, own: 0 | 1, underWay: number[], coming: number[]): Channel => ({
    ...channel,
    send: (chunk) => {
      bytes += chunk.length
      underWay.push(read[own]! + 1)
      return channel.send(chunk)
    },
    received: {
      [Symbol.asyncIterator]: async function* () {
        for await (const chunk of channel.received) {
          read[own] = Math.max(read[own]!, coming.shift() ?? 0)
          yield chunk
        }
      },
    },
  })
  const [there, back]: [number[], number[]] = [[], []]
  return [
    watched(near, 0, there, back),
    watched(far, 1, back, there),
    { bytes: () => bytes, flightsTo: (end) => read[end]! },
  ]
}

/** A connection that stands, and both sides live. */
export interface Meeting {
  /** So far, both directions, handshake and boxes included. */
  readonly bytes: () => number
  /** Round trips from the end of the handshake until the last change was here on both sides, and until both know that they are the same. */
  readonly roundTrips: { readonly untilHere: number; readonly untilKnown: number }
  /** Lets time go by. */
  readonly wait: (ms: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** Connects two, and waits until both say that they are the same. */
export async function meet(clock: MemoryClock, from: Party, to: Party): Promise<Meeting> {
  const [near, far, traffic] = watchedPair(clock)
  let lastChange = 0
  const unsubscribe = [from, to].map(({ engine }, end) =>
    engine.deps.changes.subscribe(({ documentIds }) => {
      if (documentIds.size > 0) lastChange = Math.max(lastChange, traffic.flightsTo(end as 0 | 1))
    }),
  )
  const answering = to.engine.api.attach(far, { role: 'server' }, to.transportKey)
  const server = await to.transportKey.publicKey()
  const dialling = from.engine.api.attach(near, { role: 'client', server }, from.transportKey)
  const wait = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      await clock.advance(500)
      for (let turns = 0; turns < 4; turns++) await turn()
    }
  }
  const isLive = async ({ engine }: Party): Promise<boolean> => {
    const sessions = valueOf(await engine.api.sessions()).filter(({ state }) => state !== 'ended')
    return sessions.length > 0 && sessions.every(({ state }) => state === 'live')
  }
  for (let tries = 0; !((await isLive(from)) && (await isLive(to))); tries++) {
    if (tries > 100_000) throw new Error('They do not come to be the same')
    await turn()
    if (tries % 200 === 199) await clock.advance(10)
  }
  for (const stop of unsubscribe) stop()
  const roundTrips = {
    untilHere: Math.max(0, lastChange - handshakeFlights) / 2,
    untilKnown: (Math.max(traffic.flightsTo(0), traffic.flightsTo(1)) - handshakeFlights) / 2,
  }
  const close = async (): Promise<void> => {
    await wait(3_000)
    dialling.close()
    await wait(3_000)
    await Promise.all([dialling.closed, answering.closed])
  }
  return { bytes: traffic.bytes, roundTrips, wait, close }
}
