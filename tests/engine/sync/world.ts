import { memoryBroadcastHub } from '../../../src/adapters/memory/memory-broadcast.ts'
import { memoryChannelPair } from '../../../src/adapters/memory/memory-channel.ts'
import { type MemoryClock, memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { memoryLocks } from '../../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import { memoryTransportKey } from '../../../src/adapters/memory/memory-transport-key.ts'
import { nobleVerifier } from '../../../src/adapters/memory/noble-verifier.ts'
import type { SchemaId } from '../../../src/core/ids.ts'
import type { EngineOptions } from '../../../src/engine/deps.ts'
import { createEngine, type LocalEngine } from '../../../src/engine/engine.ts'
import type { Attached, Introduction, SessionInfo } from '../../../src/engine/sync/api.ts'
import * as line from '../../../src/engine/sync/line.ts'
import type { Channel, Locks, Store, Verifier } from '../../../src/ports/index.ts'
import type { TransportKey } from '../../../src/ports/transport-key.ts'
import { valueOf } from '../support.ts'

/** A device: an engine, its store, and the key it is dialled by. */
export interface Device {
  readonly name: string
  readonly engine: LocalEngine
  readonly store: Store
  readonly transportKey: TransportKey
  readonly seed: Uint8Array
}

type Claim = Parameters<Verifier['verify']>[0][number]

export interface World extends AsyncDisposable {
  readonly clock: MemoryClock
  /** `like`: another device whose signing key it has, too; one of the same name is the same device, in another tab or after a restart. */
  readonly device: (
    name: string,
    store?: Store,
    like?: Device,
    options?: Pick<EngineOptions, 'membership' | 'mayKeep'>,
  ) => Device
  /** The first dials the second. `say`: what each says of itself beside its Hello. */
  readonly connect: (
    from: Device,
    to: Device,
    latencyMs?: number,
    say?: { readonly from?: Introduction; readonly to?: Introduction },
  ) => Promise<Line>
  /** Lets time pass until something is so. */
  readonly until: (isSo: () => Promise<boolean> | boolean) => Promise<void>
  /** Until both have the same of every scope they share, and say so. */
  readonly settle: (...devices: readonly Device[]) => Promise<void>
}

/** A connection, and what went over it. */
export interface Line {
  readonly from: Attached
  readonly to: Attached
  /** Bytes on the wire in both directions, handshake and boxes included. */
  readonly bytes: () => number
  readonly close: () => Promise<void>
  readonly channels: readonly [Channel, Channel]
}

const counted = (channel: Channel, count: (bytes: number) => void): Channel => ({
  ...channel,
  send: (bytes) => {
    count(bytes.length)
    return channel.send(bytes)
  },
})

const shown = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, part) => (part instanceof Error ? String(part.stack) : typeof part === 'bigint' ? `${part}n` : part),
    1,
  )
/** Judges as noble does, each signature once: in a world many devices look at the same ones. */
const rememberingVerifier = (): Verifier => {
  const noble = nobleVerifier()
  const verdicts = new Map<string, Promise<boolean>>()
  const nameOf = ({ publicKey, message, signature }: Claim): string =>
    `${publicKey} ${Buffer.from(signature).toString('latin1')} ${Buffer.from(message).toString('latin1')}`
  const judge = (claim: Claim): Promise<boolean> => {
    const name = nameOf(claim)
    const known = verdicts.get(name) ?? noble.verify([claim]).then(([isValid]) => isValid === true)
    verdicts.set(name, known)
    return known
  }
  return { verify: (claims) => Promise.all(claims.map(judge)) }
}
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2))

/** @param usesDisks then its time goes no faster than ours, since disks do not hear of it */
export function aWorld({ usesDisks = false } = {}): World {
  const turn = usesDisks ? soon : nextTurn
  const clock = memoryClock()
  const devices: Device[] = []
  const warnings: unknown[] = []
  const places = new Map<string, { readonly locks: Locks; readonly hub: ReturnType<typeof memoryBroadcastHub> }>()
  const verifier = rememberingVerifier()
  let seeds = 0
  const until: World['until'] = async (isSo) => {
    for (let rounds = 0; rounds < 4_000; rounds++) {
      if (await isSo()) return
      for (let turns = 0; turns < 5; turns++) await turn()
      if (rounds % 10 === 9) await clock.advance(100)
    }
    const sessions = await Promise.all(
      devices.map(async ({ name, engine }) => [name, valueOf(await engine.sessions()), valueOf(await engine.peers())]),
    )
    throw new Error(`It never came to be so: ${shown(sessions)}`)
  }
  const live = async ({ engine }: Device): Promise<readonly SessionInfo[]> =>
    valueOf(await engine.sessions()).filter(({ state }) => state !== 'ended')

  return {
    clock,
    until,
    device: (name, store = openMemoryStore(), like, options = {}) => {
      const random = memoryRandom(1000 + seeds++)
      const fresh = memoryTransportKey(random.bytes(32))
      // The same device once more, where only its engine is another.
      const transportKey = like?.name === name ? like.transportKey : fresh
      const { locks, hub } = places.get(name) ?? { locks: memoryLocks(), hub: memoryBroadcastHub() }
      places.set(name, { locks, hub })
      const seed = like?.seed ?? random.bytes(32)
      const engine = createEngine(
        {
          store,
          keys: memoryKeys([seed]),
          locks,
          clock,
          random,
          verifier,
          broadcast: hub(),
          log: { debug: () => undefined, warn: (text, about) => void warnings.push({ name, text, about }) },
        },
        { database: name, ...options, legacyOpenDocuments: true },
        // Loading takes real time, and here it is a clock of ours that counts.
        async () => line,
      )
      const device = { name, engine, store, transportKey, seed }
      devices.push(device)
      return device
    },
    connect: async (from, to, latencyMs = 0, say = {}) => {
      let bytes = 0
      const count = (more: number): void => {
        bytes += more
      }
      const [a, b] = memoryChannelPair({ clock, latencyMs })
      const channels = [counted(a, count), counted(b, count)] as const
      const server = await to.transportKey.publicKey()
      const answering = to.engine.attach(channels[1], { role: 'server' }, to.transportKey, say.to)
      const dialling = from.engine.attach(channels[0], { role: 'client', server }, from.transportKey, say.from)
      return {
        from: dialling,
        to: answering,
        bytes: () => bytes,
        channels,
        close: async () => {
          dialling.close()
          await until(async () => {
            const over = await Promise.race([
              Promise.all([dialling.closed, answering.closed]).then(() => true),
              turn().then(() => false),
            ])
            return over
          })
        },
      }
    },
    settle: (...some) =>
      until(async () => {
        const sessions = (await Promise.all(some.map(live))).flat()
        return sessions.length > 0 && sessions.every(({ state }) => state === 'live')
      }),
    [Symbol.asyncDispose]: async () => {
      const closing = Promise.all(devices.map(({ engine }) => engine.close()))
      let isOver = false
      void closing.finally(() => {
        isOver = true
      })
      await until(() => isOver)
      await closing
      if (warnings.length > 0) throw new Error(`An engine warned: ${shown(warnings)}`)
    },
  }
}

/** The titles of all things of a schema, sorted. */
export const titlesOf = async ({ engine }: Device, schema: SchemaId): Promise<readonly string[]> => {
  const page = await engine.query({ schema, first: 1000 }, { signal: new AbortController().signal })
  return page.ok ? page.value.documents.map(({ fields }) => String(fields['title'])).sort() : []
}
