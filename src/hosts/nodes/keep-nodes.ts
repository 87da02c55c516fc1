import type { PublicKey } from '../../core/ids.ts'
import { isNodeAddress } from '../../core/meeting/node-address.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { attempt } from '../../engine/attempt.ts'
import type { Failure } from '../../engine/failure.ts'
import type { Broadcast, Locks, Store } from '../../ports/index.ts'
import type { Shortage } from '../page-state.ts'
import { inOneOfAll } from '../tabs/one-of-all.ts'
import { watched } from '../watched.ts'
import type { NodesApi, NodesState } from './api.ts'
import type { DialDeps, DialReport } from './dial-node.ts'
import { createDiallers } from './diallers.ts'
import {
  deleteNode,
  putConnecting,
  putNode,
  putSaving,
  readConnecting,
  readNode,
  readNodes,
  readSaving,
} from './node-rows.ts'
import { isSaving } from './saving.ts'

export interface NodesDeps extends DialDeps {
  readonly store: Store
  readonly locks: Locks
  readonly broadcast: Broadcast
  readonly database: string
}

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

/**
 * Connects to the nodes that a person chose, and to nobody else. Of several engines on one database one does so, the first that comes; when
 * it ends, the next. All of them tell how things stand, and take orders.
 */
export function keepNodes(deps: NodesDeps, life: AbortSignal): KeptNodes {
  const { store, broadcast } = deps
  const state = watched()
  const post = (word: Word): void => broadcast.post(word)
  /** As the tab that dials told them. */
  let told: ReadonlyMap<PublicKey, DialReport> = new Map()
  let isDialler = false
  let shortages: readonly Shortage[] = []
  let cameBackAt = -Infinity
  let isVisible = true

  const tell = (): void => {
    if (isDialler) post({ say: 'reports', reports: [...diallers.reports()] })
    state.touch()
  }
  const diallers = createDiallers(deps, tell, life)

  /** Makes what is dialled what the rows say. `isAsked`: somebody wants a connection now. */
  const follow = async (isAsked = false): Promise<void> => {
    const [connecting, saving, nodes] = await Promise.all([readConnecting(store), readSaving(store), readNodes(store)])
    if (!isDialler || life.aborted) return
    const isOnce = connecting === 'asked'
    const isBurst = isSaving({ saving, shortages })
    const wanted = nodes.filter(({ isPaused }) => !isPaused)
    diallers.be(wanted, { isOnce, isBurst }, !isOnce || isAsked)
    if (isAsked) diallers.nudge()
    tell()
  }
  /** What cannot be read now is looked at again with the next word. */
  const followSoon = (isAsked = false): void => void follow(isAsked).catch(() => undefined)
  const look = async (isAsked = false): Promise<void> => {
    if (isDialler) await follow(isAsked)
    else post({ say: isAsked ? 'connect' : 'look' })
    state.touch()
  }
  const comeBack = (): void => {
    if (!isDialler) return post({ say: 'back' })
    if (deps.clock.now() - cameBackAt < comeBackMs) return
    cameBackAt = deps.clock.now()
    diallers.nudge()
  }
  const hear = (word: Word): void => {
    if (word.say === 'reports') told = new Map(word.reports)
    if (isDialler && word.say === 'look') followSoon()
    if (isDialler && word.say === 'connect') followSoon(true)
    if (isDialler && word.say === 'back') comeBack()
    state.touch()
  }
  broadcast.subscribe((message) => hear(message as Word))

  const dialForAll = async (here: AbortSignal): Promise<void> => {
    isDialler = true
    followSoon()
    await new Promise<void>((resolve) => here.addEventListener('abort', () => resolve(), { once: true }))
    isDialler = false
    told = new Map()
    diallers.end()
  }
  const setAway = inOneOfAll(deps.locks, `takibi/${deps.database}/dial`, dialForAll, life)
  post({ say: 'look' })

  const now = async (): Promise<NodesState> => ({
    connecting: await readConnecting(store),
    saving: await readSaving(store),
    shortages,
    nodes: (await readNodes(store)).map((row) => {
      const reports = isDialler ? diallers.reports() : told
      const { state: stands = 'off', failure, nextAt } = reports.get(row.transportKey) ?? {}
      return {
        ...row,
        state: row.isPaused ? 'off' : stands,
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
  const api: NodesApi = {
    addNode: async ({ address, transportKey, token = '' }) => {
      if (!isNodeAddress(address)) return fail({ code: 'dial/unsupported', address })
      return change(async () => {
        diallers.drop(transportKey)
        const said = token === '' ? {} : { token }
        await putNode(store, { address, transportKey, ...said, isPaused: false, addedAt: deps.clock.now() })
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
    watchNodes: ({ signal, report }) =>
      state.watch(
        async () => {
          const seen = await attempt(async () => ok(await now()))
          if (!signal.aborted) report?.(seen)
        },
        AbortSignal.any([signal, life]),
      ),
  }

  return {
    api,
    nudge: diallers.nudge,
    setVisible: (isSeen) => {
      if (isSeen && !isVisible) comeBack()
      isVisible = isSeen
    },
    setAway,
    setShortages: (short) => {
      if (short.join() === shortages.join()) return
      shortages = short
      followSoon()
      state.touch()
    },
  }
}
