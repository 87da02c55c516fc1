import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { takibiNetworkId } from '../../core/transport-key/network-id.ts'
import type { Channel } from '../../ports/transport.ts'
import type { TransportKey } from '../../ports/transport-key.ts'
import type { Call } from '../api.ts'
import { attempt } from '../attempt.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { failureOf } from './failure.ts'
import type { HandshakeRole } from '../shake-hands.ts'
import type { AttachRole, Attached, Introduction, SyncApi, SyncHost } from './api.ts'
import { createAskedFor } from './asked-for.ts'
import type { Connection, ConnectionDeps } from './connection.ts'
import { type KnownHeights, headsTable } from './heads-table.ts'
import type * as LineParts from './line.ts'
import { readStoreId } from './peer-memory.ts'
import { type PeerRecord, createPeerRegistry } from './peer-registry.ts'
import { createPenalties } from './penalties.ts'
import { type Places, createPlaces } from './places.ts'
import { createPresences } from './presences.ts'
import { shareSchema, unshareSchema } from './share.ts'
import { type ScopeRecord, scopeOfSchema } from './shared-scopes.ts'
import { type SignalLink, createSignals } from './signals.ts'
import { documentStatuses, sharedScopes } from './status.ts'

/** One deadline for the whole handshake. */
const handshakeMs = 10_000
/** Handshakes that may be under way at once, and connections with those that wait for their handshake. */
const maxHandshakes = 32
const maxConnections = 256
/** Messages of entries that are read, judged and stored at once: each may hold hundreds, and what waits costs the bytes that came. */
const maxTaking = 4
/** A handshake that somebody else did not get through is no rule that its key broke: nobody has proved a key yet. */
const isBlameless = (failure: Failure): boolean =>
  /^(?:handshake|store|signer|call|dial)\//.test(failure.code) ||
  (failure.code.startsWith('linking/') && failure.code !== 'linking/interference') ||
  ['channel/cut-off', 'sync/silent', 'sync/hello-late', 'sync/backing-off'].includes(failure.code)

/** Replication, as one engine offers it. */
export type Sync = SyncApi & SyncHost & { readonly close: () => Promise<void> }

/** What speaks with peers, as it is loaded. */
export type Line = typeof LineParts
/** Rejects where the files of this program are gone, as after an update of its host. */
export const loadLine = (): Promise<Line> => import('./line.ts')

/** @param load resolves with what the first connection needs, and nothing before it */
export function createSync(deps: EngineDeps, agent: string, load = loadLine): Sync {
  const { store, clock, random, attention } = deps
  const registry = createPeerRegistry(clock)
  const penalties = createPenalties(clock)
  const askedFor = createAskedFor(clock)
  const connections = new Map<number, Connection>()
  const signals = createSignals(clock, () => void presences.announceAll().catch(() => undefined))
  const presences = createPresences({ deps, connections, signals: () => signals, load, onChange: registry.touch })
  const attached = new Map<number, Attached>()
  const handshakes = createPlaces(maxHandshakes)
  const taking = createPlaces(maxTaking)
  // Sharing is a change of schemas, here or in another tab.
  // So is who may do what, for who is there.
  deps.changes.subscribe(({ schemas, authority }) => (schemas || authority === true) && registry.touch())

  const secure = async (channel: Channel, role: HandshakeRole, transportKey: TransportKey, signal: AbortSignal) => {
    const line = await load()
    const storeId = await readStoreId(store, random)
    const terms = { networkId: takibiNetworkId, timeoutMs: handshakeMs }
    const secured = await line.openSecureChannel({ transportKey, clock, random }, channel, role, terms, signal)
    return { line, storeId, secured, own: await transportKey.publicKey() }
  }

  const enterHandshake = async (signal: AbortSignal): ReturnType<Places> => {
    const over = new AbortController()
    const patience = AbortSignal.any([signal, over.signal])
    clock.sleep(handshakeMs, patience).then(over.abort.bind(over), () => undefined)
    return handshakes(patience).finally(() => over.abort())
  }

  const connect = async (
    record: PeerRecord,
    channel: Channel,
    who: AttachRole,
    transportKey: TransportKey,
    introduction: Introduction,
    stands: (connection: Connection) => void,
    signal: AbortSignal,
  ): Promise<Failure | undefined> => {
    const tooMany = (): Failure => {
      channel.close()
      return { code: 'sync/too-many', what: 'connections', limit: maxConnections }
    }
    if (attached.size >= maxConnections) return tooMany()
    const until = who.role === 'client' ? penalties.until(who.server) : undefined
    if (until !== undefined) {
      channel.close()
      return { code: 'sync/backing-off', until }
    }
    const mayConnect = async (key: PublicKey): Promise<boolean> =>
      penalties.until(key) === undefined && (who.role === 'client' || who.client === undefined || who.client === key)
    const role: HandshakeRole = who.role === 'client' ? who : { role: 'server', mayConnect }
    // Many come at once where a node or a network comes back: each in its turn, as long as its own deadline lasts.
    const leave = await enterHandshake(signal)
    if (!leave) {
      signal.throwIfAborted()
      return tooMany()
    }
    const { line, storeId, secured, own } = await secure(channel, role, transportKey, signal).finally(leave)
    if (!secured.ok) return secured.error
    const { remoteKey } = secured.value
    const link: SignalLink = {
      own,
      remoteKey,
      scopes: () => connection.sessions.liveScopes(),
      say: (message) => connection.say(message),
    }
    const common: ConnectionDeps = {
      deps,
      registry,
      storeId,
      agent,
      askedFor,
      taking,
      onPresence: (message, served) => presences.hear(line, link, record.info.publicKey, message, served),
      onSignal: (message) => signals.take(message, link),
      onLive: (served) => presences.announce(served, remoteKey),
    }
    const side = who.role === 'client' ? 0 : 1
    const connection = line.runConnection(common, secured.value, side, record, introduction)
    stands(connection)
    connections.set(record.id, connection)
    signals.join(link)
    if (signal.aborted) connection.end()
    signal.addEventListener('abort', connection.end, { once: true })
    const failure = await connection.closed
    connections.delete(record.id)
    signals.leave(link)
    presences.leave(link)
    if (failure && !isBlameless(failure)) penalties.punish(connection.remoteKey)
    else if (!failure) penalties.forgive(connection.remoteKey)
    return failure
  }

  const attach: SyncHost['attach'] = (channel, who, transportKey, introduction = {}) => {
    const record = registry.open({ medium: channel.medium, isDialled: who.role === 'client' })
    const end = new AbortController()
    const signal = AbortSignal.any([deps.life, end.signal])
    let stands: (connection: Connection) => void = () => undefined
    let falls: (why: Failure | undefined) => void = () => undefined
    const standing = new Promise<Connection>((resolve, reject) => {
      stands = resolve
      falls = reject
    })
    const settle = async (): Promise<Failure | undefined> => {
      let failure: Failure | undefined
      try {
        failure = await connect(record, channel, who, transportKey, introduction, stands, signal)
      } catch (thrown) {
        channel.close()
        if (!signal.aborted) failure = failureOf(thrown)
      }
      attached.delete(record.id)
      falls(failure)
      registry.update(record, { state: 'closed', closedAt: clock.now(), ...(failure ? { failure } : {}) })
      return failure
    }
    // Whoever asks hears of it; mostly nobody does.
    standing.catch(() => undefined)
    const askHeads: Attached['askHeads'] = async (publicKey) => (await standing).askHeads(publicKey)
    const one: Attached = { id: record.id, closed: settle(), askHeads, close: () => end.abort() }
    attached.set(record.id, one)
    return one
  }

  const heightsOf = (scope: ScopeRecord): readonly KnownHeights[] =>
    registry.records().flatMap(({ id, info: { publicKey } }) => {
      const heights = connections.get(id)?.sessions.heightsIn(scope)
      return publicKey && heights ? [{ publicKey, heights }] : []
    })

  const report = <T>(call: Call<Result<T, Failure>>, look: () => Promise<T>): Promise<void> =>
    registry.watch(
      async () => {
        const seen = await attempt(async () => ok(await look()))
        if (!call.signal.aborted) call.report?.(seen)
      },
      AbortSignal.any([call.signal, deps.life]),
    )
  const shared = () => sharedScopes(store, deps.scopes, registry.records())

  return {
    attach,
    setVisible: attention.set,
    signals: signals.path,
    share: (schemaId) => attempt(() => shareSchema(deps, schemaId)),
    unshare: (schemaId) => attempt(() => unshareSchema(deps, schemaId)),
    shared: () => attempt(async () => ok(await shared())),
    documentStatus: (ids: readonly DocumentId[]) => attempt(async () => ok(await documentStatuses(store, ids))),
    peers: async () => ok(registry.peers()),
    sessions: async () => ok(registry.sessions()),
    heads: (schemaId) =>
      attempt(async () => {
        const scope = await scopeOfSchema(deps.schemas, schemaId)
        return scope.ok ? ok(await headsTable(store, scope.value, heightsOf(scope.value), deps.life)) : scope
      }),
    watchShared: (call) => report(call, shared),
    watchPeers: (call) => report(call, async () => registry.peers()),
    watchSessions: (call) => report(call, async () => registry.sessions()),
    disconnect: async (peer) => {
      const one = attached.get(peer)
      if (!one) return fail({ code: 'sync/peer-unknown', peer })
      one.close()
      await one.closed
      return ok(undefined)
    },
    sayPresence: (where, presence) => attempt(() => presences.say(where, presence)),
    watchPresence: (call) => report(call, presences.present),
    close: async () => {
      for (const one of attached.values()) one.close()
      await Promise.all([...attached.values()].map(({ closed }) => closed))
    },
  }
}
