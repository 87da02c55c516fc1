import type { DocumentId, OperationId } from '../ids.ts'
import {
  type Flag,
  type Flags,
  type GrantRange,
  type Permission,
  type Role,
  type Subject,
  permissions,
  roleFlags,
  roles,
} from './entry.ts'
import { isBanned } from './covers.ts'
import { holds } from './rights.ts'
import type { GroupState, Membership } from './state.ts'
import { isDeleted, isOn } from './switches.ts'

/** What one membership gives somebody in a group, as it stands now. */
export interface MemberPlace {
  readonly membership: DocumentId
  readonly request: OperationId
  readonly subject: Subject
  /** The things it is for. */
  readonly range: GrantRange
  /** It lets its subject in, and nothing else keeps that one out (R16). */
  readonly isAccepted: boolean
  /** Its switches that are on (R15). */
  readonly on: readonly Flag[]
  /** What its subject may do by it while it is accepted: switches that are on, turned on by those who had that right (R17). */
  readonly permissions: readonly Permission[]
}

const flags: readonly Flag[] = ['accepted', ...permissions]

/** All places of a group that nobody deleted, in no order. */
export const placesOf = (state: GroupState): readonly MemberPlace[] =>
  [...state.memberships.values()]
    .flat()
    .filter(({ document }) => !isDeleted(state, document))
    .map((membership) => placeOf(state, membership))

function placeOf(state: GroupState, membership: Membership): MemberPlace {
  const { subject, document } = membership
  const { id, request, range } = document
  const on = flags.filter((flag) => isOn(state, membership, flag))
  const held = permissions.filter((one) => on.includes(one) && holds(state.rights, subject, one, range))
  const isAccepted = on.includes('accepted') && !isBanned(state, subject, range)
  return { membership: id, request, subject, range, isAccepted, on, permissions: held }
}

/** The role that has exactly these permissions. */
export const roleOf = (held: readonly Permission[]): Role | undefined =>
  rolesByStrength.find(
    (role) => roles[role].length === held.length && roles[role].every((permission) => held.includes(permission)),
  )

const rolesByStrength = Object.keys(roles) as readonly Role[]

/** What has to be said for a place to have a role, or none: what to lower first, and what to raise then (R24). */
export interface PlaceChange {
  readonly lowers: Flags
  readonly raises: Flags
}

/** Only what is different is said: a lowering that changes nothing would still take force from what was said (R11). */
export function changeOf({ on, permissions: held }: MemberPlace, role: Role | undefined): PlaceChange {
  const wanted: Flags = role === undefined ? { accepted: false } : roleFlags(role)
  const isGiven = (flag: Flag): boolean => on.includes(flag) && (flag === 'accepted' || held.includes(flag))
  const only = (isChanged: (flag: Flag) => boolean, value: boolean): Flags =>
    Object.fromEntries(flags.filter(isChanged).map((flag) => [flag, value]))
  return {
    lowers: only((flag) => wanted[flag] === false && on.includes(flag), false),
    raises: only((flag) => wanted[flag] === true && !isGiven(flag), true),
  }
}
