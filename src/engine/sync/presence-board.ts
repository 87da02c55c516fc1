import type { PublicKey } from '../../core/ids.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ScopeName } from '../../ports/store.ts'
import type { PresentPeer } from './api.ts'
import type { Said } from './presence.ts'

/** How long somebody counts as there after the last word (sync.md §5). */
const goneMs = 60_000
/** People that are remembered as there in one scope: who floods one takes no place in another. */
const maxPresent = 500

interface Heard<Link> extends Said {
  readonly at: number
  /** By which it came, where it came from nobody but whom it is about. */
  readonly own: Link | undefined
  readonly isGone?: true
}

/** Who is there, by what they said last. Ephemeral: nothing of it is stored. */
export interface PresenceBoard<Link> {
  /**
   * Takes a word in. `true`: it is news, to be passed on. Words that others bring count in their order, so that none counts twice. @param isOwn it came
   * from whom it is about, who proved that key: it counts whatever others said of it before
   */
  readonly hear: (said: Said, scope: ScopeName, link: Link, isOwn: boolean) => boolean
  /** A connection ended: who spoke over it for themselves, and was heard nowhere else, is gone. `true`: somebody is. */
  readonly leave: (link: Link) => boolean
  readonly present: () => readonly PresentPeer[]
}

export function createPresenceBoard<Link>(clock: Clock): PresenceBoard<Link> {
  const heard = new Map<ScopeName, Map<PublicKey, Heard<Link>>>()
  return {
    hear: (said, scope, link, isOwn) => {
      const there = heard.get(scope) ?? new Map<PublicKey, Heard<Link>>()
      heard.set(scope, there)
      const before = there.get(said.publicKey)
      // Others have the same word of it: it may be reached through them, too.
      if (before && before.count === said.count && before.own !== link)
        there.set(said.publicKey, { ...before, own: undefined })
      if (before && (isOwn ? before.count === said.count : before.count >= said.count)) return false
      there.delete(said.publicKey)
      there.set(said.publicKey, { ...said, at: clock.now(), own: isOwn ? link : undefined })
      const [oldest] = there.keys()
      if (there.size > maxPresent && oldest) there.delete(oldest)
      return true
    },
    leave: (link) => {
      let isAny = false
      for (const there of heard.values())
        for (const [key, one] of there)
          if (one.own === link && !one.isGone) {
            there.set(key, { ...one, isGone: true })
            isAny = true
          }
      return isAny
    },
    present: () =>
      [...heard].flatMap(([scope, there]) =>
        [...there.values()]
          .filter(({ at, state, isGone }) => clock.now() - at < goneMs && state !== '' && !isGone)
          .map(({ publicKey, at, state, document, field }): PresentPeer => ({
            publicKey,
            scope,
            at,
            state,
            ...(document ? { document } : {}),
            ...(field === undefined ? {} : { field }),
          })),
      ),
  }
}
