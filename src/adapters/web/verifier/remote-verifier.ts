import type { Verifier } from '../../../ports/verifier.ts'
import type { VerifierAnswer, VerifierRequest } from './serve-verifier.ts'

/** The verifier at the other end of a port. Its calls reject when the thread there is gone or its platform fails. */
export interface RemoteVerifier extends Verifier {
  /** Rejects what waits and all that comes: the thread is known to be gone. */
  readonly fail: () => void
}

type Verdicts = readonly boolean[]

/** The Verifier port over a MessagePort. The host starts the worker; this only talks. */
export function remoteVerifier(port: MessagePort): RemoteVerifier {
  let lastId = 0
  let isLost = false
  const waiting = new Map<number, (verdicts?: Verdicts) => void>()

  port.addEventListener('message', ({ data: { id, verdicts } }: MessageEvent<VerifierAnswer>) => {
    waiting.get(id)?.(verdicts)
    waiting.delete(id)
  })
  port.start()

  return {
    verify: (claims) =>
      new Promise((resolve, reject) => {
        const settle = (verdicts?: Verdicts): void =>
          verdicts ? resolve(verdicts) : reject(new Error('The verifier worker gave no verdicts'))
        if (isLost) return settle()
        const id = ++lastId
        waiting.set(id, settle)
        port.postMessage({ id, claims } satisfies VerifierRequest)
      }),
    fail: () => {
      isLost = true
      for (const settle of waiting.values()) settle()
      waiting.clear()
    },
  }
}
