import { type Subject, subjectGroup } from './entry.ts'
import { isActive, maxDepth } from './covers.ts'
import type { GroupState, View } from './state.ts'

/**
 * Who lets in, sends away and sets roles in a group, for all schemas, as it stands now. A person, or another group, is one only while somebody could
 * speak for it (R18): one that lost all its keepers keeps nothing.
 */
export const keepersOf = (view: View, state: GroupState): readonly Subject[] =>
  [...state.memberships.keys()].filter(
    (subject) => isActive(state, subject, 'authorise', '*') && hasVoice(view, state, subject),
  )

function hasVoice(view: View, { path }: GroupState, subject: Subject): boolean {
  const group = subjectGroup(subject)
  if (group === undefined) return true
  if (path.includes(group) || path.length >= maxDepth) return false
  const below = view.stateOf(group, path)
  return below?.founder !== undefined && keepersOf(view, below).length > 0
}
