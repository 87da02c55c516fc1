import type { Result } from '../core/result.ts'
import type { Failure } from '../engine/failure.ts'
import { isFailure, P2pandaError } from './errors.ts'

/** What was thrown, as people of the library know it: failures become a `P2pandaError`, anything else stays what it is. */
export const toError = (thrown: unknown): unknown => (isFailure(thrown) ? new P2pandaError(thrown) : thrown)

/** The value, or the failure thrown as `P2pandaError`. */
export function unwrap<T>(result: Result<T, Failure>): T {
  if (result.ok) return result.value
  throw new P2pandaError(result.error)
}

/** The same for an answer that is still on its way. */
export async function answerOf<T>(answer: Promise<Result<T, Failure>>): Promise<T> {
  let result
  try {
    result = await answer
  } catch (thrown) {
    throw toError(thrown)
  }
  return unwrap(result)
}
