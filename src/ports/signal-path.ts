import type { PublicKey } from '../core/ids.ts'

/**
 * A way on which two devices that have no connection yet tell each other how to make one: the live connections of an engine (a node or a
 * friend passes signals on), or relays that a person chose. It carries what it cannot read, may lose it, bring it twice or late, and may be hostile.
 */
export interface SignalPath {
  /** Sends a sealed signal to the device with this transport key, as far as the path knows a way. Never waits and never fails. */
  readonly send: (to: PublicKey, sealed: Uint8Array) => void
  /** As long as somebody listens the path also tells others that this device can be reached. Returns the function that stops it. */
  readonly listen: (listener: SignalListener) => () => void
}

export interface SignalListener {
  /** A device can be reached by this path, somebody says. It may be untrue. */
  readonly onPresent: (transportKey: PublicKey) => void
  /** A signal came that says it is from this key; whether it is, `TransportKey.unseal` tells. */
  readonly onSignal: (from: PublicKey, sealed: Uint8Array) => void
}
