import '../polyfill.ts'
import { installFastBlake3 } from '../../adapters/web/fast-blake3.ts'
import { openIndexedDbStore } from '../../adapters/web/indexeddb-store.ts'
import { signerKeys } from '../../adapters/web/signer/signer-keys.ts'
import { openWebBroadcast } from '../../adapters/web/web-broadcast.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import { webLocks } from '../../adapters/web/web-locks.ts'
import { webLog } from '../../adapters/web/web-log.ts'
import { webPictures } from '../../adapters/web/web-pictures.ts'
import { webRandom } from '../../adapters/web/web-random.ts'
import { webCryptoVerifier } from '../../adapters/web/webcrypto-verifier.ts'
import { createEngine } from '../../engine/engine.ts'
import type { Failure } from '../../engine/failure.ts'
import { beginLife, endOfLife } from '../life.ts'
import { ownKeys } from '../own-keys.ts'
import { serve } from '../remote.ts'
import type { EngineEnded, EngineStart, EngineStarted } from '../start-messages.ts'

/** The engine worker: it picks the browser's adapters, runs one engine over them, and answers the page's calls. */
declare const self: DedicatedWorkerGlobalScope

const never = new AbortController().signal

async function start({ database, life, signerLife, signer, page }: EngineStart): Promise<void> {
  await beginLife(navigator.locks, life)
  await installFastBlake3().catch((thrown: unknown) => webLog.warn('BLAKE3 runs in plain JavaScript', { thrown }))
  const keys = signerKeys(signer)
  // Another tab of a newer app upgrades the database: this one would only hear of it when it asks for something.
  const onClosed = (): void => self.postMessage({ code: 'store/closed' } satisfies EngineEnded)
  const store = await openIndexedDbStore(`takibi/${database}`, { onClosed })
  const engine = createEngine(
    {
      store,
      keys: await ownKeys(keys, store),
      locks: webLocks(navigator.locks),
      clock: webClock,
      random: webRandom,
      verifier: webCryptoVerifier(crypto.subtle),
      broadcast: openWebBroadcast(`takibi/${database}`),
      log: webLog,
      pictures: webPictures,
    },
    { database },
  )
  serve(engine, page)
  // The signer holds its life before it answers, so by now there is one that can end.
  void endOfLife(navigator.locks, signerLife, never).then(() =>
    keys.fail({ code: 'signer/unavailable', reason: 'the browser ended its worker' }),
  )
}

const toFailure = (thrown: unknown): Failure =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && !(thrown instanceof Error)
    ? (thrown as Failure)
    : { code: 'host/worker-failed', worker: 'engine', reason: String(thrown) }

self.addEventListener(
  'message',
  (event: MessageEvent<EngineStart>) => {
    const answer = (started: EngineStarted): void => event.data.page.postMessage(started)
    start(event.data).then(
      () => answer({ ok: true, value: undefined }),
      (thrown: unknown) => answer({ ok: false, error: toFailure(thrown) }),
    )
  },
  { once: true },
)
