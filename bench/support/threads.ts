import { signerKeys } from '../../src/adapters/web/signer/signer-keys.ts'
import { helpedVerifier } from '../../src/adapters/web/verifier/helped-verifier.ts'
import { webCryptoVerifier } from '../../src/adapters/web/webcrypto-verifier.ts'
import { startVerifier } from '../../src/hosts/engine/start-verifier.ts'
import type { SignerStart } from '../../src/hosts/start-messages.ts'
import type { Keys } from '../../src/ports/keys.ts'
import type { Verifier } from '../../src/ports/verifier.ts'

/** A signer in a worker of its own, as a page starts it. */
export const startSigner = (): Keys => {
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(new URL('../../src/hosts/signer/main.ts', import.meta.url), { type: 'module' })
  const start: SignerStart = { database: 'bench', life: 'bench/signer', engine: port1 }
  worker.postMessage(start, [port1])
  return signerKeys(port2)
}

/** The verifier of a page's engine: while there is much to judge, it has a worker of its own. */
export const openVerifier = (): Verifier => helpedVerifier(webCryptoVerifier(), () => startVerifier('bench'))
