import { entryOf } from './entry-of.ts'
import type { GrantRange, Permission, Subject } from './entry.ts'
import { permissions, raises } from './entry.ts'
import type { GroupState, Voice } from './state.ts'

type RightsBySubject = Map<Subject, Map<GrantRange, Set<Permission>>>

/** R17: what was ever raised for somebody by one who had it. Nobody gives what it has not; the founder has all. */
export function rightsOf({ founder, live }: Omit<GroupState, 'rights'>): RightsBySubject {
  const rights: RightsBySubject = new Map()
  if (founder === undefined) return rights
  rights.set(founder, new Map([['*', new Set(permissions)]]))
  const grants = [...live.values()].flat().sort((a, b) => a.level - b.level)
  while (grants.filter((grant) => give(rights, grant)).length > 0);
  return rights
}

/** Gives what a grant raises and its speaker has. Answers whether somebody got something new. */
function give(rights: RightsBySubject, { entry, membership, speaker }: Voice): boolean {
  const { range } = membership.document
  const given = permissions.filter(
    (permission) =>
      raises(entry, permission) &&
      holds(rights, speaker, permission, range) &&
      !(rights.get(membership.subject)?.get(range)?.has(permission) ?? false),
  )
  if (given.length === 0) return false
  const held = entryOf(
    entryOf(rights, membership.subject, () => new Map<GrantRange, Set<Permission>>()),
    range,
    () => new Set<Permission>(),
  )
  for (const permission of given) held.add(permission)
  return true
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
