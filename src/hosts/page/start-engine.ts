import '../polyfill.ts'
import type { PublicKey } from '../../core/ids.ts'
import type { EngineApi } from '../../engine/api.ts'
import type { Failure } from '../../engine/failure.ts'
import { endOfLife } from '../life.ts'
import type { DirectApi } from '../direct/api.ts'
import type { NodesApi } from '../nodes/api.ts'
import type { RelaysApi, RoomsApi } from '../relays/api.ts'
import type { PageApi } from '../page-state.ts'
import { connect } from '../remote.ts'
import type { EngineEnded, EngineStart, EngineStarted, SignerStart } from '../start-messages.ts'
import { followDirect } from './follow-direct.ts'
import { followRooms } from './follow-rooms.ts'
import { kickOutbox } from './kick-outbox.ts'
import { type MeetingPorts, meetingPorts } from './meeting-ports.ts'
import { tellPageState } from './tell-page-state.ts'
import { workerUrl } from './trusted-urls.ts'

/** An engine in its workers, as the page sees it. */
export interface StartedEngine {
  readonly api: EngineApi & NodesApi & RelaysApi
  /** Own keys; the first is the device key. */
  readonly publicKeys: readonly PublicKey[]
  readonly meetings: MeetingPorts
  /** Stops both workers. Ask `api.close()` first: this does not wait for anything. */
  readonly stop: () => void
}

/** What this browser lacks, before anything is started. */
function missing(): Failure | undefined {
  if (!globalThis.isSecureContext) return { code: 'host/insecure-page' }
  if (!('indexedDB' in globalThis)) return { code: 'store/unavailable', reason: 'it has no IndexedDB' }
  if (!('locks' in navigator)) return { code: 'host/no-web-locks' }
  return undefined
}

/** Rejects when the worker's script cannot be loaded or throws before the engine has started. */
const failureOf = (worker: Worker, name: 'engine' | 'signer'): Promise<never> =>
  new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      const failure: Failure = {
        code: 'host/worker-failed',
        worker: name,
        reason: event.message || 'its script could not be loaded',
      }
      reject(failure)
    })
  })

const startedBy = (port: MessagePort): Promise<EngineStarted> =>
  new Promise((resolve) => {
    port.addEventListener('message', (event: MessageEvent<EngineStarted>) => resolve(event.data), { once: true })
    port.start()
  })

/**
 * Starts the engine worker and the signer worker of one database and connects them.
 * @param legacyOpenDocuments documents without owner are everybody's (`EngineOptions`)
 * Rejects with a plain failure (`host/…`, `store/…`, `signer/…`) when the node cannot be opened here.
 */
export async function startEngine(database: string, legacyOpenDocuments: boolean): Promise<StartedEngine> {
  const lack = missing()
  if (lack) throw lack as unknown as Error
  const engine = new Worker(workerUrl('engine'), { type: 'module', name: `takibi engine ${database}` })
  const signer = new Worker(workerUrl('signer'), { type: 'module', name: `takibi signer ${database}` })
  const stopped = new AbortController()
  const stop = (): void => {
    stopped.abort()
    engine.terminate()
    signer.terminate()
  }

  const life = `takibi/${database}/life/${crypto.randomUUID()}`
  const signerLife = `takibi/${database}/life/${crypto.randomUUID()}`
  const between = new MessageChannel()
  const calls = new MessageChannel()
  const toSigner: SignerStart = { database, life: signerLife, engine: between.port1 }
  const toEngine: EngineStart = {
    database,
    legacyOpenDocuments,
    life,
    signerLife,
    signer: between.port2,
    page: calls.port1,
  }
  signer.postMessage(toSigner, [toSigner.engine])
  engine.postMessage(toEngine, [toEngine.signer, toEngine.page])

  const signerFailed = failureOf(signer, 'signer')
  let publicKeys: readonly PublicKey[]
  try {
    const started = await Promise.race([startedBy(calls.port2), failureOf(engine, 'engine'), signerFailed])
    if (!started.ok) throw started.error as unknown as Error
    publicKeys = started.value
  } catch (failure) {
    stop()
    throw failure
  }

  const connection = connect<EngineApi & NodesApi & DirectApi & RelaysApi & RoomsApi & PageApi>(calls.port2)
  engine.addEventListener('message', ({ data }: MessageEvent<EngineEnded>) => connection.fail(data))
  // The engine may serve before the signer has loaded.
  signerFailed.catch((failure: unknown) => connection.fail(failure))
  const lost: Failure = { code: 'call/lost', reason: 'the browser ended its worker' }
  void endOfLife(navigator.locks, life, stopped.signal).then((hasEnded) => hasEnded && connection.fail(lost))
  kickOutbox(connection.api, database, stopped.signal)
  tellPageState(connection.api, stopped.signal)
  const meetings = meetingPorts(engine, database)
  followRooms(connection.api, meetings, stopped.signal)
  followDirect(connection.api, meetings, stopped.signal)
  return {
    api: connection.api,
    publicKeys,
    meetings,
    stop: () => {
      connection.fail({ code: 'store/closed' } satisfies Failure)
      stop()
    },
  }
}
