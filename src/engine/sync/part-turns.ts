import type { ScopeToken } from '../../sync/messages.ts'
import type { PartSession } from './part-session.ts'
import { groupPart } from './scopes-for.ts'
import { type ServedPart, partNumber } from './shared-scopes.ts'

/** Whose turn it is: part 1 of a group is nobody's before part 0 is the same on both sides, or the peer keeps that to itself (sync.md §4). */
export interface PartTurns {
  readonly isDue: (part: ServedPart) => boolean
  /** Both sides have told what they share. `hasTold`: the peer just now. */
  readonly meet: (own: readonly ServedPart[], theirs: ReadonlySet<ScopeToken>, hasTold: boolean) => Promise<void>
  /** Opens what is due by now. Only the dialling side does. */
  readonly openDue: () => Promise<void>
  /** The peer keeps it to itself: it is not asked for again before the peer tells anew what it shares. */
  readonly onRefused: (part: ServedPart) => void
  /** Both found a part to be the same: whoever refused what comes after it because it was not, or before it heard who asks, does so no more. */
  readonly onSame: (part: ServedPart) => void
}

const nameOf = (part: ServedPart): string => `${partNumber(part)} ${part.name}`

export function createPartTurns(ports: {
  readonly opens: boolean
  readonly theirTokenOf: (part: ServedPart) => ScopeToken
  readonly sessionOf: (part: ServedPart) => PartSession | undefined
  readonly open: (part: ServedPart) => Promise<void>
}): PartTurns {
  const { opens, theirTokenOf, sessionOf, open } = ports
  const refused = new Set<string>()
  let met: { readonly own: readonly ServedPart[]; readonly theirs: ReadonlySet<ScopeToken> } | undefined

  const isDue = (part: ServedPart): boolean => {
    if (!('group' in part) || part.part === 0 || part.access !== 'all') return true
    const control = groupPart(part.group, 0)
    return refused.has(nameOf(control)) || sessionOf(control)?.record.state === 'live'
  }
  const openDue = async (): Promise<void> => {
    if (!opens || !met) return
    for (const part of met.own)
      if (met.theirs.has(theirTokenOf(part)) && !refused.has(nameOf(part)) && isDue(part) && !sessionOf(part))
        await open(part)
  }
  return {
    isDue,
    openDue,
    meet: async (own, theirs, hasTold) => {
      met = { own, theirs }
      if (hasTold) refused.clear()
      await openDue()
    },
    onRefused: (part) => void refused.add(nameOf(part)),
    onSame: (part) => {
      if ('group' in part && part.part === 0) refused.delete(nameOf(groupPart(part.group, 1)))
    },
  }
}
