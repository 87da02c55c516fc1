import type { Helper } from '../../adapters/web/verifier/helped-verifier.ts'
import { type RemoteVerifier, remoteVerifier } from '../../adapters/web/verifier/remote-verifier.ts'
import { endOfLife } from '../life.ts'
import type { VerifierStart } from '../start-messages.ts'
import { trustOnly } from '../trusted-script-url.ts'
import verifierUrl from '../verifier/main.ts?worker&url'

const trust = trustOnly([verifierUrl])

/** Starts a verifier worker beside the engine worker of this database, where the device has a core for it. */
export function startVerifier(database: string): Helper | undefined {
  if (navigator.hardwareConcurrency < 2) return undefined
  const worker = new Worker(trust(verifierUrl), { type: 'module', name: `takibi verifier ${database}` })
  const { port1, port2 } = new MessageChannel()
  const verifier = remoteVerifier(port2)
  const ended = new AbortController()
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    verifier.fail()
  })

  const life = `takibi/${database}/life/${crypto.randomUUID()}`
  worker.postMessage({ life, engine: port1 } satisfies VerifierStart, [port1])
  void watch(verifier, life, ended.signal)
  return {
    verifier,
    end: () => {
      ended.abort()
      verifier.fail()
      worker.terminate()
    },
  }
}

/** The worker holds its life before it answers; from then on there is one that can end. */
async function watch(verifier: RemoteVerifier, life: string, ended: AbortSignal): Promise<void> {
  await verifier.verify([]).catch(() => undefined)
  if (await endOfLife(navigator.locks, life, ended)) verifier.fail()
}
