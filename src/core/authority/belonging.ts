import type { DocumentId, PublicKey } from '../ids.ts'
import type { Subject } from './entry.ts'
import { maxDepth } from './covers.ts'
import { keySubject, subjectGroup } from './entry.ts'

/** What a key is to a group: accepted in it, once let in and out by now, or neither. */
export type Belonging = 'member' | 'former' | 'unknown'

/**
 * Whether a key is accepted in a group, itself or through groups that are (R18), readers too (R23): what it is served hangs on this.
 * @param membersOf of a group, as it stands now
 */
export function isMember(
  membersOf: (group: DocumentId) => readonly Subject[],
  group: DocumentId,
  key: PublicKey,
): boolean {
  let reached: readonly DocumentId[] = [group]
  const seen = new Set(reached)
  for (let depth = 0; depth < maxDepth && reached.length > 0; depth++) {
    const subjects = reached.flatMap(membersOf)
    if (subjects.includes(keySubject(key))) return true
    reached = subjects.flatMap((subject) => subjectGroup(subject) ?? []).filter((id) => !seen.has(id))
    for (const id of reached) seen.add(id)
  }
  return false
}
