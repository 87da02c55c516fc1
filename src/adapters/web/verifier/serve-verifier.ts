import type { SignatureClaim, Verifier } from '../../../ports/verifier.ts'

/** One call of the Verifier port, as a message. */
export interface VerifierRequest {
  readonly id: number
  readonly claims: readonly SignatureClaim[]
}

/** Answers carry the request's id; they may come in any order. Without verdicts: the platform failed. */
export interface VerifierAnswer {
  readonly id: number
  readonly verdicts: readonly boolean[] | undefined
}

/** Answers the calls of another thread over a port, by a verifier of this one. */
export function serveVerifier(verifier: Verifier, port: MessagePort): void {
  port.addEventListener('message', ({ data: { id, claims } }: MessageEvent<VerifierRequest>) => {
    const answer = (verdicts?: readonly boolean[]): void => port.postMessage({ id, verdicts } satisfies VerifierAnswer)
    verifier.verify(claims).then(answer, () => answer())
  })
  port.start()
}
