import { entryOf } from './entry-of.ts'
import type { GrantRange, Permission, Subject } from './entry.ts'
import { permissions, raises, raisesAny } from './entry.ts'
import type { GroupState, Voice } from './state.ts'

type RightsBySubject = Map<Subject, Map<GrantRange, Set<Permission>>>

/** R17: what was ever raised for somebody by one who had it. Nobody gives what it has not; the founder has all. */
export function rightsOf({ founder, live }: Omit<GroupState, 'rights'>): RightsBySubject {
  const rights: RightsBySubject = new Map()
  if (founder === undefined) return rights
  rights.set(founder, new Map([['*', new Set(permissions)]]))
  // They lie there from the founder down, as they were settled, so that one round does for most.
  let left = [...live.values()].flat().filter(({ entry }) => raisesAny(entry))
  for (let grew = true; grew;) {
    grew = false
    // Who had not all that it gives may have it later; the others are through.
    left = left.filter((grant) => {
      const given = give(rights, grant)
      grew ||= given === 'more' || given === 'some'
      return given === 'some' || given === 'none'
    })
  }
  return rights
}

/** Gives what a grant raises and its speaker has: all of it, with something `more` among it or not, or `some`, or nothing new and not all. */
function give(rights: RightsBySubject, { entry, membership, speaker }: Voice): 'all' | 'more' | 'some' | 'none' {
  const { subject, document } = membership
  const { range } = document
  let isAll = true
  let held = rights.get(subject)?.get(range)
  let isMore = false
  for (const permission of permissions) {
    if (!raises(entry, permission) || held?.has(permission)) continue
    if (!holds(rights, speaker, permission, range)) {
      isAll = false
      continue
    }
    held ??= entryOf(
      entryOf(rights, subject, () => new Map<GrantRange, Set<Permission>>()),
      range,
      () => new Set<Permission>(),
    )
    held.add(permission)
    isMore = true
  }
  if (isAll) return isMore ? 'more' : 'all'
  return isMore ? 'some' : 'none'
}

/** Whether somebody holds a permission in a range, or in all. */
export function holds(
  rights: ReadonlyMap<Subject, ReadonlyMap<GrantRange, ReadonlySet<Permission>>>,
  subject: Subject,
  permission: Permission,
  range: GrantRange,
): boolean {
  const held = rights.get(subject)
  return (held?.get(range)?.has(permission) ?? false) || (held?.get('*')?.has(permission) ?? false)
}
