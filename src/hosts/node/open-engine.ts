import '../polyfill.ts'
import { installFastBlake3 } from '../../adapters/web/fast-blake3.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import { webRandom } from '../../adapters/web/web-random.ts'
import { webCryptoVerifier } from '../../adapters/web/webcrypto-verifier.ts'
import { type NodeEngine, createNodeEngine } from '../../engine/client-api/node-engine.ts'
import type { HostingPolicy } from '../../engine/hosting/hosted.ts'
import type { Http, Keys, Log } from '../../ports/index.ts'
import { ownKeys } from '../own-keys.ts'
import { type Ground, type Place, openPlace } from './place.ts'

/** An engine that runs in this process, and what it stands on. `api.close()` closes both. */
export interface OpenedEngine extends Ground {
  readonly api: NodeEngine
}

export interface OpenOptions {
  readonly log?: Log
  /** The engine may not sign entries: a node keeps what others wrote (docs/node.md). */
  readonly isReadOnlyKey?: boolean
  /** Somebody writes here: a person is made at the first write. */
  readonly isPersonal?: boolean
  readonly legacyOpenDocuments?: boolean
  /** Of a node: whose groups it keeps. */
  readonly mayKeep?: HostingPolicy
  /** To bring nodes what waits for them; absent where nothing is to be brought. */
  readonly http?: Http
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
  { log = nodeLog, isReadOnlyKey, isPersonal, legacyOpenDocuments = false, mayKeep, http }: OpenOptions = {},
): Promise<OpenedEngine> {
  await installFastBlake3().catch(() => undefined)
  const ground = await openPlace(place, log)
  const { store, locks, broadcastOn, database, keys, paper } = ground
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
        broadcast: broadcastOn('changes'),
        log,
        ...(isPersonal && { paper }),
        ...(http && { http }),
      },
      { database, legacyOpenDocuments, ...(mayKeep && { mayKeep }) },
    )
    return { ...ground, api }
  } catch (failure) {
    await store[Symbol.asyncDispose]()
    throw failure
  }
}
