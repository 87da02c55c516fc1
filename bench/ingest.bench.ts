import { webCryptoVerifier } from '../src/adapters/web/webcrypto-verifier.ts'
import { type BundleItem, readBundle } from '../src/core/bundle/bundle.ts'
import { bytesToHex } from '../src/core/bytes/hex.ts'
import { decodeEntry } from '../src/core/entry/decode.ts'
import { signedPart } from '../src/core/entry/verify.ts'
import { createChangesHub } from '../src/engine/changes-hub.ts'
import type { EngineApi } from '../src/engine/api.ts'
import { commitItems, prepare } from '../src/engine/ingest.ts'
import type { PreparedItem } from '../src/engine/ingest-prepare.ts'
import { createRecentLogs } from '../src/engine/recent-logs.ts'
import { createSchemaRegistry } from '../src/engine/schema-registry.ts'
import { createOpener } from '../src/engine/sealed/opener.ts'
import { createSecretGroups } from '../src/engine/sealed/secret-groups.ts'
import { createWaitingRoom } from '../src/engine/waiting-room.ts'
import { memoryBroadcastHub } from '../src/adapters/memory/memory-broadcast.ts'
import { webClock } from '../src/adapters/web/web-clock.ts'
import { webLog } from '../src/adapters/web/web-log.ts'
import type { Store } from '../src/ports/store.ts'
import type { Verifier } from '../src/ports/verifier.ts'
import type { Subject } from './harness/subject.ts'
import {
  call,
  count,
  dropDatabase,
  freshName,
  makeBundle,
  makeKeys,
  openEngine,
  openStore,
  putPlain,
  stream,
  valueOf,
} from './support/engine.ts'
import { openVerifier } from './support/threads.ts'

const never = new AbortController().signal
const provenance = { origin: 'import', mark: 'private' } as const

/** Ingest without views: what it would add to the materialiser's work is dropped. */
const ingestPorts = (store: Store, verifier: Verifier) => ({
  store,
  schemas: createSchemaRegistry(
    store,
    createOpener(createSecretGroups(store)),
    createChangesHub(memoryBroadcastHub()()),
  ),
  verifier,
  clock: webClock,
  log: webLog,
  recent: createRecentLogs(),
  waiting: createWaitingRoom(store, webClock),
  scopes: { all: async () => [] },
  materialiser: {
    age: () => 0,
    add: () => undefined,
    settled: async () => undefined,
    room: async () => undefined,
    drain: async () => undefined,
    hold: <T>(body: () => Promise<T>) => body(),
    whileWriting: <T>(body: () => Promise<T>) => body(),
  },
})

const inBatches = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / 500) }, (_, i) => items.slice(i * 500, i * 500 + 500))

export const subject: Subject = {
  name: 'ingest',
  about:
    'Takes in 10,000 entries from a bundle. Floors: decoding and verifying alone, one plain put per entry, and what p2panda-js 0.8.1 takes to decode the same entries and operations and check their hashes, storing nothing.',
  where: ['worker'],
  items: count,
  rounds: 5,
  prepare: async () => {
    const bundle = await makeBundle()
    const items: BundleItem[] = []
    for await (const item of readBundle(stream(bundle))) items.push(valueOf(item))
    const rows = items.map(({ entry, operation }) => new Uint8Array([...entry, ...(operation ?? [])]))
    const hex = items.map(({ entry, operation }) => ({
      entry: bytesToHex(entry),
      operation: bytesToHex(operation ?? entry),
    }))
    const p2panda = await import('p2panda-js')
    await p2panda.initWebAssembly()
    const keys = await makeKeys()
    const verifier = webCryptoVerifier()
    const helped = openVerifier()

    let name = ''
    let store: Store | undefined
    let api: EngineApi | undefined
    const drop = async (): Promise<void> => {
      await api?.close()
      await store?.[Symbol.asyncDispose]()
      api = undefined
      store = undefined
      await dropDatabase(name)
    }
    const verify = async (): Promise<void> => {
      for (const batch of inBatches(items)) {
        const entries = batch.map(({ entry }) => valueOf(decodeEntry(entry)))
        const claims = entries.map((entry) => ({
          publicKey: entry.publicKey,
          message: signedPart(entry),
          signature: entry.signature,
        }))
        if (!(await verifier.verify(claims)).every(Boolean)) throw new Error('A good signature was refused')
      }
    }
    const prepared: (readonly PreparedItem[])[] = []
    for (const batch of inBatches(items))
      prepared.push(await prepare({ verifier, clock: webClock }, batch, provenance, never))

    const floors = {
      both: 'verify, then plain puts',
      put: 'one plain put per entry',
      p2panda: 'p2panda-js: decode and hash, store nothing',
    }
    return [
      {
        name: floors.both,
        run: async () => {
          await verify()
          name = await putPlain(rows)
        },
        after: drop,
      },
      {
        name: 'ingest: verified and stored',
        floor: { name: floors.both, times: 1.5 },
        run: async () => {
          name = freshName()
          store = await openStore(name)
          const ports = ingestPorts(store, helped)
          let committing: Promise<unknown> = Promise.resolve()
          for (const batch of inBatches(items)) {
            const next = await prepare(ports, batch, provenance, never)
            await committing
            committing = commitItems(ports, next, never)
          }
          await committing
        },
        after: drop,
      },
      {
        name: floors.put,
        run: async () => {
          name = await putPlain(rows)
        },
        after: drop,
      },
      {
        name: 'store alone',
        floor: { name: floors.put, times: 1.8 },
        run: async () => {
          name = freshName()
          store = await openStore(name)
          const ports = ingestPorts(store, helped)
          for (const batch of prepared) await commitItems(ports, batch, never)
        },
        after: drop,
      },
      {
        name: floors.p2panda,
        run: async () => {
          for (const { entry, operation } of hex) {
            const { payloadHash } = p2panda.decodeEntry(entry)
            p2panda.decodeOperation(operation)
            if (p2panda.generateHash(operation) !== payloadHash) throw new Error('The hash does not fit')
          }
        },
      },
      {
        name: 'from bundle to queryable',
        floor: { name: floors.p2panda, times: 1.1 },
        run: async () => {
          name = freshName()
          api = openEngine(keys, await openStore(name), helped)
          const { stored } = valueOf(await api.importBundle(stream(bundle), call))
          if (stored !== items.length) throw new Error(`${stored} of ${items.length} were stored`)
        },
        after: drop,
      },
    ]
  },
}
