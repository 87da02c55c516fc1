import type { DocumentId, PublicKey } from '../ids.ts'
import type { ControlSet, EntryOf } from './control-set.ts'
import { logName } from './entry.ts'
import { isOnBranch } from './rows.ts'
import type { View } from './state.ts'

export type Limit = EntryOf<'limit'>

/**
 * Whether a limit may count at all (R25b). About itself a key cannot `void`, and of what it keeps only one document counts in a group: the first
 * that it could have written, so that who finds old words has nothing to add.
 */
export function countsAsLimit(view: View, group: DocumentId, limit: Limit): boolean {
  const { publicKey, mode } = limit.operation
  if (limit.publicKey !== publicKey) return view.isInForce(group, limit)
  return mode === 'keep' && ownLimits(view, group, publicKey).includes(limit)
}

/** Whether a key has kept entries of its own in a group already: what it keeps later does not count (R25b). */
export const keptItselfBefore = (set: ControlSet, group: DocumentId, key: PublicKey): boolean =>
  ownKeeps(set, group, key).length > 0

const ownKeeps = (set: ControlSet, group: DocumentId, key: PublicKey): readonly Limit[] =>
  (set.groups.get(group)?.documents ?? []).flatMap(({ limits }) =>
    limits.filter(
      ({ publicKey, operation }) => publicKey === key && operation.publicKey === key && operation.mode === 'keep',
    ),
  )

/** The limits by which a key keeps its own entries in a group: those with its lowest log id, while that log has one branch that others vouch for. */
function ownLimits(view: View, group: DocumentId, key: PublicKey): readonly Limit[] {
  const own = ownKeeps(view.set, group, key)
  const [first, ...others] = own.map(({ logId }) => logId)
  if (first === undefined) return own
  const lowest = others.reduce((least, logId) => (logId < least ? logId : least), first)
  const log = logName(key, lowest)
  const candidates = own.filter(({ logId }) => logId === lowest)
  if (!view.set.forkPoints.has(log)) return candidates
  const branch = view.adopted(group, log)
  return branch === undefined || branch.isOwn
    ? []
    : candidates.filter(({ id, seqNum }) => isOnBranch(view.set, branch.tip, id, seqNum))
}
