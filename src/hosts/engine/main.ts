import '../polyfill.ts'
import { openIndexedDbStore } from '../../adapters/web/indexeddb-store.ts'
import { type SignerKeys, signerKeys } from '../../adapters/web/signer/signer-keys.ts'
import { helpedVerifier } from '../../adapters/web/verifier/helped-verifier.ts'
import { openWebBroadcast } from '../../adapters/web/web-broadcast.ts'
import { webHttp } from '../../adapters/web/web-http.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import { webLocks } from '../../adapters/web/web-locks.ts'
import { webLog } from '../../adapters/web/web-log.ts'
import { webPictures } from '../../adapters/web/web-pictures.ts'
import { webRandom } from '../../adapters/web/web-random.ts'
import { webCryptoVerifier } from '../../adapters/web/webcrypto-verifier.ts'
import { browserTransport } from '../../adapters/web/websocket.ts'
import { createEngine } from '../../engine/engine.ts'
import { loadIdentity } from '../../engine/identity/open-identity.ts'
import { loadLine } from '../../engine/sync/sync.ts'
import type { PublicKey } from '../../core/ids.ts'
import type { Failure } from '../../engine/failure.ts'
import { serveDirect } from '../direct/serve-direct.ts'
import { beginLife, endOfLife } from '../life.ts'
import { keepNodes } from '../nodes/keep-nodes.ts'
import { keepRooms } from '../relays/keep-rooms.ts'
import type { PageApi } from '../page-state.ts'
import { ownKeys } from '../own-keys.ts'
import { serve } from '../remote.ts'
import type { EngineEnded, EngineStart, EngineStarted } from '../start-messages.ts'
import { joinTabs } from '../tabs/join-tabs.ts'
import { takeMeetings } from './take-meetings.ts'
import { startVerifier } from './start-verifier.ts'

/** The engine worker: it picks the browser's adapters, runs one engine over them, and answers the page's calls. */
declare const self: DedicatedWorkerGlobalScope

const never = new AbortController().signal
/** Milliseconds from the start; by then a page has what it shows first, and whatever else is wanted may be loaded. */
const laterMs = 1_000

/** Resolves with the keys of the database when the engine serves. The signer may still be starting: reading does not need it. */
async function start({
  database,
  legacyOpenDocuments,
  life,
  signerLife,
  signer,
  page,
}: EngineStart): Promise<readonly PublicKey[]> {
  const keys = signerKeys(signer)
  // Another tab of a newer app upgrades the database: this one would only hear of it when it asks for something.
  const onClosed = (): void => self.postMessage({ code: 'store/closed' } satisfies EngineEnded)
  const [store] = await Promise.all([
    openIndexedDbStore(`takibi/${database}`, { onClosed }),
    beginLife(navigator.locks, life),
  ])
  const own = await ownKeys(keys, store)
  const engine = createEngine(
    {
      store,
      keys: own,
      paper: keys.paper,
      locks: webLocks(navigator.locks),
      clock: webClock,
      random: webRandom,
      verifier: helpedVerifier(webCryptoVerifier(crypto.subtle), () => startVerifier(database)),
      broadcast: openWebBroadcast(`takibi/${database}`),
      log: webLog,
      http: webHttp,
      pictures: webPictures,
    },
    { database, legacyOpenDocuments },
  )
  takeMeetings(self, engine, keys.transport)
  const ended = new AbortController()
  const { api: nodes, ...dialling } = keepNodes(
    {
      host: engine,
      peers: engine.peers,
      sessions: engine.sessions,
      transport: browserTransport(webClock),
      transportKey: keys.transport,
      clock: webClock,
      random: webRandom,
      store,
      locks: webLocks(navigator.locks),
      broadcast: openWebBroadcast(`takibi/${database}/nodes`),
      database,
    },
    ended.signal,
  )
  self.addEventListener('online', dialling.nudge)
  const rooms = keepRooms(
    {
      sync: engine,
      store,
      locks: webLocks(navigator.locks),
      broadcast: openWebBroadcast(`takibi/${database}/relays`),
      clock: webClock,
      database,
    },
    ended.signal,
  )
  const tabs = joinTabs(
    {
      engine,
      clock: webClock,
      random: webRandom,
      locks: webLocks(navigator.locks),
      broadcast: openWebBroadcast(`takibi/${database}/tabs`),
      database,
    },
    ended.signal,
  )
  const pageIs: PageApi['pageIs'] = async ({ isVisible, isAway, shortages }) => {
    tabs.setVisible(isVisible)
    dialling.setVisible(isVisible)
    dialling.setAway(isAway)
    rooms.setAway(isAway)
    rooms.setShortages(shortages)
    dialling.setShortages(shortages)
  }
  const direct = serveDirect(
    { host: engine, peers: tabs.sync, nodes, transportKey: keys.transport, log: webLog },
    ended.signal,
  )
  const close = async (): Promise<void> => {
    ended.abort()
    await engine.close()
  }
  const connectNow: typeof nodes.connectNow = () => {
    // Whoever wants a connection wants to be rid of what waits, too; how that goes, the outbox says.
    void engine.drainOutbox('asked')
    rooms.connectRooms()
    return nodes.connectNow()
  }
  /** When to connect is said of nodes and of rooms at once. */
  const alsoForRooms =
    <Choice, Answer>(set: (choice: Choice) => Promise<Answer>) =>
    async (choice: Choice): Promise<Answer> => {
      const answer = await set(choice)
      rooms.lookAgain()
      return answer
    }
  const setConnecting = alsoForRooms(nodes.setConnecting)
  const setSaving = alsoForRooms(nodes.setSaving)
  serve(
    { ...engine, ...tabs.sync, ...nodes, ...direct, pageIs, ...rooms.api, connectNow, setConnecting, setSaving, close },
    page,
  )
  void loadMore()
  void watchSigner(keys, signerLife)
  return own.publicKeys()
}

/** The signer holds its life before it answers, also where it has no key; from then on there is one that can end. */
async function watchSigner(keys: SignerKeys, signerLife: string): Promise<void> {
  await keys.publicKeys().catch(() => undefined)
  await endOfLife(navigator.locks, signerLife, never)
  keys.fail({ code: 'signer/unavailable', reason: 'the browser ended its worker' })
}

/** What no first read needs. Not only when it is asked for: an update of the app takes the files of the one before away. */
async function loadMore(): Promise<void> {
  await webClock.sleep(laterMs, never)
  await hashFaster()
  await loadLine().catch((thrown: unknown) => webLog.warn('What connections need did not load', { thrown }))
  await loadIdentity().catch((thrown: unknown) => webLog.warn('What persons need did not load', { thrown }))
}

async function hashFaster(): Promise<void> {
  try {
    const { installFastBlake3 } = await import('../../adapters/web/fast-blake3.ts')
    await installFastBlake3()
  } catch (thrown) {
    webLog.warn('BLAKE3 runs in plain JavaScript', { thrown })
  }
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
      (publicKeys) => answer({ ok: true, value: publicKeys }),
      (thrown: unknown) => answer({ ok: false, error: toFailure(thrown) }),
    )
  },
  { once: true },
)
