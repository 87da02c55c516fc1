import { type Result, fail, ok } from '../../core/result.ts'
import type { Failure } from '../../engine/failure.ts'
import type { PresenceState, SyncApi, SyncHost } from '../../engine/sync/api.ts'
import type { Clock, Random } from '../../ports/index.ts'
import { type BoardPorts, joinBoard } from './board.ts'
import { type Watch, type Watches, joinViews } from './join-views.ts'
import { type Doing, numbersPerTab, type TabRow } from './tab-row.ts'

export interface TabsDeps extends BoardPorts {
  readonly engine: SyncApi & Pick<SyncHost, 'setVisible'>
  readonly clock: Clock
  readonly random: Random
}

type Joined = Pick<
  SyncApi,
  | 'peers'
  | 'sessions'
  | 'shared'
  | 'watchPeers'
  | 'watchSessions'
  | 'watchShared'
  | 'watchPresence'
  | 'disconnect'
  | 'sayPresence'
>

/** What the tabs of one database have in common. */
export interface Tabs {
  /** What an engine says of its connections, said of the connections of all tabs, numbered the same in each. */
  readonly sync: Joined
  /** Whether somebody can see this tab. The engine rests when nobody sees any. */
  readonly setVisible: (isVisible: boolean) => void
}

/** Orders that are kept in the row: their readers may come late, not that late. */
const keptEnds = 20

/** 32 random bits, so that no two tabs number alike. */
const firstNumber = (random: Random): number => {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4)
  return (((a * 256 + b) * 256 + c) * 256 + d) * numbersPerTab
}

/** A view with its connections numbered from another number on. */
const numbered =
  <T>(watch: Watch<T>, number: (view: T) => T): Watch<T> =>
  ({ signal, report }) =>
    watch({ signal, report: (view) => report?.(view.ok ? ok(number(view.value)) : view) })

const ownWatches = (engine: SyncApi, first: number): Watches => ({
  peers: numbered(engine.watchPeers, (peers) => peers.map((peer) => ({ ...peer, id: first + peer.id }))),
  sessions: numbered(engine.watchSessions, (sessions) => sessions.map((one) => ({ ...one, peer: first + one.peer }))),
  shared: numbered(engine.watchShared, (shared) =>
    shared.map((scope) => ({ ...scope, peers: scope.peers.map((one) => ({ ...one, peer: first + one.peer })) })),
  ),
  present: engine.watchPresence,
})

/** What a watch reports first; a watch that ends before was ended along with its engine. */
const firstOf = async <T>(watch: Watch<T>): Promise<Result<T, Failure>> => {
  const end = new AbortController()
  const ended: Result<T, Failure> = fail({ code: 'store/closed' })
  return new Promise<Result<T, Failure>>((resolve, reject) => {
    watch({ signal: end.signal, report: resolve }).then(() => resolve(ended), reject)
  }).finally(() => end.abort())
}

/**
 * Joins the tabs of a database: connections lie with the tab that made them, for a WebRTC connection cannot move, and every tab shows all of them,
 * live, ends any of them, and says on all of them what its person does.
 */
export function joinTabs({ engine, clock, random, ...ports }: TabsDeps, life: AbortSignal): Tabs {
  const first = firstNumber(random)
  let ends: readonly number[] = []
  let own: readonly Doing[] = []
  /** What the engine was told last, by where it is. */
  const told = new Map<Doing['where'], PresenceState | undefined>()
  let isVisible = true
  const board = joinBoard<TabRow>(ports, String(first), { first, isVisible, wants: [], ends, doing: [] }, life)
  const views = joinViews(board, ownWatches(engine, first), clock, life)

  const isOwn = (peer: number): boolean => peer > first && peer <= first + numbersPerTab
  const disconnect = async (peer: number): Promise<Result<void, Failure>> => {
    const isTheirs = board.others().some((row) => peer > row.first && peer <= row.first + numbersPerTab)
    if (!isTheirs) return engine.disconnect(isOwn(peer) ? peer - first : peer)
    ends = [...ends, peer].slice(-keptEnds)
    board.write({ ends })
    return ok(undefined)
  }
  const endForOthers = (peers: readonly number[]): void => {
    for (const peer of peers) if (isOwn(peer)) engine.disconnect(peer - first).catch(() => undefined)
  }

  /** What was said last in any tab, of those that do something there. */
  const lastSaid = (where: Doing['where']): PresenceState | undefined =>
    [...own, ...board.others().flatMap(({ doing }) => doing)]
      .filter((doing) => doing.where === where && doing.presence)
      .toSorted((a, b) => a.at - b.at)
      .at(-1)?.presence
  const sayHere = async (where: Doing['where']): Promise<Result<void, Failure>> => {
    const presence = lastSaid(where)
    told.set(where, presence)
    return engine.sayPresence(where, presence)
  }
  const sayForOthers = (doing: readonly Doing[]): void => {
    for (const { where } of doing) if (told.get(where) !== lastSaid(where)) sayHere(where).catch(() => undefined)
  }

  const rest = (): void => engine.setVisible(isVisible || board.others().some((row) => row.isVisible))
  board.subscribe((change, isGone) => {
    if (change.isVisible !== undefined) rest()
    if (change.ends && !isGone) endForOthers(change.ends)
    if (change.doing) sayForOthers(change.doing)
  })

  return {
    sync: {
      peers: () => firstOf(views.peers),
      sessions: () => firstOf(views.sessions),
      shared: () => firstOf(views.shared),
      watchPeers: views.peers,
      watchSessions: views.sessions,
      watchShared: views.shared,
      watchPresence: views.present,
      disconnect,
      sayPresence: async (where, presence) => {
        const doing: Doing = { where, presence, at: clock.now() }
        own = [...own.filter((one) => one.where !== where), doing]
        board.write({ doing: own })
        return sayHere(where)
      },
    },
    setVisible: (now) => {
      if (now === isVisible) return
      isVisible = now
      board.write({ isVisible })
      rest()
    },
  }
}
