import type { DocumentId } from '../ids.ts'
import type { ControlSet } from './control-set.ts'
import { covers } from './covers.ts'
import type { GroupState, View } from './state.ts'
import { isDeleted } from './switches.ts'

/** Where memberships of a group are said to be (R5): a help for finding them, no more. Who is a member follows from the memberships themselves. */
export interface Listing {
  /** Every membership that somebody listed who might, at any time, but those that were deleted. Sorted. */
  readonly memberships: readonly DocumentId[]
  /** Those of them that are not here. */
  readonly missing: readonly DocumentId[]
}

/** R5: the union of all lists that count. A list that leaves one out takes nothing back: who was sent away has to be found too. */
export function listingOf(set: ControlSet, view: View, state: GroupState | undefined, group: DocumentId): Listing {
  if (state?.founder === undefined) return { memberships: [], missing: [] }
  const said = (set.groups.get(group)?.lists ?? []).filter(
    (list) => view.isInForce(group, list) && covers(view, state, list, 'authorise', '*'),
  )
  const listed = [...new Set(said.flatMap(({ operation }) => operation.memberships))].sort()
  const memberships = listed.filter((id) => {
    const document = set.documents.get(id)
    return document === undefined || !isDeleted(state, document)
  })
  return { memberships, missing: memberships.filter((id) => !set.documents.has(id)) }
}
