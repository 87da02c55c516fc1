import type { NodeInfo, PeerInfo, SharedScope } from '../../sdk/index.ts'
import { nodeOfPeer } from './node-of-peer.ts'

/**
 * How things stand, in the order in which they matter: `private`: nothing is shared; `exchanging`: changes are on their way; `unequal`:
 * compared, and different; `waiting`: something is on this device only; `same`: everybody who is connected has the same; `alone`: nobody
 * is connected.
 */
export type SyncState = 'private' | 'exchanging' | 'unequal' | 'waiting' | 'same' | 'alone'

export interface SyncSummary {
  readonly state: SyncState
  /** Things that are on this device only. `hasMore`: at least so many. */
  readonly toShare: number
  readonly hasMore: boolean
  /** Devices and nodes that are connected and have the same of all that they share with this one. */
  readonly devices: number
  readonly nodes: number
}

/** Everything a corner of the screen says about sync, from what the engine tells. */
export const summarise = (
  shared: readonly SharedScope[],
  peers: readonly PeerInfo[],
  nodes: readonly Pick<NodeInfo, 'transportKey' | 'publicKey'>[],
  waiting: { readonly count: number; readonly hasMore: boolean },
): SyncSummary => {
  const talks = shared.flatMap((scope) => scope.peers)
  const same = peers.filter(({ id, state }) => {
    const own = talks.filter(({ peer }) => peer === id)
    return state === 'ready' && own.length > 0 && own.every((talk) => talk.state === 'live')
  })
  const keys = (isNode: boolean): number =>
    new Set(same.filter((peer) => (nodeOfPeer(nodes, peer) !== undefined) === isNode).map(({ publicKey }) => publicKey))
      .size
  const is = (...states: readonly string[]): boolean => talks.some(({ state }) => states.includes(state))
  const stateNow = (): SyncState => {
    if (shared.length === 0) return 'private'
    if (is('comparing', 'transferring')) return 'exchanging'
    if (is('unequal')) return 'unequal'
    if (waiting.count > 0) return 'waiting'
    return same.length > 0 ? 'same' : 'alone'
  }
  return {
    state: stateNow(),
    toShare: waiting.count,
    hasMore: waiting.hasMore,
    devices: keys(false),
    nodes: keys(true),
  }
}
