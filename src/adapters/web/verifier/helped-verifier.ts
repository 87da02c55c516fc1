import type { Verifier } from '../../../ports/verifier.ts'

/** A second thread that judges signatures. */
export interface Helper {
  /** Its first call is answered when the thread has started. Rejects when it is gone. */
  readonly verifier: Verifier
  readonly end: () => void
}

/** Fewer claims than this, some 2 ms of work, are not worth a message. */
const minClaims = 32

/**
 * A verifier that gets a helper while there is much to judge: the import of a file, batches of thousands. The thread and its memory are there
 * for that time only, and until it has started, or when it is lost, everything is judged here; nobody waits for it.
 *
 * @param open starts a helper; `undefined` where this device has no second core for it
 * @param options.patience claims judged here, in larger calls, before it is started: some 60 ms of work
 * @param options.idleMs milliseconds without a larger call after which it is ended
 */
export function helpedVerifier(
  here: Verifier,
  open: () => Helper | undefined,
  { patience = 1000, idleMs = 10_000 }: { readonly patience?: number; readonly idleMs?: number } = {},
): Verifier {
  let helper: Helper | undefined
  let hasStarted = false
  let judgedHere = 0
  let calls = 0
  let idle: ReturnType<typeof setTimeout> | undefined

  const dismiss = (): void => {
    helper?.end()
    helper = undefined
    hasStarted = false
    judgedHere = 0
  }
  const summon = (): void => {
    const summoned = open()
    helper = summoned
    const start = (): void => void (hasStarted = helper === summoned)
    // One that cannot start is tried again when there is much to judge another time.
    summoned?.verifier.verify([]).then(start, () => undefined)
  }
  const judge: Verifier['verify'] = async (claims) => {
    if (helper && hasStarted) {
      try {
        return await helper.verifier.verify(claims)
      } catch {
        dismiss()
      }
    }
    judgedHere += claims.length
    if (judgedHere >= patience && !helper) summon()
    return here.verify(claims)
  }

  return {
    verify: async (claims) => {
      if (claims.length < minClaims) return here.verify(claims)
      clearTimeout(idle)
      calls++
      try {
        return await judge(claims)
      } finally {
        calls--
        if (calls === 0) idle = setTimeout(dismiss, idleMs)
      }
    },
  }
}
