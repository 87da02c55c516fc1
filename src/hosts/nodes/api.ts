import type { PublicKey } from '../../core/ids.ts'
import type { NodeAddress } from '../../core/meeting/node-address.ts'
import type { Result } from '../../core/result.ts'
import type { Call } from '../../engine/api.ts'
import type { Failure } from '../../engine/failure.ts'
import type { Shortage } from '../page-state.ts'

/**
 * How this device stands with a node that its person chose. `off`: paused, or nobody asked for a connection; `waiting`: it is tried again
 * later by itself; `resting`: it was connected a moment and will be again, to save data or battery.
 */
export type NodeState = 'off' | 'dialling' | 'connected' | 'waiting' | 'resting'

/** A node that a person of this device chose. */
export interface NodeInfo extends NodeAddress {
  /** The key it signs with, once it has said so. */
  readonly publicKey?: PublicKey
  readonly isPaused: boolean
  readonly addedAt: number
  readonly state: NodeState
  /** Why there is no connection, as far as is known. */
  readonly failure?: Failure
  /** When it is tried again, milliseconds since the Unix epoch. */
  readonly nextAt?: number
}

/** `always`: nodes are connected with as long as the app is open. `asked`: only when somebody says so, once. */
export type Connecting = 'always' | 'asked'

/** When to connect now and then instead of staying connected. `auto`: while this device is short on data or battery. */
export type Saving = 'auto' | 'always' | 'never'

export interface NodesState {
  readonly connecting: Connecting
  readonly saving: Saving
  /** What this device is short on, as far as its browser tells. */
  readonly shortages: readonly Shortage[]
  readonly nodes: readonly NodeInfo[]
}

type Answer<T> = Promise<Result<T, Failure>>

/** What a host offers about the nodes that its person chose. There are none until somebody adds one. */
export interface NodesApi {
  /** `token`: what its operator wants to hear before it keeps a group; empty or absent where nothing. */
  readonly addNode: (node: NodeAddress & { readonly token?: string }) => Answer<void>
  readonly pauseNode: (transportKey: PublicKey, isPaused: boolean) => Answer<void>
  readonly removeNode: (transportKey: PublicKey) => Answer<void>
  readonly setConnecting: (connecting: Connecting) => Answer<void>
  readonly setSaving: (saving: Saving) => Answer<void>
  /** Tries all that are not paused at once. */
  readonly connectNow: () => Answer<void>
  /** Reports now and after every change, until the signal says stop. */
  readonly watchNodes: (call: Call<Result<NodesState, Failure>>) => Promise<void>
}
