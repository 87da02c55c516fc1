import type { NodeInfo } from '../../sdk/index.ts'
import { type Messages, useMessages } from '../messages/messages.tsx'
import { hostOf } from './host-of.ts'
import { nodeOfPeer, type Somebody } from './node-of-peer.ts'
import { useSync } from './use-sync.tsx'

/** What somebody is called here: nodes by their host, devices by the first digits of their key, since they have no names yet. */
const peerName = (peer: Somebody, nodes: readonly NodeInfo[], { sync }: Messages): string => {
  const node = nodeOfPeer(nodes, peer)
  if (node !== undefined) return sync.node(hostOf(node.address))
  return sync.device((peer.publicKey ?? peer.transportKey ?? '').slice(0, 6))
}

export const usePeerName = (): ((peer: Somebody) => string) => {
  const t = useMessages()
  const { nodes } = useSync()
  return (peer) => peerName(peer, nodes, t)
}
