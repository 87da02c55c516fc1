import type { NodeInfo, PeerInfo } from '../../sdk/index.ts'

/** A connection's other end, as far as it said who it is. */
export type Somebody = Pick<PeerInfo, 'transportKey' | 'publicKey'>

/** The node that this is, of those that were chosen here. */
export const nodeOfPeer = <N extends Pick<NodeInfo, 'transportKey' | 'publicKey'>>(
  nodes: readonly N[],
  { transportKey, publicKey }: Somebody,
): N | undefined =>
  nodes.find((node) => node.transportKey === transportKey || (publicKey !== undefined && node.publicKey === publicKey))
