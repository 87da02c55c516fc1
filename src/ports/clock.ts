/** Time, and the only way to wait. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Resolves after `ms` milliseconds; rejects with `signal.reason` when aborted first. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}
