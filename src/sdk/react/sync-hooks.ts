import { useMemo } from 'react'
import type {
  NodesView,
  OutboxView,
  PeersState,
  PresenceView,
  RelaysView,
  SessionsState,
  SyncStatus,
} from '../sync-types.ts'
import type { DocumentLike } from '../takibi-node.ts'
import { useLiveView } from './hooks.ts'
import { useNode } from './node-context.tsx'

/** Who this device is connected with. */
export const usePeers = (): PeersState => useLiveView(useNode().sync.peers())
/** What is shared, and with whom it is the same. */
export const useSyncStatus = (): SyncStatus => useLiveView(useNode().sync.status())
/** Who is there in what is shared, by their own words. */
export const usePresence = (): PresenceView => useLiveView(useNode().sync.presence())
/** Which devices of a group are there, by their own words. Say so with `useNode().groups.sayPresence(…)`. */
export function useGroupPresence(group: DocumentLike): PresenceView {
  const node = useNode()
  const id = typeof group === 'string' ? group : group.id
  return useLiveView(useMemo(() => node.groups.presence(id), [node, id]))
}
/** What is exchanged with whom. */
export const useSessions = (): SessionsState => useLiveView(useNode().sync.sessions())
/** The nodes that were chosen here. */
export const useNodes = (): NodesView => useLiveView(useNode().sync.nodes.list())
/** The relays that were named here, and what looks for others there. */
export const useRelays = (): RelaysView => useLiveView(useNode().sync.relays.list())
/** What waits for nodes. */
export const useOutbox = (): OutboxView => useLiveView(useNode().sync.outbox())
