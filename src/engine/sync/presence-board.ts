import type { Clock } from '../../ports/clock.ts'
import type { ScopeName } from '../../ports/store.ts'
import type { PresentPeer } from './api.ts'
import type { Said } from './presence.ts'

/** How long somebody counts as there after the last word (sync.md §5). */
const goneMs = 60_000
/** People that are remembered as there, of all scopes. */
const maxPresent = 1_000

/** Who is there, by what they said last. Ephemeral: nothing of it is stored. */
export interface PresenceBoard {
  /** Takes a word in. `true`: it is news, to be passed on. */
  readonly hear: (said: Said, scope: ScopeName) => boolean
  readonly present: () => readonly PresentPeer[]
}

export function createPresenceBoard(clock: Clock): PresenceBoard {
  const heard = new Map<string, PresentPeer & { readonly count: bigint }>()
  return {
    hear: (said, scope) => {
      const name = `${scope}/${said.publicKey}`
      const before = heard.get(name)
      if (before && before.count >= said.count) return false
      heard.delete(name)
      heard.set(name, { ...said, scope, at: clock.now() })
      const [oldest] = heard.keys()
      if (heard.size > maxPresent && oldest) heard.delete(oldest)
      return true
    },
    present: () =>
      [...heard.values()]
        .filter(({ at, state }) => clock.now() - at < goneMs && state !== '')
        .map(({ publicKey, scope, at, state, document, field }) => ({
          publicKey,
          scope,
          at,
          state,
          ...(document ? { document } : {}),
          ...(field === undefined ? {} : { field }),
        })),
  }
}
