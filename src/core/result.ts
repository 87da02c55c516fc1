/** What data can do to us is a value, not an exception: it survives `postMessage`, and the type says that it can happen. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const fail = <const E>(error: E): Result<never, E> => ({ ok: false, error })
