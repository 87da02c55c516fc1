import type { PublicKey } from '../../core/ids.ts'
import type { Call } from '../../engine/api.ts'
import type { PeerInfo, SyncApi, SyncHost } from '../../engine/sync/api.ts'
import type { Log, TransportKey } from '../../ports/index.ts'
import type { NodesApi } from '../nodes/api.ts'
import { connectsUnasked } from '../nodes/saving.ts'
import type { DirectApi, DirectNews } from './api.ts'

export interface DirectDeps {
  readonly host: Pick<SyncHost, 'signals'>
  /** Of all tabs: nobody is connected with twice, and what went with another tab is made anew. */
  readonly peers: Pick<SyncApi, 'peers' | 'watchPeers'>
  /** Whether connections may come about by themselves. */
  readonly nodes: Pick<NodesApi, 'watchNodes'>
  readonly transportKey: TransportKey
  readonly log: Log
}

type News = DirectNews extends infer N ? (N extends DirectNews ? Omit<N, 'own'> : never) : never

const isDirect = ({ medium, state }: PeerInfo): boolean => medium === 'webrtc' && state === 'ready'

/** Tells which direct connections came, and which devices have none any more. */
function directChanges(tell: (news: News) => void): (peers: readonly PeerInfo[]) => void {
  let known: readonly PeerInfo[] = []
  return (peers) => {
    const direct = peers.filter(isDirect)
    for (const { id, transportKey: key } of direct)
      if (key && !known.some((peer) => peer.id === id)) tell({ say: 'linked', key })
    for (const { id, transportKey: key } of known)
      if (key && !direct.some(({ transportKey }) => transportKey === key)) {
        // One that is not even known any more went with its tab.
        const last = peers.find((peer) => peer.id === id)
        tell({ say: 'left', key, isLost: last === undefined || last.failure !== undefined })
      }
    known = direct
  }
}

/** The engine's part in direct connections: it carries signals, seals and opens them, and sees which connections stand. */
export function serveDirect({ host, peers, nodes, transportKey, log }: DirectDeps, life: AbortSignal): DirectApi {
  const watch = async (call: Call<DirectNews>): Promise<void> => {
    const signal = AbortSignal.any([call.signal, life])
    // The key is made when the first peer is near; what happens is told in its order all the same.
    const tell = (news: News): void =>
      void transportKey.publicKey().then(
        (own) => signal.aborted || call.report?.({ own, ...news }),
        (thrown: unknown) => log.warn('Nobody can be met directly', { thrown }),
      )
    const open = async (from: PublicKey, sealed: Uint8Array): Promise<void> => {
      const plain = await transportKey.unseal(from, sealed, signal)
      if (plain) tell({ say: 'signal', key: from, plain })
    }
    /** Who is connected directly says so over that connection, too, and before watchers are told of it. */
    const hear = async (key: PublicKey): Promise<void> => {
      const seen = await peers.peers()
      if (seen.ok && !seen.value.some((peer) => isDirect(peer) && peer.transportKey === key))
        tell({ say: 'present', key })
    }
    let stop: (() => void) | undefined
    const beOn = (isOn: boolean): void => {
      if (isOn === (stop !== undefined)) return
      stop?.()
      stop = undefined
      if (!isOn) return tell({ say: 'off' })
      stop = host.signals.listen({
        onPresent: (key) => void hear(key),
        // A key that is none, or a signer that is gone: nothing comes of it.
        onSignal: (from, sealed) => void open(from, sealed).catch(() => undefined),
      })
    }
    signal.addEventListener('abort', () => stop?.(), { once: true })
    const see = directChanges(tell)
    await Promise.all([
      nodes.watchNodes({ signal, report: (state) => state.ok && beOn(connectsUnasked(state.value)) }),
      peers.watchPeers({ signal, report: (seen) => seen.ok && see(seen.value) }),
    ])
  }
  return {
    watchDirect: watch,
    sendSignal: async (to, plain) => host.signals.send(to, await transportKey.seal(to, plain, life)),
  }
}
