import type { DocumentId, OperationId } from '../ids.ts'
import type { GrantRange, Permission, Subject } from './entry.ts'
import { keySubject, lowers, reaches, subjectGroup } from './entry.ts'
import { type Limit, countsAsLimit } from './limits.ts'
import { holds } from './rights.ts'
import { type NamedPlace, covered } from './rows.ts'
import { type GroupState, type Membership, type View, levelOf } from './state.ts'
import { isOn, standingLowering, voicesOf } from './switches.ts'

/** Groups that one group may be reached through, itself included (R18). */
export const maxDepth = 8

/** Why a subject may do something, or may not. Strongest first. */
export type Ground = 'active' | 'kept' | 'left-with-rows' | 'voided' | 'banned' | 'not-given'

/** Whether something is allowed, by which of the subjects a key acts for, and why (R18). */
export interface Verdict {
  readonly isAllowed: boolean
  /** `inert`: the group has no founder. `stranger`: the key acts for nobody in it. */
  readonly ground: Ground | 'inert' | 'stranger'
  readonly subject?: Subject
  /** The statements that took the right, where it was there: lowerings that stand, or `void` limits. */
  readonly by: readonly OperationId[]
}

/** What keeps somebody from something, the most telling first. */
const refusals: readonly Ground[] = ['voided', 'banned', 'not-given']

/** `covers` with its reason. Of several subjects that are refused, the one that came closest is told. */
export function judge(
  view: View,
  state: GroupState | undefined,
  place: NamedPlace,
  permission: Permission,
  range: GrantRange,
): Verdict {
  if (state?.founder === undefined) return { isAllowed: false, ground: 'inert', by: [] }
  const judged = [...view.subjectsOf(place.publicKey)]
    .filter((subject) => state.memberships.has(subject))
    .map((subject) => ({ subject, ground: groundOf(view, state, subject, place, permission, range) }))
  const allowed = judged.find(
    ({ subject, ground }) => isAllowed(ground) && actsFor(view, state.path, subject, place, permission, range),
  )
  if (allowed !== undefined) return { isAllowed: true, ...allowed, by: [] }
  // The subject may, the key may not act for it: it was never given that there, or no longer is.
  const refused = judged.map(
    ({ subject, ground }) => ({ subject, ground: isAllowed(ground) ? 'not-given' : ground }) as const,
  )
  const told = refusals.flatMap((ground) => refused.find((one) => one.ground === ground) ?? [])[0]
  if (told === undefined) return { isAllowed: false, ground: 'stranger', by: [] }
  return { isAllowed: false, ...told, by: takenBy(view, state, told, place, range) }
}

/** The statements by which a subject lost something. */
function takenBy(
  view: View,
  state: GroupState,
  { subject, ground }: { readonly subject: Subject; readonly ground: Ground },
  place: NamedPlace,
  range: GrantRange,
): readonly OperationId[] {
  const memberships = membershipsFor(state, subject, range)
  if (ground === 'voided') return voidsOf(view, state, subject, memberships, place, range)
  if (ground !== 'banned') return []
  return memberships.flatMap((membership) => standingLowering(state, membership, 'accepted')?.id ?? [])
}

/** Whether the entry of a key at a place has a permission in a group (R18): through some subject that the key acts for. */
export function covers(
  view: View,
  state: GroupState,
  place: NamedPlace,
  permission: Permission,
  range: GrantRange,
): boolean {
  for (const subject of view.subjectsOf(place.publicKey))
    if (
      isAllowed(groundOf(view, state, subject, place, permission, range)) &&
      actsFor(view, state.path, subject, place, permission, range)
    )
      return true
  return false
}

/** Whether a key acts for a subject: it is that key, or the subject is a group in which it has the permission itself. */
export function actsFor(
  view: View,
  path: readonly DocumentId[],
  subject: Subject,
  place: NamedPlace,
  permission: Permission,
  range: GrantRange,
): boolean {
  if (subject === keySubject(place.publicKey)) return true
  const group = subjectGroup(subject)
  if (group === undefined || path.includes(group) || path.length >= maxDepth) return false
  if (!view.subjectsOf(place.publicKey).has(subject)) return false
  const below = view.stateOf(group, path)
  return below !== undefined && covers(view, below, place, permission, range)
}

const isAllowed = (ground: Ground): boolean => ground === 'active' || ground === 'kept' || ground === 'left-with-rows'

/** Why what a key wrote at a place counts as said by this subject, or does not. */
function groundOf(
  view: View,
  state: GroupState,
  subject: Subject,
  place: NamedPlace,
  permission: Permission,
  range: GrantRange,
): Ground {
  const memberships = membershipsFor(state, subject, range)
  if (!holds(state.rights, subject, permission, range)) return 'not-given'
  if (voidsOf(view, state, subject, memberships, place, range).length > 0) return 'voided'
  const isOut = isBannedBy(state, memberships)
  if (isGivenBy(state, memberships, permission) && !isOut) return 'active'
  if (isKept(view, state, memberships, place)) return 'kept'
  if (onlyLeft(state, subject, memberships) && keptItself(view, state, memberships, place)) return 'left-with-rows'
  return isOut ? 'banned' : 'not-given'
}

/** Whether a subject has a permission now, whatever becomes of single entries (R17). */
export function isActive(state: GroupState, subject: Subject, permission: Permission, range: GrantRange): boolean {
  const memberships = membershipsFor(state, subject, range)
  return (
    holds(state.rights, subject, permission, range) &&
    isGivenBy(state, memberships, permission) &&
    !isBannedBy(state, memberships)
  )
}

/** Whether a lowering of `accepted` keeps a subject out that nobody lifted (R16). */
export const isBanned = (state: GroupState, subject: Subject, range: GrantRange): boolean =>
  isBannedBy(state, membershipsFor(state, subject, range))

const isGivenBy = (state: GroupState, memberships: readonly Membership[], permission: Permission): boolean =>
  memberships.some((membership) => isOn(state, membership, 'accepted') && isOn(state, membership, permission))

const isBannedBy = (state: GroupState, memberships: readonly Membership[]): boolean =>
  memberships.some((membership) => standingLowering(state, membership, 'accepted') !== undefined)

const membershipsFor = (state: GroupState, subject: Subject, range: GrantRange): readonly Membership[] =>
  (state.memberships.get(subject) ?? []).filter(({ document }) => reaches(document.range, range))

/** The limits by which somebody from the subject's level or above voided the place. About oneself that does not count (R25b). */
function voidsOf(
  view: View,
  state: GroupState,
  subject: Subject,
  memberships: readonly Membership[],
  place: NamedPlace,
  range: GrantRange,
): readonly OperationId[] {
  const level = levelOf(state, subject, range)
  return memberships.flatMap(({ document }) =>
    document.limits
      .filter(
        (limit) =>
          limit.operation.mode === 'void' &&
          countsAsLimit(view, state.id, limit) &&
          covered(view.set, limit.operation.publicKey, limit.operation.rows, place) &&
          voicesOf(state, limit).some((voice) => voice.level <= level),
      )
      .map(({ id }) => id),
  )
}

const isKept = (view: View, state: GroupState, memberships: readonly Membership[], place: NamedPlace): boolean =>
  memberships.some(({ document }) =>
    document.limits.some(
      (limit) =>
        limit.operation.mode === 'keep' &&
        state.live.has(limit.id) &&
        covered(view.set, limit.operation.publicKey, limit.operation.rows, place),
    ),
  )

/** Whether nobody but the subject itself ever took it out. */
const onlyLeft = (state: GroupState, subject: Subject, memberships: readonly Membership[]): boolean =>
  memberships.every(({ document }) =>
    document.statements.every(
      (entry) =>
        !(entry.operation.kind === 'membership-delete' || lowers(entry, 'accepted')) ||
        voicesOf(state, entry).every(({ speaker }) => speaker === subject),
    ),
  )

/** Whether the rows that a leaver published cover the place. */
const keptItself = (view: View, state: GroupState, memberships: readonly Membership[], place: NamedPlace): boolean =>
  memberships.some((membership) =>
    leaverLimits(view, state, membership).some((limit) =>
      covered(view.set, limit.operation.publicKey, limit.operation.rows, place),
    ),
  )

/**
 * The limits by which a subject that leaves keeps its own entries (R14): each key's own, and what one key of a person says of another where
 * the first has kept that.
 */
export function leaverLimits(
  view: View,
  state: Pick<GroupState, 'id' | 'path'>,
  { document, subject }: Membership,
): readonly Limit[] {
  const said = document.limits.filter(
    (limit) =>
      limit.operation.mode === 'keep' &&
      countsAsLimit(view, state.id, limit) &&
      actsFor(view, state.path, subject, limit, 'authorise', document.range),
  )
  const own = said.filter(({ publicKey, operation }) => publicKey === operation.publicKey)
  return said.filter(
    (limit) =>
      own.includes(limit) || own.some(({ operation }) => covered(view.set, operation.publicKey, operation.rows, limit)),
  )
}
