/** Tells the other engines on the same database that something changed. Messages are structured-cloneable; the sender does not hear itself. */
export interface Broadcast {
  readonly post: (message: unknown) => void
  readonly subscribe: (listener: (message: unknown) => void) => () => void
}
