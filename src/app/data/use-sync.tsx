import { createContext, lazy, type ReactNode, Suspense, use, useMemo, useState, useSyncExternalStore } from 'react'
import type { NodeInfo, PeerInfo, SharedScope } from '../../sdk/index.ts'
import { useNode, useNodes, usePeers, useSyncStatus } from '../../sdk/react/index.ts'
import type { Collection } from './collection.ts'
import { useSayPresence } from './say-presence.ts'
import { summarise, type SyncSummary } from './sync-summary.ts'
import { useCollections } from './use-collections.tsx'
import { nothingWaits, type Waiting, watchWaiting } from './waiting.ts'

/** Something that is shared; its collection where it is here already. */
export interface Shared {
  readonly scope: SharedScope
  readonly collection: Collection | undefined
}

/** How this device stands with others. */
export interface SyncNow {
  readonly isReady: boolean
  readonly shared: readonly Shared[]
  readonly waiting: Waiting
  /** Connections that stand, and that are just being made. */
  readonly peers: readonly PeerInfo[]
  readonly nodes: readonly NodeInfo[]
  readonly summary: SyncSummary
}

/** Nobody waits for it to be loaded, or for others to hear of this device. */
const SayInGroups = lazy(async () => ({ default: (await import('./say-in-groups.ts')).SayInGroups }))

const WaitingContext = createContext<Waiting>(nothingWaits)
const SyncContext = createContext<SyncNow | undefined>(undefined)

/** Bytes that come and go are no news here. */
const isSameCompany = (a: readonly PeerInfo[], b: readonly PeerInfo[]): boolean =>
  a.length === b.length &&
  a.every((peer, at) => {
    const other = b[at]
    return peer.id === other?.id && peer.state === other.state && peer.publicKey === other.publicKey
  })

/** The first of values that are the same. */
const useKept = <T,>(value: T, isSame: (a: T, b: T) => boolean): T => {
  const [kept, setKept] = useState(value)
  if (kept === value || isSame(kept, value)) return kept
  setKept(value)
  return value
}

/** Reads sync once for the whole app: the corner of every screen and the sync screen look at the same. */
export const SyncProvider = ({ children }: { readonly children: ReactNode }) => {
  const node = useNode()
  const { collections } = useCollections()
  const status = useSyncStatus()
  const peers = useKept(usePeers().peers, isSameCompany)
  const { nodes } = useNodes()
  const shared = useMemo(
    () =>
      status.shared.map((scope): Shared => ({
        scope,
        collection: collections.find(({ versions }) => versions.some(({ id }) => id === scope.schemaId)),
      })),
    [status.shared, collections],
  )
  useSayPresence(shared)
  const families = shared
    .flatMap(({ collection }) => (collection?.schema === undefined ? [] : [collection.schema.id]))
    .join(' ')
  const store = useMemo(
    () =>
      watchWaiting(node, families === '' ? [] : (families.split(' ') as unknown as readonly SharedScope['schemaId'][])),
    [node, families],
  )
  const waiting = useSyncExternalStore(
    families === '' ? never : store.subscribe,
    families === '' ? none : store.getState,
  )
  const value = useMemo((): SyncNow => {
    const here = peers.filter(({ state }) => state !== 'closed')
    return {
      isReady: status.status !== 'loading',
      shared,
      waiting,
      peers: here,
      nodes,
      summary: summarise(status.shared, here, nodes, { count: waiting.things.length, hasMore: waiting.hasMore }),
    }
  }, [status, peers, nodes, shared, waiting])
  return (
    <SyncContext value={value}>
      <WaitingContext value={waiting}>{children}</WaitingContext>
      <Suspense>
        <SayInGroups />
      </Suspense>
    </SyncContext>
  )
}
const never = () => () => undefined
const none = () => nothingWaits

export const useSync = (): SyncNow => {
  const sync = use(SyncContext)
  if (sync === undefined) throw new Error('useSync outside of SyncProvider')
  return sync
}

/** What is on this device only; for rows of long lists, which want to hear of nothing else. */
export const useWaiting = (): Waiting => use(WaitingContext)

/** What is shared of this collection, or `undefined` where it is private. */
export const useSharedScope = (collection: Collection | undefined): SharedScope | undefined =>
  useSync().shared.find((shared) => shared.collection?.id === collection?.id && collection !== undefined)?.scope
