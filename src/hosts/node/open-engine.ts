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
import type { Log, Store } from '../../ports/index.ts'
import { ownKeys } from '../own-keys.ts'

/** An engine that runs in this process, with the store it runs on, for reading. `api.close()` closes both. */
export interface OpenedEngine {
  readonly api: EngineApi
  readonly store: Store
}

/** Warnings go to standard error, where programs that read our standard output do not meet them. */
const nodeLog: Log = {
  debug: () => undefined,
  warn: (text, about) => console.error(`takibi: ${text}`, about ?? ''),
}

/**
 * Opens the engine of a data directory, made with a new key where it is not there:
 *
 *     <dataDir>/key     the device key, mode 0600
 *     <dataDir>/store   LevelDB
 *
 * LevelDB lets one process in at a time, so locks and announcements need not leave it.
 * Rejects with a plain failure: `store/…` or `host/key-file`.
 */
export async function openEngine(dataDir: string): Promise<OpenedEngine> {
  await installFastBlake3().catch(() => undefined)
  const keys = await openKeyFile(join(dataDir, 'key'))
  const store = await openLevelDbStore(join(dataDir, 'store'))
  try {
    const api = createEngine(
      {
        store,
        keys: await ownKeys(keys, store),
        locks: memoryLocks(),
        clock: webClock,
        random: webRandom,
        verifier: webCryptoVerifier(),
        broadcast: memoryBroadcastHub()(),
        log: nodeLog,
      },
      { database: dataDir },
    )
    return { api, store }
  } catch (failure) {
    await store[Symbol.asyncDispose]()
    throw failure
  }
}
