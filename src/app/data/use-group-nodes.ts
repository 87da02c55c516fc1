import { useMemo } from 'react'
import type { DocumentId, LiveStatus, NodeInfo } from '../../sdk/index.ts'
import { useLiveView, useNode, useNodes, usePeers, useSessions } from '../../sdk/react/index.ts'
import { type ListedNode, listNodes } from './group-nodes.ts'

/** The nodes that keepers let keep a group, and how this device stands with each. */
export const useGroupNodes = (group: DocumentId): LiveStatus & { readonly nodes: readonly ListedNode[] } => {
  const node = useNode()
  const admitted = useLiveView(useMemo(() => node.groups.nodes(group), [node, group]))
  const { nodes: own } = useNodes()
  const { peers } = usePeers()
  const { sessions } = useSessions()
  // Sessions change with every message; what is said of a node does seldom.
  const has = sessions
    .filter(({ scope, part, state }) => scope === `group:${group}` && part === 1 && state === 'live')
    .flatMap(({ peer }) => peers.find(({ id }) => id === peer)?.publicKey ?? [])
    .toSorted()
    .join()
  return useMemo(
    () => ({ ...admitted, nodes: listNodes(admitted.nodes, own, new Set(has.split(','))) }),
    [admitted, own, has],
  )
}

/** Nodes that this device connects with and that do not keep the group. */
export const useOtherNodes = (kept: readonly ListedNode[]): readonly NodeInfo[] => {
  const { nodes } = useNodes()
  return nodes.filter(({ transportKey }) => !kept.some(({ node }) => node.transportKey === transportKey))
}
