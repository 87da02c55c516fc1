import '../../src/hosts/polyfill.ts'
import { memoryBroadcastHub } from '../../src/adapters/memory/memory-broadcast.ts'
import { memoryLocks } from '../../src/adapters/memory/memory-locks.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { installFastBlake3 } from '../../src/adapters/web/fast-blake3.ts'
import { openIndexedDbStore } from '../../src/adapters/web/indexeddb-store.ts'
import { webClock } from '../../src/adapters/web/web-clock.ts'
import { webLog } from '../../src/adapters/web/web-log.ts'
import { webRandom } from '../../src/adapters/web/web-random.ts'
import { webCryptoVerifier } from '../../src/adapters/web/webcrypto-verifier.ts'
import { bytesToHex } from '../../src/core/bytes/hex.ts'
import { helloClaim } from '../../src/core/hello-claim.ts'
import type { PublicKey, SchemaId, Signature } from '../../src/core/ids.ts'
import type { Result } from '../../src/core/result.ts'
import type { Draft, EngineApi, Values } from '../../src/engine/api.ts'
import { createEngine, type LocalEngine } from '../../src/engine/engine.ts'
import type { Keys } from '../../src/ports/keys.ts'
import type { Store } from '../../src/ports/store.ts'
import type { Verifier } from '../../src/ports/verifier.ts'

export const call = { signal: new AbortController().signal }

export const valueOf = <T>(result: Result<T, unknown>): T => {
  if (!result.ok)
    throw new Error(JSON.stringify(result.error, (_, part) => (typeof part === 'bigint' ? `${part}` : part)))
  return result.value
}

/** A key of this page, made by the platform, which also signs: what the signer worker does, without its door. */
export const makeKeys = async (): Promise<Keys & { readonly sign: (bytes: Uint8Array) => Promise<Uint8Array> }> => {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  const publicKey = bytesToHex(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))) as PublicKey
  const sign = async (bytes: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes as Uint8Array<ArrayBuffer>))
  return {
    publicKeys: async () => [publicKey],
    signEntries: (unsigned) => Promise.all(unsigned.map(async (bytes) => (await sign(bytes)) as Signature)),
    signHello: async (side, handshakeHash) => (await sign(helloClaim(side, handshakeHash))) as Signature,
    sign,
  }
}

/** The engine of a page's worker; what is in workers of its own there comes from threads.ts. */
export const openEngine = (keys: Keys, store: Store, verifier?: Verifier): EngineApi =>
  openDevice(keys, store, verifier)

/** The same, with what takes channels to peers. */
export const openDevice = (keys: Keys, store: Store, verifier: Verifier = webCryptoVerifier()): LocalEngine =>
  createEngine(
    {
      store,
      keys,
      locks: memoryLocks(),
      clock: webClock,
      random: webRandom,
      verifier,
      broadcast: memoryBroadcastHub()(),
      log: webLog,
    },
    { database: 'bench', legacyOpenDocuments: true },
  )

/** Databases under test, each used once. */
let databases = 0
export const freshName = (): string => `bench ${(databases += 1)}`
export const openStore = (name: string): Promise<Store> => openIndexedDbStore(name)
export const dropDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('success', () => resolve())
    request.addEventListener('error', () => reject(request.error ?? new Error('The database stayed')))
  })

export const count = 10_000
export const fields = { title: 'str', amount: 'int', done: 'bool', note: 'str', price: 'float' }

/** Things as on a list: some words, a number, a tick. The same each time. */
export const makeThings = (length = count): readonly Values[] => {
  let seed = 8360926
  const next = (limit: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    return (seed >>> 8) % limit
  }
  const word = (): string => `w${next(3000).toString(36)}${next(30).toString(36)}`
  const words = (number: number): string => Array.from({ length: number }, word).join(' ')
  return Array.from({ length }, () => ({
    title: words(3),
    amount: next(1000),
    done: next(10) < 3,
    note: words(8),
    price: next(10_000) / 100,
  }))
}

export const defineThings = async (api: EngineApi): Promise<SchemaId> => {
  const draft = { name: 'thing', description: 'A thing on a list', fields, sortable: ['title', 'amount', 'done'] }
  return valueOf(await api.defineSchema(draft, call)).id
}

/** In batches of 500, of which `atOnce` are under way: the next call is made before the last one answered. */
export const publishThings = async (
  api: EngineApi,
  schema: SchemaId,
  things: readonly Values[],
  atOnce = 1,
): Promise<void> => {
  const underWay: Promise<unknown>[] = []
  for (let at = 0; at < things.length; at += 500) {
    const drafts = things.slice(at, at + 500).map((thing): Draft => ({ action: 'create', schema, fields: thing }))
    underWay.push(api.publish(drafts, call).then(valueOf))
    if (underWay.length === atOnce) await underWay.shift()
  }
  await Promise.all(underWay)
}

/** A bundle of 10,000 things and their schema, made once in memory. */
export const makeBundle = async (): Promise<readonly Uint8Array[]> => {
  await installFastBlake3()
  const api = openEngine(await makeKeys(), openMemoryStore())
  await publishThings(api, await defineThings(api), makeThings())
  const chunks: Uint8Array[] = []
  for await (const chunk of valueOf(await api.exportBundle({ all: true }, call))) chunks.push(chunk)
  await api.close()
  return chunks
}

export async function* stream<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items
}

/** The least that storing costs: rows of bytes under numbers, 500 in a transaction, nothing else. */
export const putPlain = async (rows: readonly Uint8Array[]): Promise<string> => {
  const name = freshName()
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore('rows', { autoIncrement: true }))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('No database')))
  })
  for (let at = 0; at < rows.length; at += 500) {
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('rows', 'readwrite', { durability: 'relaxed' })
      for (const row of rows.slice(at, at + 500)) transaction.objectStore('rows').put(row)
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('Not stored')))
    })
  }
  database.close()
  return name
}
