import type { ControlSet, GroupRecord, MembershipDocument } from './control-set.ts'
import { type ControlEntry, raises } from './entry.ts'

/** A membership document that stands where the first of a group has to, and the request it accepts. */
export interface GenesisCandidate {
  readonly document: MembershipDocument
  readonly create: ControlEntry
}

/**
 * What may be the genesis of a group (R8), forks or not: the membership in the second log after that of the group's CREATE accepts the request in
 * the first, both first in their log, by the key of the CREATE, for all schemas. By position alone; nothing else can found a group.
 */
export function genesisCandidates(set: ControlSet, group: GroupRecord): readonly GenesisCandidate[] {
  const { create } = group
  if (create === undefined) return []
  return group.documents.flatMap((document) => {
    const [entry] = document.statements
    // Of hundreds of memberships one lies there.
    if (entry === undefined || !isFirstOf(entry, create, 2n)) return []
    const request = set.requests.get(document.request)
    if (request === undefined || !isFirstOf(request, create, 1n)) return []
    const isAccepted = document.range === '*' && request.operation.group === group.id && raises(entry, 'accepted')
    return isAccepted && mayFound(create, request) ? [{ document, create: entry }] : []
  })
}

const isFirstOf = (entry: ControlEntry, create: ControlEntry, logsAfter: bigint): boolean =>
  entry.publicKey === create.publicKey &&
  entry.seqNum === 1n &&
  BigInt(entry.logId) === BigInt(create.logId) + logsAfter

/** Only a person's own group is founded by a key; every other by the person that its CREATE names. */
function mayFound(
  { operation: group }: NonNullable<GroupRecord['create']>,
  { operation: request }: { readonly operation: { readonly member?: string } },
): boolean {
  if (group.founder === 'unsaid') return true
  return group.founder === 'key' ? request.member === undefined : request.member === group.founder
}
