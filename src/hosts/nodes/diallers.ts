import type { PublicKey } from '../../core/ids.ts'
import type { Store } from '../../ports/index.ts'
import { type DialDeps, type DialReport, type Dialling, dialNode } from './dial-node.ts'
import { type NodeRow, putNode, readNode } from './node-rows.ts'

/** How often a connection is looked at until the node has said which key it signs with. */
const lookMs = 500

/** How nodes are dialled: once or as long as it is wanted, to stay or for a moment. */
export type How = Pick<Dialling, 'isOnce' | 'isBurst'>

/** The nodes that this engine dials. */
export interface Diallers {
  /** Ends those that are dialled in another way, or are none of these; dials the others of these, where it may begin to. */
  readonly be: (nodes: readonly NodeRow[], how: How, mayBegin: boolean) => void
  /** Ends one. */
  readonly drop: (transportKey: PublicKey) => void
  /** Ends all. */
  readonly end: () => void
  /** Whoever waits need not wait any longer. */
  readonly nudge: () => void
  /** How each stands. */
  readonly reports: () => ReadonlyMap<PublicKey, DialReport>
}

interface Dialled extends How {
  readonly address: string
  readonly end: AbortController
}

/** @param tell called when something is different */
export function createDiallers(
  deps: DialDeps & { readonly store: Store },
  tell: () => void,
  life: AbortSignal,
): Diallers {
  const { store } = deps
  const dialled = new Map<PublicKey, Dialled>()
  const sleepers = new Set<() => void>()
  let reports: ReadonlyMap<PublicKey, DialReport> = new Map()

  const nudged = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      sleepers.add(resolve)
      signal.addEventListener('abort', () => sleepers.delete(resolve), { once: true })
    })
  const noteKey = async (transportKey: PublicKey, signal: AbortSignal): Promise<void> => {
    let publicKey: PublicKey | undefined
    while (publicKey === undefined) {
      await deps.clock.sleep(lookMs, signal)
      if (reports.get(transportKey)?.state !== 'connected') return
      const peers = await deps.peers()
      publicKey = peers.ok ? peers.value.findLast((peer) => peer.transportKey === transportKey)?.publicKey : undefined
    }
    const row = await readNode(store, transportKey)
    if (!row || row.publicKey === publicKey) return
    await putNode(store, { ...row, publicKey })
    tell()
  }
  const start = (node: NodeRow, how: How): void => {
    const end = new AbortController()
    const signal = AbortSignal.any([life, end.signal])
    dialled.set(node.transportKey, { address: node.address, ...how, end })
    const report = (said: DialReport): void => {
      if (end.signal.aborted) return
      reports = new Map(reports).set(node.transportKey, said)
      // What cannot be noted now is noted with the next connection.
      if (said.state === 'connected') noteKey(node.transportKey, signal).catch(() => undefined)
      tell()
    }
    dialNode(deps, node, { report, nudge: nudged, ...how }, signal)
      .catch(() => undefined)
      .finally(() => {
        if (dialled.get(node.transportKey)?.end === end) dialled.delete(node.transportKey)
      })
  }
  const drop = (transportKey: PublicKey): void => {
    dialled.get(transportKey)?.end.abort()
    dialled.delete(transportKey)
    reports = new Map([...reports].filter(([key]) => key !== transportKey))
  }

  return {
    be: (nodes, how, mayBegin) => {
      for (const [transportKey, { address, isOnce, isBurst }] of dialled) {
        const isSame = isOnce === how.isOnce && isBurst === how.isBurst
        if (!isSame || !nodes.some((node) => node.transportKey === transportKey && node.address === address))
          drop(transportKey)
      }
      for (const node of mayBegin ? nodes : []) if (!dialled.has(node.transportKey)) start(node, how)
    },
    drop,
    end: () => {
      for (const transportKey of dialled.keys()) drop(transportKey)
      reports = new Map()
    },
    nudge: () => {
      for (const wake of sleepers) wake()
      sleepers.clear()
    },
    reports: () => reports,
  }
}
