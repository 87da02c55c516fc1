import { type Result, ok } from '../../core/result.ts'
import type { Call } from '../../engine/api.ts'
import type { Failure } from '../../engine/failure.ts'
import type { PresentPeer } from '../../engine/sync/api.ts'
import type { Clock } from '../../ports/index.ts'
import type { TabBoard } from './board.ts'
import type { Parts, TabRow, ViewName, Views } from './tab-row.ts'

export type Watch<T> = (call: Call<Result<T, Failure>>) => Promise<void>
/** A watch of each view. */
export type Watches = { readonly [Name in ViewName]: Watch<Views[Name]> }

const viewNames: readonly ViewName[] = ['peers', 'sessions', 'shared', 'present']

const partsOf = (row: Partial<TabRow>): Parts => row

/** Who begins to watch waits so long for what the other tabs have to say: a tab that sleeps says nothing. */
const patienceMs = 250

/** One view of the parts that the tabs have of it. `newest`: the part that came last; all tabs read the same database. */
type Merge<T> = (parts: readonly T[], newest: T) => T

const merges: { readonly [Name in ViewName]: Merge<Views[Name]> } = {
  peers: (parts) => parts.flat().toSorted((a, b) => a.since - b.since || a.id - b.id),
  sessions: (parts) => parts.flat(),
  present: (parts) => {
    const last = new Map<string, PresentPeer>()
    for (const one of parts.flat().toSorted((a, b) => a.at - b.at)) last.set(`${one.scope} ${one.publicKey}`, one)
    return [...last.values()]
  },
  shared: (parts, newest) =>
    newest.map((scope) => ({
      ...scope,
      peers: parts.flat().flatMap(({ scope: name, peers }) => (name === scope.scope ? peers : [])),
    })),
}

/** Shows every tab the parts of all: tells the others the own part of a view while they want it, and watches theirs along with the own. */
export function joinViews(board: TabBoard<TabRow>, own: Watches, clock: Clock, life: AbortSignal): Watches {
  const telling = new Map<ViewName, AbortController>()
  const wanted = new Map<ViewName, number>()

  const tellOthers = (name: ViewName): void => {
    const end = new AbortController()
    telling.set(name, end)
    const signal = AbortSignal.any([end.signal, life])
    const report = (part: Result<Views[ViewName], Failure>): void => {
      if (part.ok && !signal.aborted) board.write({ [name]: part.value })
    }
    own[name]({ signal, report }).catch(() => undefined)
  }
  const follow = (): void => {
    for (const name of viewNames) {
      const isWanted = board.others().some(({ wants }) => wants.includes(name))
      if (isWanted === telling.has(name)) continue
      if (isWanted) tellOthers(name)
      else {
        telling.get(name)?.abort()
        telling.delete(name)
        board.write({ [name]: undefined })
      }
    }
  }
  board.subscribe((change) => 'wants' in change && follow())

  const want = (name: ViewName, more: 1 | -1): void => {
    const before = wanted.get(name) ?? 0
    wanted.set(name, before + more)
    if (before === 0 || before + more === 0)
      board.write({ wants: viewNames.filter((one) => (wanted.get(one) ?? 0) > 0) })
  }

  const joined =
    <Name extends ViewName>(name: Name): Watch<Views[Name]> =>
    async (call) => {
      const signal = AbortSignal.any([call.signal, life])
      let mine: Views[Name] | undefined
      let newest: Views[Name] | undefined
      let isPatient = true
      const show = (): void => {
        if (mine === undefined || newest === undefined || signal.aborted) return
        const theirs = board.others().map((row) => partsOf(row)[name])
        if (isPatient && theirs.includes(undefined)) return
        const parts = [mine, ...theirs.filter((part) => part !== undefined)]
        call.report?.(ok(merges[name](parts, newest)))
      }
      const leave = board.subscribe((change, isGone) => {
        if (!(name in change)) return
        if (!isGone) newest = partsOf(change)[name] ?? newest
        show()
      })
      want(name, 1)
      const losePatience = async (): Promise<void> => {
        await clock.sleep(patienceMs, signal)
        isPatient = false
        show()
      }
      losePatience().catch(() => undefined)
      const report = (part: Result<Views[Name], Failure>): void => {
        if (!part.ok) return call.report?.(part)
        mine = newest = part.value
        show()
      }
      try {
        await own[name]({ signal, report })
      } finally {
        leave()
        want(name, -1)
      }
    }
  return { peers: joined('peers'), sessions: joined('sessions'), shared: joined('shared'), present: joined('present') }
}
