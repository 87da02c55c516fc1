/** A value that changes, read the way React's `useSyncExternalStore` and zustand's `useStore` read one. */
export interface LiveView<T> {
  /** The same reference until something changed. */
  readonly getState: () => T
  readonly getInitialState: () => T
  /** Returns the function that ends the subscription. */
  readonly subscribe: (listener: (state: T, previous: T) => void) => () => void
}
