import type { PublicKey } from '../../core/ids.ts'
import { isNodeAddress } from '../../core/meeting/node-address.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Call } from '../../engine/api.ts'
import { attempt } from '../../engine/attempt.ts'
import type { Failure } from '../../engine/failure.ts'
import type { Broadcast, Locks, Store } from '../../ports/index.ts'
import type { Shortage } from '../page-state.ts'
import type { NodesApi, NodesState } from './api.ts'
import { type DialDeps, type DialReport, type Dialling, dialNode } from './dial-node.ts'
import {
  type NodeRow,
  deleteNode,
  putConnecting,
  putNode,
  putSaving,
  readConnecting,
  readNode,
  readNodes,
  readSaving,
} from './node-rows.ts'

export interface NodesDeps extends DialDeps {
  readonly store: Store
  readonly locks: Locks
  readonly broadcast: Broadcast
  readonly database: string
}

/** By then a node has said which key it signs with. */
const helloMs = 5_000
/** Somebody who comes and goes is no reason to dial each time. */
const comeBackMs = 60_000

/** Between the tabs of a database: one of them dials for all. */
type Word =
  /** Rows have changed, or somebody came and wants to know how things stand. */
  | { readonly say: 'look' }
  | { readonly say: 'connect' }
  /** Somebody looks at the app again. */
  | { readonly say: 'back' }
  | { readonly say: 'reports'; readonly reports: readonly (readonly [PublicKey, DialReport])[] }

/** Nodes as they are kept, for the host that keeps them. */
export interface KeptNodes {
  readonly api: NodesApi
  /** A network came back: whoever waits need not wait any longer. */
  readonly nudge: () => void
  /** Whether somebody can see this tab; who comes back need not wait any longer. */
  readonly setVisible: (isVisible: boolean) => void
  /** The page was put aside, or brought back: meanwhile another tab may dial. */
  readonly setAway: (isAway: boolean) => void
  readonly setShortages: (shortages: readonly Shortage[]) => void
}

/** One node being dialled by this engine. */
interface Dialled extends How {
  readonly address: string
  readonly end: AbortController
}
type How = Pick<Dialling, 'isOnce' | 'isBurst'>

/**
 * Connects to the nodes that a person chose, and to nobody else. Of several engines on one database one does so, the first that comes; when
 * it ends, the next. All of them tell how things stand, and take orders.
 */
export function keepNodes(deps: NodesDeps, life: AbortSignal): KeptNodes {
  const { store, locks, broadcast, database } = deps
  const watchers = new Set<() => void>()
  const dialled = new Map<PublicKey, Dialled>()
  const sleepers = new Set<() => void>()
  let reports: ReadonlyMap<PublicKey, DialReport> = new Map()
  let isDialler = false
  let shortages: readonly Shortage[] = []
  let cameBackAt = -Infinity
  let isVisible = true

  const touch = (): void => {
    for (const watcher of watchers) watcher()
  }
  const post = (word: Word): void => broadcast.post(word)
  const tell = (): void => {
    if (isDialler) post({ say: 'reports', reports: [...reports] })
    touch()
  }
  const nudge = (): void => {
    for (const wake of sleepers) wake()
    sleepers.clear()
  }
  const nudged = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      sleepers.add(resolve)
      signal.addEventListener('abort', () => sleepers.delete(resolve), { once: true })
    })

  const noteKey = async (transportKey: PublicKey): Promise<void> => {
    const peers = await deps.peers()
    const peer = peers.ok ? peers.value.findLast((candidate) => candidate.transportKey === transportKey) : undefined
    const row = await readNode(store, transportKey)
    if (row && peer?.publicKey && row.publicKey !== peer.publicKey)
      await putNode(store, { ...row, publicKey: peer.publicKey })
  }
  const noteKeySoon = (transportKey: PublicKey, signal: AbortSignal): Promise<void> =>
    deps.clock
      .sleep(helloMs, signal)
      .then(() => noteKey(transportKey))
      .then(touch)
      .catch(() => undefined)
  const start = (node: NodeRow, how: How): void => {
    const end = new AbortController()
    const signal = AbortSignal.any([life, end.signal])
    dialled.set(node.transportKey, { address: node.address, ...how, end })
    const report = (said: DialReport): void => {
      if (end.signal.aborted) return
      reports = new Map(reports).set(node.transportKey, said)
      if (said.state === 'connected') void noteKeySoon(node.transportKey, signal)
      tell()
    }
    dialNode(deps, node, { report, nudge: nudged, ...how }, signal)
      .catch(() => undefined)
      .finally(() => {
        if (dialled.get(node.transportKey)?.end === end) dialled.delete(node.transportKey)
      })
  }
  const stop = (transportKey: PublicKey): void => {
    dialled.get(transportKey)?.end.abort()
    dialled.delete(transportKey)
    reports = new Map([...reports].filter(([key]) => key !== transportKey))
  }

  /** Makes what is dialled what the rows say. `isAsked`: somebody wants a connection now. */
  const follow = async (isAsked = false): Promise<void> => {
    if (!isDialler || life.aborted) return
    const [connecting, saving, nodes] = await Promise.all([readConnecting(store), readSaving(store), readNodes(store)])
    const isBurst = saving === 'always' || (saving === 'auto' && shortages.length > 0)
    const how: How = { isOnce: connecting === 'asked', isBurst }
    const wanted = nodes.filter(({ isPaused }) => !isPaused)
    for (const [transportKey, { address, isOnce, ...as }] of dialled) {
      const isSame = isOnce === how.isOnce && as.isBurst === isBurst
      if (!isSame || !wanted.some((node) => node.transportKey === transportKey && node.address === address))
        stop(transportKey)
    }
    for (const node of wanted) if (!dialled.has(node.transportKey) && (!how.isOnce || isAsked)) start(node, how)
    if (isAsked) nudge()
    tell()
  }
  const comeBack = (): void => {
    if (!isDialler) return post({ say: 'back' })
    if (deps.clock.now() - cameBackAt < comeBackMs) return
    cameBackAt = deps.clock.now()
    nudge()
  }
  /** What cannot be read now is looked at again with the next word. */
  const followSoon = (isAsked = false): void => {
    follow(isAsked)
      .then(touch)
      .catch(() => undefined)
  }
  const look = async (isAsked = false): Promise<void> => {
    if (isDialler) await follow(isAsked)
    else post({ say: isAsked ? 'connect' : 'look' })
    touch()
  }

  broadcast.subscribe((message) => {
    const word = message as Word
    if (word.say === 'reports' && !isDialler) {
      reports = new Map(word.reports)
      touch()
    }
    if (word.say === 'look') followSoon()
    if (word.say === 'connect') followSoon(true)
    if (word.say === 'back' && isDialler) comeBack()
  })
  const dialForAll = async (here: AbortSignal): Promise<void> => {
    isDialler = true
    reports = new Map()
    // What cannot be read now is looked at again with the next word.
    await follow().catch(() => undefined)
    await new Promise<void>((resolve) => here.addEventListener('abort', () => resolve(), { once: true }))
    isDialler = false
    for (const transportKey of dialled.keys()) stop(transportKey)
  }
  /** Dials as soon as nobody else on this database does, until the page is put aside. */
  const dialWhileHere = (): AbortController => {
    const left = new AbortController()
    const here = AbortSignal.any([life, left.signal])
    locks.hold(`takibi/${database}/dial`, () => dialForAll(here), here).catch(() => undefined)
    return left
  }
  let leaving: AbortController | undefined = dialWhileHere()
  post({ say: 'look' })

  const state = async (): Promise<NodesState> => ({
    connecting: await readConnecting(store),
    saving: await readSaving(store),
    shortages,
    nodes: (await readNodes(store)).map((row) => {
      const { state: now = 'off', failure, nextAt } = reports.get(row.transportKey) ?? {}
      return {
        ...row,
        state: row.isPaused ? 'off' : now,
        ...(failure && { failure }),
        ...(nextAt !== undefined && { nextAt }),
      }
    }),
  })
  const change = (body: () => Promise<void>): Promise<Result<void, Failure>> =>
    attempt(async () => {
      await body()
      await look()
      return ok(undefined)
    })

  return {
    nudge,
    setVisible: (now) => {
      if (now && !isVisible) comeBack()
      isVisible = now
    },
    setAway: (isAway) => {
      if (isAway) leaving?.abort()
      leaving = isAway ? undefined : (leaving ?? dialWhileHere())
    },
    setShortages: (now) => {
      if (now.join() === shortages.join()) return
      shortages = now
      followSoon()
      touch()
    },
    api: {
      addNode: async ({ address, transportKey }) => {
        if (!isNodeAddress(address)) return fail({ code: 'dial/unsupported', address })
        return change(async () => {
          stop(transportKey)
          await putNode(store, { address, transportKey, isPaused: false, addedAt: deps.clock.now() })
        })
      },
      pauseNode: (transportKey, isPaused) =>
        change(async () => {
          const row = await readNode(store, transportKey)
          if (row) await putNode(store, { ...row, isPaused })
        }),
      removeNode: (transportKey) => change(() => deleteNode(store, transportKey)),
      setConnecting: (connecting) => change(() => putConnecting(store, connecting)),
      setSaving: (saving) => change(() => putSaving(store, saving)),
      connectNow: () =>
        attempt(async () => {
          await look(true)
          return ok(undefined)
        }),
      watchNodes: (call) => watch(watchers, state, call, life),
    },
  }
}

/** Reports the state now, and again after it was touched; one report at a time. */
async function watch(
  watchers: Set<() => void>,
  state: () => Promise<NodesState>,
  call: Call<Result<NodesState, Failure>>,
  life: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([call.signal, life])
  let isTouched = true
  let wake = (): void => undefined
  const touch = (): void => {
    isTouched = true
    wake()
  }
  watchers.add(touch)
  signal.addEventListener('abort', touch, { once: true })
  while (!signal.aborted) {
    isTouched = false
    const now = await attempt(async () => ok(await state()))
    if (!signal.aborted) call.report?.(now)
    if (!isTouched)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  watchers.delete(touch)
}
