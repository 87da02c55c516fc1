/** Takibi for React: give the node to `NodeProvider`, read with hooks, write with `await useNode().update(…)`. */
export { useDevices, useLinking, usePerson, usePetnames } from './identity-hooks.ts'
export { useTalk } from './campfire-hooks.ts'
export { NodeProvider, useNode } from './node-context.tsx'
export {
  useGroupPresence,
  useNodes,
  useOutbox,
  usePeers,
  usePresence,
  useRelays,
  useSessions,
  useSyncStatus,
} from './sync-hooks.ts'
export { useDocument, useHistory, useLive, useLiveView, useQuery, useSchemas } from './hooks.ts'
