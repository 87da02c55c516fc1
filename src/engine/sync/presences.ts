import type { DocumentId, PublicKey, SchemaId } from '../../core/ids.ts'
import { parseDocumentId } from '../../core/parse-ids.ts'
import { type Result, ok } from '../../core/result.ts'
import type { MessageOf, Presence } from '../../sync/messages.ts'
import { wholeMinute } from '../attention.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { createAlarm } from './alarm.ts'
import type { PresenceState, PresentPeer } from './api.ts'
import type { Connection } from './connection.ts'
import type { Line } from './sync.ts'
import { createPresenceBoard } from './presence-board.ts'
import { groupPart } from './scopes-for.ts'
import { type ServedPart, scopeOfSchema } from './shared-scopes.ts'
import type { SignalLink, Signals } from './signals.ts'

/** How often presence is said again (sync.md §5); while nobody looks, at whole minutes. */
const repeatMs = 20_000
const hiddenRepeatMs = 5 * 60_000
/** Who takes part in more says of the others a second later: a connection takes no more of these at once. */
const scopesPerSecond = 16

/** Who is there, in scopes of schemas and in groups: what is said here, what others say, and what is passed on of it. */
export interface Presences {
  /** Somebody said so over a connection; `publicKey`: who that is, by its Hello. */
  readonly hear: (
    line: Line,
    link: SignalLink,
    publicKey: PublicKey | undefined,
    message: MessageOf<'Presence'>,
    served: ServedPart,
  ) => void
  /** A session goes live: says in it what this device's person does, and how it can be reached, where it may be. */
  readonly announce: (served: ServedPart, to: PublicKey) => void
  readonly announceAll: () => Promise<void>
  readonly say: (where: SchemaId | DocumentId, presence: PresenceState | undefined) => Promise<Result<void, Failure>>
  /** Who said so over their own connection is there no longer, once that has ended. */
  readonly leave: (link: SignalLink) => void
  readonly present: () => Promise<readonly PresentPeer[]>
}

export interface PresencePorts {
  readonly deps: EngineDeps
  readonly connections: ReadonlyMap<number, Pick<Connection, 'remoteKey' | 'sessions' | 'say'>>
  readonly signals: () => Pick<Signals, 'reachableAs' | 'hear'>
  readonly load: () => Promise<Line>
  /** Somebody came, or left. */
  readonly onChange: () => void
}

export function createPresences({ deps, connections, signals, load, onChange }: PresencePorts): Presences {
  const { clock, random, keys, attention, membership, scopes } = deps
  const board = createPresenceBoard<SignalLink>(clock)
  /** What this device's person does, by scope: said again every while, so that it does not count as gone. */
  const doing = new Map<string, { readonly served: ServedPart; readonly presence: PresenceState }>()
  let count = 0
  let isRepeating = false

  const ownKey = async (): Promise<PublicKey | undefined> => (await keys.publicKeys())[0]
  /** Only of members of a group it is told, and only members tell it: whoever says otherwise is not heard. */
  const isOf = async (served: ServedPart, key: PublicKey | undefined): Promise<boolean> =>
    !('group' in served) || (key !== undefined && (await membership.standing(served.group, key)) === 'member')

  /** Says something in every live session of a scope, with those whom it is for. */
  const sayIn = (served: ServedPart, message: Presence, isFor: (key: PublicKey) => boolean = () => true): void => {
    for (const { remoteKey, sessions, say } of connections.values()) {
      const session = isFor(remoteKey) ? sessions.liveFor(served) : undefined
      if (session) say({ ...message, session: session.state.id })
    }
  }
  const say = async (
    served: ServedPart,
    presence: PresenceState | undefined,
    isFor?: (key: PublicKey) => boolean,
  ): Promise<void> => {
    const own = await ownKey()
    // Counted from the clock, so that after a restart it goes on growing.
    count = Math.max(count + 1, Math.trunc(clock.now()))
    if (!own || connections.size === 0 || !(await isOf(served, own))) return
    const { sealPresence } = await load()
    const said = presence ?? { state: '' }
    sayIn(served, sealPresence(0, served.name, own, count, said, random, signals().reachableAs()), isFor)
  }

  /** Resolves when it is time to say presence again: at once when somebody looks again. */
  const repeatTime = async (): Promise<void> => {
    const alarm = createAlarm(clock, deps.life)
    const leave = attention.subscribe(() => attention.isVisible() && alarm.ring())
    const now = clock.now()
    await alarm.until(attention.isVisible() ? now + repeatMs : wholeMinute(now + hiddenRepeatMs)).finally(leave)
  }
  const repeat = async (): Promise<void> => {
    if (isRepeating) return
    isRepeating = true
    while (doing.size > 0) {
      await repeatTime()
      for (const [at, name] of [...doing.keys()].entries()) {
        if (at > 0 && at % scopesPerSecond === 0) await clock.sleep(1_000, deps.life)
        const now = doing.get(name)
        if (now) await say(now.served, now.presence)
      }
    }
    isRepeating = false
  }
  const placeOf = async (where: SchemaId | DocumentId): Promise<Result<ServedPart, Failure>> => {
    const group = parseDocumentId(where)
    return group.ok ? ok(groupPart(group.value, 1)) : scopeOfSchema(deps.schemas, where as SchemaId)
  }

  const take: (...heard: Parameters<Presences['hear']>) => Promise<void> = async (
    { openPresence },
    link,
    publicKey,
    message,
    served,
  ) => {
    const said = openPresence(message, served.name)
    if (!said || !(await isOf(served, said.publicKey))) return
    if (!board.hear(said, served.name, link, said.publicKey === publicKey)) return
    sayIn(served, message, (key) => key !== link.remoteKey)
    if (said.transportKey) signals().hear(said.transportKey, link)
    onChange()
  }

  return {
    // What cannot be judged now is said again soon.
    hear: (...heard) => void take(...heard).catch(() => undefined),
    announce: (served, to) => {
      const now = doing.get(served.name)?.presence
      if (!signals().reachableAs() && !now) return
      // A port that fails here fails whoever needs it, too.
      say(served, now, (key) => key === to).catch(() => undefined)
    },
    announceAll: async () => {
      const groups = (await membership.groups()).map((group) => groupPart(group, 1))
      for (const served of [...(await scopes.all()), ...groups]) await say(served, doing.get(served.name)?.presence)
    },
    say: async (where, presence) => {
      const served = await placeOf(where)
      if (!served.ok) return served
      if (presence) doing.set(served.value.name, { served: served.value, presence })
      else doing.delete(served.value.name)
      await say(served.value, presence)
      // Ends with the engine, or when nothing is done any more.
      repeat().catch(() => undefined)
      return ok(undefined)
    },
    leave: (link) => board.leave(link) && onChange(),
    present: async () => {
      const own = await ownKey()
      const groups = new Map((await membership.groups()).map((group) => [groupPart(group, 1).name, group]))
      const seen: PresentPeer[] = []
      for (const peer of board.present()) {
        const group = groups.get(peer.scope)
        if (!peer.scope.startsWith('group:')) seen.push(peer)
        // Who left since is not there any more, and whoever left hears no more of it.
        else if (group && (await isOf(groupPart(group, 1), peer.publicKey)) && (await isOf(groupPart(group, 1), own)))
          seen.push({ ...peer, group })
      }
      return seen
    },
  }
}
