import '../polyfill.ts'
import { serveVerifier } from '../../adapters/web/verifier/serve-verifier.ts'
import { webCryptoVerifier } from '../../adapters/web/webcrypto-verifier.ts'
import { beginLife } from '../life.ts'
import type { VerifierStart } from '../start-messages.ts'

/** The verifier worker: it judges signatures for the engine that started it, and does nothing else. It holds no key and no data. */
declare const self: DedicatedWorkerGlobalScope

self.addEventListener(
  'message',
  async ({ data: { life, engine } }: MessageEvent<VerifierStart>) => {
    await beginLife(navigator.locks, life)
    serveVerifier(webCryptoVerifier(crypto.subtle), engine)
  },
  { once: true },
)
