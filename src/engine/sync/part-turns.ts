import type { ScopeName } from '../../ports/store.ts'
import type { ScopeToken } from '../../sync/messages.ts'
import type { PartSession } from './part-session.ts'
import { groupPart } from './scopes-for.ts'
import { type ServedPart, partNumber } from './shared-scopes.ts'

/** Whose turn it is: part 1 of a group is nobody's before part 0 is the same on both sides, or the peer keeps that to itself (sync.md §4). */
export interface PartTurns {
  readonly isDue: (part: ServedPart) => boolean
  /** Both sides have told what they share. */
  readonly meet: (own: readonly ServedPart[], theirs: ReadonlySet<ScopeToken>) => Promise<void>
  /** Opens what is due by now. Only the dialling side does. */
  readonly openDue: () => Promise<void>
  readonly onRefused: (part: ServedPart) => void
  /** What the peer may have is another: what it refused it may not refuse again. */
  readonly forget: () => void
}

export function createPartTurns(ports: {
  readonly opens: boolean
  readonly theirTokenOf: (part: ServedPart) => ScopeToken
  readonly sessionOf: (part: ServedPart) => PartSession | undefined
  readonly open: (part: ServedPart) => Promise<void>
}): PartTurns {
  const { opens, theirTokenOf, sessionOf, open } = ports
  /** Scopes whose part 0 the peer refused. */
  const refused = new Set<ScopeName>()
  let met: { readonly own: readonly ServedPart[]; readonly theirs: ReadonlySet<ScopeToken> } | undefined

  const isDue = (part: ServedPart): boolean => {
    if (!('group' in part) || part.part === 0 || part.access !== 'all') return true
    return refused.has(part.name) || sessionOf(groupPart(part.group, 0))?.record.state === 'live'
  }
  const openDue = async (): Promise<void> => {
    if (!opens || !met) return
    for (const part of met.own)
      if (met.theirs.has(theirTokenOf(part)) && isDue(part) && !sessionOf(part)) await open(part)
  }
  return {
    isDue,
    openDue,
    meet: async (own, theirs) => {
      met = { own, theirs }
      await openDue()
    },
    onRefused: (part) => {
      if (partNumber(part) === 0) refused.add(part.name)
    },
    forget: () => refused.clear(),
  }
}
