import { type Result, fail } from '../core/result.ts'
import type { SignerFailure, Failure } from './failure.ts'
import type { StoreFailure } from '../ports/store.ts'

/** Whether a port rejected with this: what the environment did, as a plain object. */
export const isEnvironmentFailure = (thrown: unknown): thrown is StoreFailure | SignerFailure =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'code' in thrown &&
  typeof thrown.code === 'string' &&
  /^(?:store|signer)\//.test(thrown.code)

/**
 * The edge of the engine: what the environment did (ports reject) and what the caller asked for (abort) become values here.
 * Whatever else is thrown is a `Bug` and stays one.
 */
export async function attempt<T>(
  body: () => Promise<Result<T, Failure>>,
  signal?: AbortSignal,
): Promise<Result<T, Failure>> {
  try {
    signal?.throwIfAborted()
    return await body()
  } catch (thrown) {
    if (isEnvironmentFailure(thrown)) return fail(thrown)
    if (signal?.aborted) return fail({ code: 'call/aborted' })
    throw thrown
  }
}
