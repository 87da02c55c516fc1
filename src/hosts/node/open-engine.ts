import '../polyfill.ts'
import { join } from 'node:path'
import { memoryBroadcastHub } from '../../adapters/memory/memory-broadcast.ts'
import { memoryLocks } from '../../adapters/memory/memory-locks.ts'
import { openKeyFile } from '../../adapters/node/key-file.ts'
import { openLevelDbStore } from '../../adapters/node/leveldb-store.ts'
import { installFastBlake3 } from '../../adapters/web/fast-blake3.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import { webRandom } from '../../adapters/web/web-random.ts'
import { webCryptoVerifier } from '../../adapters/web/webcrypto-verifier.ts'
import type { EngineApi } from '../../engine/api.ts'
import { createEngine } from '../../engine/engine.ts'
import type { Broadcast, Keys, Locks, Log, Store } from '../../ports/index.ts'
import { ownKeys } from '../own-keys.ts'

/** Where the data lies: in a folder of its own. */
export interface Place {
  readonly dataDir: string
}

/** An engine that runs in this process, with the store it runs on, for reading. `api.close()` closes both. */
export interface OpenedEngine {
  readonly api: EngineApi
  readonly store: Store
}

export interface OpenOptions {
  readonly log?: Log
  /** The engine may not sign entries: a node keeps what others wrote (docs/node.md). */
  readonly isReadOnlyKey?: boolean
}

/** The ports that depend on where the data lies. */
interface Ground {
  /** Names the database in the locks. */
  readonly database: string
  readonly store: Store
  readonly keys: Keys
  readonly locks: Locks
  readonly broadcast: Broadcast
}

/** Warnings go to standard error, where programs that read our standard output do not meet them. */
const nodeLog: Log = {
  debug: () => undefined,
  warn: (text, about) => console.error(`takibi: ${text}`, about ?? ''),
}

/** LevelDB lets one process in at a time, so locks and announcements need not leave it. */
async function openFolder(dataDir: string): Promise<Ground> {
  const keys = await openKeyFile(join(dataDir, 'key'))
  const store = await openLevelDbStore(join(dataDir, 'store'))
  return { database: dataDir, store, keys, locks: memoryLocks(), broadcast: memoryBroadcastHub()() }
}

const withoutSigning = (keys: Keys): Keys => ({
  ...keys,
  signEntries: () => Promise.reject({ code: 'signer/refused', reason: 'a node signs no entries' }),
})

/**
 * Opens the engine of a data directory, made with a new key where it is not there:
 *
 *     <dataDir>/key     the device key, mode 0600
 *     <dataDir>/store   LevelDB
 *
 * Rejects with a plain failure: `store/…` or `host/key-file`.
 */
export async function openEngine({ dataDir }: Place, options: OpenOptions = {}): Promise<OpenedEngine> {
  await installFastBlake3().catch(() => undefined)
  const ground = await openFolder(dataDir)
  const { store, locks, broadcast, database } = ground
  try {
    const keys = await ownKeys(ground.keys, store)
    const api = createEngine(
      {
        store,
        keys: options.isReadOnlyKey ? withoutSigning(keys) : keys,
        locks,
        clock: webClock,
        random: webRandom,
        verifier: webCryptoVerifier(),
        broadcast,
        log: options.log ?? nodeLog,
      },
      { database },
    )
    return { api, store }
  } catch (failure) {
    await store[Symbol.asyncDispose]()
    throw failure
  }
}
