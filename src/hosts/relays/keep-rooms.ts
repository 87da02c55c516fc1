import { meetingRoomOf } from '../../core/meeting/room.ts'
import { serverKind } from '../../core/meeting/server-address.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { attempt } from '../../engine/attempt.ts'
import type { Failure } from '../../engine/failure.ts'
import type { SharedScope, SyncApi } from '../../engine/sync/api.ts'
import type { Broadcast, Clock, Locks, Store } from '../../ports/index.ts'
import { readConnecting, readSaving } from '../nodes/node-rows.ts'
import { connectsUnasked } from '../nodes/saving.ts'
import type { Shortage } from '../page-state.ts'
import type { RelaysApi, RelaysState, Rooms, RoomsApi } from './api.ts'
import { deleteOn, putOn, putServers, readOn, readServers } from './relay-rows.ts'
import { inOneOfAll } from '../tabs/one-of-all.ts'
import { watched } from '../watched.ts'

export interface RoomsDeps {
  readonly sync: Pick<SyncApi, 'shared' | 'watchShared'>
  readonly store: Store
  readonly locks: Locks
  readonly broadcast: Broadcast
  readonly clock: Clock
  readonly database: string
}

/** Somebody who wants to be asked was: so long this device looks for others. */
const askedMs = 5 * 60_000
/** More relays than that add noise, not ways. */
const maxServers = 16

const nowhere: Rooms = { rooms: [], relays: [], stun: [] }

/** Between the tabs of a database: one of them goes to the rooms, for all. */
type Word =
  | { readonly say: 'look' }
  | { readonly say: 'connect' }
  | { readonly say: 'looking'; readonly looking: Looking }

/** How it goes in the tab that is in the rooms. */
type Looking = Pick<RelaysState, 'isLooking' | 'reached'>
const resting: Looking = { isLooking: false, reached: [] }

export interface KeptRooms {
  readonly api: RelaysApi & RoomsApi
  /** The person asked for connections now. */
  readonly connectRooms: () => void
  /** Whether connections are made by themselves may have changed. */
  readonly lookAgain: () => void
  /** The browser has put the page aside: another tab may go to the rooms. */
  readonly setAway: (isAway: boolean) => void
  /** What the device is short on: then nobody is looked for by itself. */
  readonly setShortages: (shortages: readonly Shortage[]) => void
}

/**
 * Says where others are to be looked for: in the rooms of what is shared and was switched on, through the servers that a person named. Of
 * several engines on one database one says so, the first that comes; when it ends, the next.
 */
export function keepRooms(deps: RoomsDeps, life: AbortSignal): KeptRooms {
  const { sync, store, locks, broadcast, clock } = deps
  const changes = watched()
  let isLead = false
  let askedUntil = 0
  let shared: readonly SharedScope['scope'][] = []
  let shortages: readonly Shortage[] = []
  let looking = resting

  /** As long as somebody wants to be asked, or to save, they have to ask. */
  const isWanted = async (): Promise<boolean> => {
    if (clock.now() < askedUntil) return true
    const [connecting, saving] = await Promise.all([readConnecting(store), readSaving(store)])
    return connectsUnasked({ connecting, saving, shortages })
  }
  const rooms = async (): Promise<Rooms> => {
    const [servers, on] = await Promise.all([readServers(store), readOn(store)])
    const relays = servers.filter((server) => serverKind(server) === 'relay')
    const open = on.filter(({ scope }) => shared.includes(scope))
    if (!isLead || relays.length === 0 || open.length === 0 || !(await isWanted())) return nowhere
    const stun = servers.filter((server) => serverKind(server) === 'stun')
    return { rooms: open.map(({ scope }) => meetingRoomOf(scope)), relays, stun }
  }
  const connect = (): void => {
    if (!isLead) return
    askedUntil = clock.now() + askedMs
    changes.touch()
    clock.sleep(askedMs, life).then(changes.touch, () => undefined)
  }
  const follow = async (scopes: readonly SharedScope[]): Promise<void> => {
    const names = scopes.map(({ scope }) => scope)
    if (names.length === shared.length && names.every((name) => shared.includes(name))) return
    shared = names
    // Who shares it again later starts as everybody does: switched off.
    for (const { scope } of await readOn(store)) if (!names.includes(scope)) await deleteOn(store, scope)
    changes.touch()
  }
  /** Says to all tabs how it goes, where that has changed. */
  const tell = (now: Looking): void => {
    if (now.isLooking === looking.isLooking && now.reached.join() === looking.reached.join()) return
    looking = now
    broadcast.post({ say: 'looking', looking } satisfies Word)
    changes.touch()
  }
  const lead = async (here: AbortSignal): Promise<void> => {
    isLead = true
    changes.touch()
    let isFollowing = false
    // Nobody looks at what is shared before somebody switched something on.
    await changes.watch(async () => {
      if (isFollowing || (await readOn(store)).length === 0) return
      isFollowing = true
      void sync.watchShared({
        signal: here,
        // What cannot be written now is looked at again with the next change.
        report: (now) => now.ok && void follow(now.value).catch(() => undefined),
      })
    }, here)
    isLead = false
    shared = []
    changes.touch()
  }
  const setAway = inOneOfAll(locks, `takibi/${deps.database}/rooms`, lead, life)
  broadcast.subscribe((message) => {
    const word = message as Word
    if (word.say === 'connect') connect()
    if (word.say === 'looking' && !isLead) looking = word.looking
    // Who came later wants to know how it goes.
    if (word.say === 'look' && isLead) broadcast.post({ say: 'looking', looking } satisfies Word)
    changes.touch()
  })
  broadcast.post({ say: 'look' } satisfies Word)

  const lookAgain = (): void => {
    broadcast.post({ say: 'look' } satisfies Word)
    changes.touch()
  }
  const change = (body: () => Promise<Result<void, Failure>>): Promise<Result<void, Failure>> =>
    attempt(async () => {
      const changed = await body()
      if (changed.ok) lookAgain()
      return changed
    })

  const api: RelaysApi & RoomsApi = {
    addServer: (address) =>
      change(async () => {
        const servers = await readServers(store)
        if (serverKind(address) === undefined || servers.length >= maxServers)
          return fail({ code: 'dial/unsupported', address })
        await putServers(store, [...servers.filter((server) => server !== address), address])
        return ok(undefined)
      }),
    removeServer: (address) =>
      change(async () => {
        await putServers(
          store,
          (await readServers(store)).filter((server) => server !== address),
        )
        return ok(undefined)
      }),
    meetThroughRelays: (schemaId, isOn) =>
      change(async () => {
        const scopes = await sync.shared()
        if (!scopes.ok) return scopes
        const scope = scopes.value.find((one) => one.schemaId === schemaId)?.scope
        if (scope === undefined) return fail({ code: 'schema/unknown', schemaId })
        await (isOn ? putOn(store, { scope, schemaId }) : deleteOn(store, scope))
        return ok(undefined)
      }),
    watchRelays: ({ signal, report }) =>
      changes.watch(
        async () => {
          const state = await attempt(async () => {
            const [servers, on] = await Promise.all([readServers(store), readOn(store)])
            return ok({ servers, on: on.map(({ schemaId }) => schemaId), ...looking })
          })
          if (!signal.aborted) report?.(state)
        },
        AbortSignal.any([signal, life]),
      ),
    watchRooms: ({ signal, report }) =>
      changes.watch(
        async () => {
          const found = await attempt(async () => ok(await rooms()))
          const now = found.ok ? found.value : nowhere
          if (!signal.aborted) report?.(now)
          const isLooking = now.rooms.length > 0
          if (isLead) tell({ isLooking, reached: isLooking ? looking.reached : [] })
        },
        AbortSignal.any([signal, life]),
      ),
    tellReached: async (reached) => {
      if (isLead) tell({ ...looking, reached })
    },
  }
  return {
    api,
    lookAgain,
    connectRooms: () => {
      if (isLead) connect()
      else broadcast.post({ say: 'connect' } satisfies Word)
    },
    setAway,
    setShortages: (now) => {
      if (now.join() === shortages.join()) return
      shortages = now
      changes.touch()
    },
  }
}
