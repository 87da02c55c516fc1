import type { Result } from '../core/result.ts'
import type { Call } from '../engine/api.ts'
import type { Failure } from '../engine/failure.ts'
import type { OutboxApi } from '../engine/outbox/api.ts'
import type { SyncApi } from '../engine/sync/api.ts'
import type { NodesApi, NodesState } from '../hosts/nodes/api.ts'
import type { RelaysApi, RelaysState } from '../hosts/relays/api.ts'
import { liveView } from './live.ts'
import { toDocumentId, toOperationId, toPublicKey, toSchemaId } from './parse.ts'
import type {
  Nodes,
  NodesView,
  OutboxView,
  PeersState,
  PresenceView,
  Relays,
  RelaysView,
  SessionsState,
  Sync,
  SyncStatus,
} from './sync-types.ts'
import type { Live, LiveStatus } from './takibi-node.ts'
import { answerOf } from './unwrap.ts'

const loading = { status: 'loading' } as const
const ready = { status: 'ready' } as const

/** One view for all who ask: it watches while somebody subscribes to it. */
const viewOf = <Value, State extends LiveStatus>(
  initial: State,
  watch: (call: Call<Result<Value, Failure>>) => Promise<void>,
  next: (value: Value) => State,
): (() => Live<State>) => {
  const view = liveView<Value, State>({ initial, watch, next })
  return () => view
}

const nodesOf = (api: NodesApi, outbox: OutboxApi): Nodes => ({
  list: viewOf<NodesState, NodesView>(
    { ...loading, connecting: 'always', saving: 'auto', shortages: [], nodes: [] },
    api.watchNodes,
    (state) => ({ ...ready, ...state }),
  ),
  add: async ({ address, transportKey, token = '' }) =>
    answerOf(api.addNode({ address, transportKey: toPublicKey(transportKey), token })),
  pause: async (transportKey) => answerOf(api.pauseNode(toPublicKey(transportKey), true)),
  resume: async (transportKey) => answerOf(api.pauseNode(toPublicKey(transportKey), false)),
  remove: async (transportKey) => answerOf(api.removeNode(toPublicKey(transportKey))),
  setConnecting: async (connecting) => answerOf(api.setConnecting(connecting)),
  setSaving: async (saving) => answerOf(api.setSaving(saving)),
  connectNow: async () => answerOf(api.connectNow()),
  publishTo: async (url) => answerOf(outbox.addPublishTarget(url)),
  publishNoLongerTo: async (url) => answerOf(outbox.removePublishTarget(url)),
})

const relaysOf = (api: RelaysApi): Relays => ({
  list: viewOf<RelaysState, RelaysView>(
    { ...loading, servers: [], on: [], isLooking: false, reached: [] },
    api.watchRelays,
    (state) => ({
      ...ready,
      ...state,
    }),
  ),
  add: async (address) => answerOf(api.addServer(address)),
  remove: async (address) => answerOf(api.removeServer(address)),
  turnOn: async (schema) => answerOf(api.meetThroughRelays(toSchemaId(schema), true)),
  turnOff: async (schema) => answerOf(api.meetThroughRelays(toSchemaId(schema), false)),
})

/** Replication of an engine, the nodes its host connects with, and the relays it meets others through. */
export const syncOf = (api: SyncApi & OutboxApi, nodes: NodesApi, relays: RelaysApi): Sync => ({
  peers: viewOf<PeersState['peers'], PeersState>({ ...loading, peers: [] }, api.watchPeers, (peers) => ({
    ...ready,
    peers,
  })),
  sessions: viewOf<SessionsState['sessions'], SessionsState>(
    { ...loading, sessions: [] },
    api.watchSessions,
    (sessions) => ({ ...ready, sessions }),
  ),
  status: viewOf<SyncStatus['shared'], SyncStatus>({ ...loading, shared: [] }, api.watchShared, (shared) => ({
    ...ready,
    shared,
  })),
  presence: viewOf<PresenceView['present'], PresenceView>(
    { ...loading, present: [] },
    api.watchPresence,
    (present) => ({ ...ready, present }),
  ),
  sayPresence: async (schema, presence) => answerOf(api.sayPresence(toSchemaId(schema), presence)),
  heads: async (schema) => answerOf(api.heads(toSchemaId(schema))),
  withWhom: async (documents) => answerOf(api.documentStatus(documents.map(toDocumentId))),
  share: async (schema) => void (await answerOf(api.share(toSchemaId(schema)))),
  unshare: async (schema) => answerOf(api.unshare(toSchemaId(schema))),
  disconnect: async (peer) => answerOf(api.disconnect(peer)),
  outbox: viewOf<OutboxView['nodes'], OutboxView>({ ...loading, nodes: [] }, api.watchOutbox, (waiting) => ({
    ...ready,
    nodes: waiting,
  })),
  retryRefused: async (target, operation) =>
    answerOf(api.retryRefused(target, operation === undefined ? undefined : toOperationId(operation))),
  nodes: nodesOf(nodes, api),
  relays: relaysOf(relays),
})
