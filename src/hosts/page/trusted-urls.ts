import engineUrl from '../engine/main.ts?worker&url'
import signerUrl from '../signer/main.ts?worker&url'
import { trustOnly } from '../trusted-script-url.ts'

/** Every script this page may start beside itself. The service worker's URL is relative to the page, which lies beside it. */
const own = { engine: engineUrl, signer: signerUrl, serviceWorker: './sw.js' } as const

const trust = trustOnly(Object.values(own))

/** The URL of one of the build's own worker files, blessed by the policy `takibi`: `new Worker(workerUrl('engine'), { type: 'module' })`. */
export const workerUrl = (worker: keyof typeof own): string => trust(own[worker])
