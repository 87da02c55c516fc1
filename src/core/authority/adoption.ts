import type { DocumentId, OperationId, PublicKey } from '../ids.ts'
import { leaverLimits } from './covers.ts'
import { entryOf } from './entry-of.ts'
import { type ControlEntry, type Subject, groupSubject, keySubject, logName, lowers, subjectGroup } from './entry.ts'
import type { Limit } from './limits.ts'
import { branchTip, isOnBranch } from './rows.ts'
import { type Branch, type GroupState, type Membership, type View, levelOf } from './state.ts'
import { voicesOf } from './switches.ts'

/** The branches a group adopted, by log. */
export type Adoptions = ReadonlyMap<string, Branch>

/** What a group says of a forked log: a branch, or that those who decide disagree. */
type Decision = Branch | 'disputed'
type Proposal = Branch & { readonly level: number }

/**
 * Which branches of forked logs count in each of these groups (R26): what the group itself decides, else the groups through which the key acts
 * there, the nearer before the farther.
 *
 * @param groups with all groups below them
 */
export function adoptionsOf(view: View, groups: readonly DocumentId[]): ReadonlyMap<DocumentId, Adoptions> {
  const decisions = new Map(groups.map((group) => [group, decisionsOf(view, group)]))
  const logs = new Map(
    [...decisions.values()].flatMap((byLog) => [...byLog.entries()].map(([log, { key }]) => [log, key])),
  )
  return new Map(
    groups.map((group) => {
      const adopted = new Map<string, Branch>()
      for (const [log, key] of logs) {
        const branch = nearest(view, decisions, group, log, key)
        if (branch !== undefined) adopted.set(log, branch)
      }
      return [group, adopted]
    }),
  )
}

/** Two rounds that adopted the same. */
export const sameAdoptions = (a: ReadonlyMap<DocumentId, Adoptions>, b: ReadonlyMap<DocumentId, Adoptions>): boolean =>
  [...b].every(([group, logs]) => sameBranches(a.get(group), logs)) &&
  [...a].every(([group, logs]) => sameBranches(b.get(group), logs))

const sameBranches = (a: Adoptions | undefined, b: Adoptions): boolean =>
  (a?.size ?? 0) === b.size &&
  [...b].every(([log, { tip, isOwn }]) => a?.get(log)?.tip.id === tip.id && a.get(log)?.isOwn === isOwn)

type DecisionsByLog = ReadonlyMap<string, { readonly key: PublicKey; readonly decision: Decision }>

/** What one group decides by itself: the lowest level does, where it names one branch only. */
function decisionsOf(view: View, group: DocumentId): DecisionsByLog {
  const state = view.stateOf(group, [])
  const proposals = new Map<string, Proposal[]>()
  for (const memberships of state?.memberships.values() ?? [])
    for (const membership of memberships)
      for (const limit of membership.document.limits)
        if (state !== undefined) propose(view, state, membership, limit, proposals)
  return new Map(
    [...proposals].map(([log, those]) => {
      const level = Math.min(...those.map((proposal) => proposal.level))
      const key = those[0]?.tip.publicKey ?? ('' as PublicKey)
      return [
        log,
        {
          key,
          decision: agree(
            view,
            those.filter((proposal) => proposal.level === level),
          ),
        },
      ]
    }),
  )
}

/** Notes the branches that a `keep` limit names, where who says it may decide. */
function propose(
  view: View,
  state: GroupState,
  membership: Membership,
  limit: Limit,
  proposals: Map<string, Proposal[]>,
): void {
  const { publicKey, mode, rows } = limit.operation
  const { subject } = membership
  if (mode !== 'keep' || !view.subjectsOf(publicKey).has(subject)) return
  const isOwn = limit.publicKey === publicKey
  const level = isOwn ? ownLevel(view, state, membership, limit) : levelAbove(state, membership, limit)
  if (level === undefined) return
  for (const row of rows) {
    const tip = row.from === 1n ? branchTip(view.set, publicKey, row) : undefined
    const log = logName(publicKey, row.logId)
    const point = view.set.forkPoints.get(log)
    if (tip !== undefined && point !== undefined && tip.seqNum >= point)
      entryOf(proposals, log, () => []).push({ tip, isOwn, level })
  }
}

/** The level of another key's row, if it is that of the subject or above. */
function levelAbove(state: GroupState, { subject, document }: Membership, limit: Limit): number | undefined {
  const levels = voicesOf(state, limit).map(({ level }) => level)
  const level = Math.min(...levels)
  return levels.length > 0 && level <= levelOf(state, subject, document.range) ? level : undefined
}

/** The level of a key's own row, if it has taken itself out. */
function ownLevel(view: View, state: GroupState, membership: Membership, limit: Limit): number | undefined {
  const { subject, document } = membership
  if (subject !== keySubject(limit.publicKey) || !leaverLimits(view, state, membership).includes(limit))
    return undefined
  const hasLeft = (state.memberships.get(subject) ?? []).some((own) =>
    own.document.statements.some(
      (entry) => isLeaving(entry) && voicesOf(state, entry).some(({ speaker }) => speaker === subject),
    ),
  )
  return hasLeft ? levelOf(state, subject, document.range) : undefined
}

const isLeaving = (entry: ControlEntry): boolean =>
  lowers(entry, 'accepted') || entry.operation.kind === 'membership-delete'

/** One branch, the longest of it, or a dispute. */
function agree(view: View, branches: readonly Branch[]): Decision {
  const [first, ...others] = [...branches].sort((a, b) => (a.tip.seqNum > b.tip.seqNum ? -1 : 1))
  if (first === undefined || others.some(({ tip }) => !isOnBranch(view.set, first.tip, tip.id, tip.seqNum)))
    return 'disputed'
  return { tip: first.tip, isOwn: branches.every(({ tip, isOwn }) => isOwn || tip.id !== first.tip.id) }
}

/** What decides about a log for a group. Groups at one distance have to agree. */
function nearest(
  view: View,
  decisions: ReadonlyMap<DocumentId, DecisionsByLog>,
  group: DocumentId,
  log: string,
  key: PublicKey,
): Branch | undefined {
  const seen = new Set([group])
  let ring = [group]
  while (ring.length > 0) {
    const said = ring.flatMap((one) => decisions.get(one)?.get(log)?.decision ?? [])
    if (said.length > 0) {
      const branches = said.filter((decision) => decision !== 'disputed')
      const decision = branches.length === said.length ? agree(view, branches) : 'disputed'
      return decision === 'disputed' ? undefined : decision
    }
    ring = ring.flatMap((one) => groupsBelow(view, one, key)).filter((one) => !seen.has(one) && seen.add(one))
  }
  return undefined
}

/** The groups through which a key ever acted in a group. None where it is open who founds: whom a branch names must not choose that branch. */
const groupsBelow = ({ ever, subjectsOf }: View, group: DocumentId, key: PublicKey): readonly DocumentId[] =>
  (ever.founders.get(group)?.size ?? 0) > 1
    ? []
    : [...subjectsOf(key)].flatMap((subject: Subject) => {
        const below = subjectGroup(subject)
        return below !== undefined && ever.members.get(group)?.has(groupSubject(below)) === true ? [below] : []
      })

/** Whether an adopted branch has an entry. */
export const isAdopted = (
  view: Pick<View, 'set'>,
  branch: Branch | undefined,
  id: OperationId,
  seqNum: bigint,
): boolean => branch !== undefined && isOnBranch(view.set, branch.tip, id, seqNum)
