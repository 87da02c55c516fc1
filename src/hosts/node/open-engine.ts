import '../polyfill.ts'
import { installFastBlake3 } from '../../adapters/web/fast-blake3.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import { webRandom } from '../../adapters/web/web-random.ts'
import { webCryptoVerifier } from '../../adapters/web/webcrypto-verifier.ts'
import { type NodeEngine, createNodeEngine } from '../../engine/client-api/node-engine.ts'
import type { Keys, Log, Store, TransportKey } from '../../ports/index.ts'
import { ownKeys } from '../own-keys.ts'
import { type Place, openPlace } from './place.ts'

/** An engine that runs in this process, with the store it runs on, for reading. `api.close()` closes both. */
export interface OpenedEngine {
  readonly api: NodeEngine
  readonly store: Store
  /** By which its peers know it. */
  readonly transportKey: TransportKey
}

export interface OpenOptions {
  readonly log?: Log
  /** The engine may not sign entries: a node keeps what others wrote (docs/node.md). */
  readonly isReadOnlyKey?: boolean
}

/** Warnings go to standard error, where programs that read our standard output do not meet them. */
const nodeLog: Log = {
  debug: () => undefined,
  warn: (text, about) => console.error(`takibi: ${text}`, about ?? ''),
}

const withoutSigning = (keys: Keys): Keys => ({
  ...keys,
  signEntries: () => Promise.reject({ code: 'signer/refused', reason: 'a node signs no entries' }),
})

/** Opens the engine of a place, made with a new key where it is not there. Rejects with a plain failure: `store/…` or `host/key-file`. */
export async function openEngine(
  place: Place,
  { log = nodeLog, isReadOnlyKey }: OpenOptions = {},
): Promise<OpenedEngine> {
  await installFastBlake3().catch(() => undefined)
  const { store, locks, broadcast, database, keys, transportKey } = await openPlace(place, log)
  try {
    const own = await ownKeys(keys, store)
    const api = createNodeEngine(
      {
        store,
        keys: isReadOnlyKey ? withoutSigning(own) : own,
        locks,
        clock: webClock,
        random: webRandom,
        verifier: webCryptoVerifier(),
        broadcast,
        log,
      },
      { database },
    )
    return { api, store, transportKey }
  } catch (failure) {
    await store[Symbol.asyncDispose]()
    throw failure
  }
}
