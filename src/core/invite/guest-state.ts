/** How far a guest's own device is with a group that it knocked at. */
export interface GuestFacts {
  /** Peers that acknowledged the knock, by name where they have one. */
  readonly keptBy: readonly string[]
  /** What the last peer said that would not take the knock. */
  readonly refusedBecause?: GuestRefusal
  /** Who let the guest in: the membership found in part 0. */
  readonly letInBy?: string
  /** Whether part 0 came and holds the group that the link names; `undefined` while it has not come. */
  readonly isGroupOfLink?: boolean
  /** Part 0 ended equal. */
  readonly isControlComplete: boolean
  /** The group's key is held, or it has none. */
  readonly hasKey: boolean
}

/** Why nobody keeps the place of a guest, in words that a guest can be told. */
export type GuestRefusal = 'withdrawn' | 'expired' | 'used-up' | 'full'

/** What a guest is shown (flows.md §1.4). */
export type GuestState =
  /** Nobody has the knock yet. */
  | { readonly state: 'looking' }
  | { readonly state: 'kept'; readonly by: readonly string[] }
  | { readonly state: 'let-in'; readonly by: string }
  | { readonly state: 'getting-keys' }
  | { readonly state: 'here' }
  | { readonly state: 'refused'; readonly because: GuestRefusal }
  /** What was found under the link's id is another group: somebody may be interfering. */
  | { readonly state: 'wrong-group' }

/** The furthest state that the facts allow. A guest that was let in stays so, whatever others say of its invite. */
export function guestState(facts: GuestFacts): GuestState {
  const { letInBy, keptBy, refusedBecause } = facts
  if (facts.isGroupOfLink === false) return { state: 'wrong-group' }
  if (letInBy !== undefined && facts.isGroupOfLink) {
    if (!facts.isControlComplete) return { state: 'let-in', by: letInBy }
    return { state: facts.hasKey ? 'here' : 'getting-keys' }
  }
  if (keptBy.length > 0) return { state: 'kept', by: keptBy }
  return refusedBecause ? { state: 'refused', because: refusedBecause } : { state: 'looking' }
}
