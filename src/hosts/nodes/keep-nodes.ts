import type { PublicKey } from '../../core/ids.ts'
import { isNodeAddress } from '../../core/meeting/node-address.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Call, EngineApi } from '../../engine/api.ts'
import type { Failure } from '../../engine/failure.ts'
import type { Broadcast, Locks, Store } from '../../ports/index.ts'
import type { Connecting, NodesApi, NodesState } from './api.ts'
import { type DialDeps, type DialReport, dialNode } from './dial-node.ts'
import { type NodeRow, deleteNode, putConnecting, putNode, readConnecting, readNode, readNodes } from './node-rows.ts'

export interface NodesDeps extends DialDeps {
  readonly peers: EngineApi['peers']
  readonly store: Store
  readonly locks: Locks
  readonly broadcast: Broadcast
  readonly database: string
}

/** By then a node has said which key it signs with. */
const helloMs = 5_000

/** Between the tabs of a database: one of them dials for all. */
type Word =
  /** Rows have changed, or somebody came and wants to know how things stand. */
  | { readonly say: 'look' }
  | { readonly say: 'connect' }
  | { readonly say: 'reports'; readonly reports: readonly (readonly [PublicKey, DialReport])[] }

export interface Nodes extends NodesApi {
  /** A network came back: whoever waits need not wait any longer. */
  readonly nudge: () => void
}

/** One node being dialled by this engine. */
interface Dialling {
  readonly address: string
  readonly end: AbortController
}

/**
 * Connects to the nodes that a person chose, and to nobody else. Of several engines on one database one does so, the first that comes; when
 * it ends, the next. All of them tell how things stand, and take orders.
 */
export function keepNodes(deps: NodesDeps, life: AbortSignal): Nodes {
  const { store, locks, broadcast, database } = deps
  const watchers = new Set<() => void>()
  const dialled = new Map<PublicKey, Dialling>()
  const sleepers = new Set<() => void>()
  let reports: ReadonlyMap<PublicKey, DialReport> = new Map()
  let isDialler = false

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
  const start = (node: NodeRow, isOnce: boolean): void => {
    const end = new AbortController()
    const signal = AbortSignal.any([life, end.signal])
    dialled.set(node.transportKey, { address: node.address, end })
    const report = (said: DialReport): void => {
      if (end.signal.aborted) return
      reports = new Map(reports).set(node.transportKey, said)
      if (said.state === 'connected') void noteKeySoon(node.transportKey, signal)
      tell()
    }
    dialNode(deps, node, { report, nudge: nudged, isOnce }, signal)
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
    const connecting = await readConnecting(store)
    const wanted = (await readNodes(store)).filter(({ isPaused }) => !isPaused)
    for (const [transportKey, { address }] of dialled)
      if (!wanted.some((node) => node.transportKey === transportKey && node.address === address)) stop(transportKey)
    for (const node of wanted)
      if (!dialled.has(node.transportKey) && (connecting === 'always' || isAsked)) start(node, connecting === 'asked')
    if (isAsked) nudge()
    tell()
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
  })
  const dialForAll = async (): Promise<void> => {
    isDialler = true
    reports = new Map()
    await follow()
    await new Promise<void>((resolve) => life.addEventListener('abort', () => resolve(), { once: true }))
  }
  locks.hold(`takibi/${database}/dial`, dialForAll, life).catch(() => undefined)
  post({ say: 'look' })

  const state = async (): Promise<NodesState> => ({
    connecting: await readConnecting(store),
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
  const change = async (body: () => Promise<void>): Promise<Result<void, Failure>> => {
    try {
      await body()
      await look()
      return ok(undefined)
    } catch (thrown) {
      if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) return fail(thrown as Failure)
      throw thrown
    }
  }

  return {
    nudge,
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
    setConnecting: (connecting: Connecting) =>
      change(async () => {
        await putConnecting(store, connecting)
        // What dials for ever is not what dials once.
        if (isDialler) for (const transportKey of dialled.keys()) stop(transportKey)
      }),
    connectNow: async () => {
      await look(true)
      return ok(undefined)
    },
    watchNodes: (call) => watch(watchers, state, call, life),
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
    call.report?.(ok(await state()))
    if (!isTouched)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  watchers.delete(touch)
}
