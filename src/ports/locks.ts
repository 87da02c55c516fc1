/**
 * Mutual exclusion among everything that shares one database: tabs, workers, processes.
 * Names: `takibi/<database>/write/<publicKey>` (held per write) and `takibi/<database>/lead` (held for a life).
 */
export interface Locks {
  /** Waits for the lock, runs `body`, lets go, whatever `body` did. Rejects with `signal.reason` when aborted while waiting. */
  readonly hold: <T>(name: string, body: () => Promise<T>, signal: AbortSignal) => Promise<T>
}
