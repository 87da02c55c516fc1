import type { DocumentId } from '../ids.ts'
import type { Authority } from './authority.ts'
import { type GrantRange, type Role, type Subject, keySubject, roles, subjectGroup } from './entry.ts'
import { type MemberPlace, changeOf } from './places.ts'
import { type Refusal, refusalBy } from './refusal.ts'
import type { NamedPlace } from './rows.ts'

/** What somebody wants to do about a member of a group: give it another role, or take its place. Leaving is taking one's own. */
export interface MemberChange {
  readonly group: DocumentId
  readonly subject: Subject
  /** The things it is about. Who is taken out for all is out for each. */
  readonly range: GrantRange
  /** Absent: it is to go. */
  readonly role?: Role
}

/** Why a member cannot be changed so. */
export type ChangeRefusal =
  | Refusal
  /** Nobody would be left who lets in, sends away and sets roles, and others are there. */
  | { readonly reason: 'last-keeper'; readonly group: DocumentId; readonly subject: Subject }
  /** It has no place there that could be taken or changed. */
  | { readonly reason: 'not-member'; readonly group: DocumentId; readonly subject: Subject }
  /**
   * This key took something from itself once already, and what a key keeps of itself counts once (R25b): what it wrote since would fall with its
   * leaving. Sent away by a keeper it would not.
   */
  | { readonly reason: 'kept-before'; readonly group: DocumentId; readonly subject: Subject }

/** The places that a change is about: for a role those of its very range, for going all within. */
export const placesToChange = (authority: Authority, { group, subject, range, role }: MemberChange) =>
  authority
    .places(group)
    .filter((place) => place.subject === subject && (place.range === range || (role === undefined && range === '*')))

/**
 * Whether whoever writes next at a place may change a member so, and whether the group could go on; `undefined`: yes. Anybody may lower itself (R14),
 * but not the last keeper while others are there: a group that nobody keeps stays as it is for ever. Two who go at once, apart from each other, can
 * still leave it so.
 */
export function refusalOfChange(
  authority: Authority,
  place: NamedPlace,
  change: MemberChange,
): ChangeRefusal | undefined {
  const { group, subject, role } = change
  if (authority.group(group).founder === undefined) return refusalBy(authority, group, place, 'authorise', '*')
  const places = placesToChange(authority, change)
  if (!places.some(({ isAccepted }) => role !== undefined || isAccepted))
    return { reason: 'not-member', group, subject }
  const isOwn = speaksFor(authority, subject, place)
  const onlyLowers = places.every((one) => Object.keys(changeOf(one, role).raises).length === 0)
  const refusal = isOwn && onlyLowers ? undefined : refusalOfSpeaker(authority, place, change, places)
  if (refusal !== undefined) return refusal
  if (!authority.places(group).some((one) => one.subject !== subject && one.isAccepted)) return undefined
  if (endsKeeping(authority, change) && authority.group(group).keepers.length === 1)
    return { reason: 'last-keeper', group, subject }
  const lowersItself = isOwn && places.some((one) => Object.keys(changeOf(one, role).lowers).length > 0)
  return lowersItself && authority.hasKeptItself(group, place.publicKey)
    ? { reason: 'kept-before', group, subject }
    : undefined
}

/** Whether a key may say what a subject says of itself. */
export const speaksFor = (authority: Authority, subject: Subject, place: NamedPlace): boolean => {
  const person = subjectGroup(subject)
  if (person === undefined) return subject === keySubject(place.publicKey)
  return authority.judge(person, place, 'authorise', '*').isAllowed
}

/** Why a key may not do that to others; of its own person, why it does not speak for that one. */
function refusalOfSpeaker(
  authority: Authority,
  place: NamedPlace,
  { group, subject }: MemberChange,
  places: readonly MemberPlace[],
): Refusal | undefined {
  const [refusal] = places.flatMap(({ range }) => refusalBy(authority, group, place, 'authorise', range) ?? [])
  const person = subjectGroup(subject)
  const isOfPerson = person !== undefined && authority.belonging(person, place.publicKey) === 'member'
  const ofPerson = refusal && isOfPerson ? refusalBy(authority, person, place, 'authorise', '*') : undefined
  return ofPerson ?? refusal
}

const endsKeeping = (authority: Authority, { group, subject, range, role }: MemberChange): boolean =>
  range === '*' &&
  (role === undefined || !roles[role].includes('authorise')) &&
  authority.group(group).keepers.includes(subject)
