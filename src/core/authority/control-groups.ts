import type { DocumentId } from '../ids.ts'
import type { ControlSet } from './control-set.ts'
import { type Ever, requestSubject } from './ever.ts'

/** A request that counts (R4), by which a group asks for a place in another one. */
export interface GroupRequest {
  readonly request: DocumentId
  readonly member: DocumentId
}

/** What groups ask for in a group, answered or not. */
export const groupRequests = (set: ControlSet, ever: Ever, group: DocumentId): readonly GroupRequest[] =>
  (set.groups.get(group)?.requests ?? []).flatMap(({ id, operation: { member } }) =>
    member !== undefined && requestSubject(set, ever, id) !== undefined ? [{ request: id as DocumentId, member }] : [],
  )

/**
 * The groups whose control documents travel with a group (decisions.md 18), that one first: those for which somebody asked for a place there who may
 * ever have spoken for them, and so on. Less than all it may hang on: that a stranger names a group is no reason to tell others who is in it.
 */
export function controlGroupsOf(set: ControlSet, ever: Ever, group: DocumentId): readonly DocumentId[] {
  const found = new Set([group])
  for (const one of found) for (const { member } of groupRequests(set, ever, one)) found.add(member)
  return [...found]
}
