import type { DocumentId, OperationId, PublicKey } from '../ids.ts'
import type { ControlSet, MembershipDocument } from './control-set.ts'
import type { ControlEntry, GrantRange, Subject } from './entry.ts'
import { groupSubject, keySubject, raises, raisesAny, reaches, subjectGroup } from './entry.ts'
import { entryOf } from './entry-of.ts'
import { genesisCandidates } from './genesis.ts'

/**
 * What was ever given by a chain of grants, with removals, limits and forks left out (R4). It only grows, so consent cannot be taken back.
 */
export interface Ever {
  /** Subjects that were ever let in, by group. */
  readonly members: Map<DocumentId, Set<Subject>>
  /** The same the other way round. */
  readonly groupsOf: Map<Subject, Set<DocumentId>>
  /** Subjects that ever could authorise, by group, with their ranges. */
  readonly authorisers: Map<DocumentId, Map<Subject, Set<GrantRange>>>
  /** Subjects of the groups that may be founded by more than one. */
  readonly founders: Map<DocumentId, Set<Subject>>
}

export const emptyEver = (): Ever => ({
  members: new Map(),
  groupsOf: new Map(),
  authorisers: new Map(),
  founders: new Map(),
})

/** Brings `ever` up to what the set holds now: a least fixpoint over all groups. */
export function growEver(set: ControlSet, ever: Ever, unsettled: Set<ControlEntry>): void {
  for (let grew = true; grew;) {
    grew = found(set, ever)
    for (const entry of unsettled) {
      if (!settle(set, ever, entry)) continue
      unsettled.delete(entry)
      grew = true
    }
  }
}

/** Whether what an entry says may ever count towards `Ever`. */
export const mayGrowEver = (entry: ControlEntry): boolean => raisesAny(entry) && entryAccepts(entry)

const entryAccepts = ({ operation }: ControlEntry): boolean =>
  (operation.kind === 'membership' || operation.kind === 'membership-update') && operation.flags.accepted !== false

/** Who a request lets in: its key, or its member group where the key was ever allowed to speak for that one (R4). */
export function requestSubject(set: ControlSet, ever: Ever, id: OperationId): Subject | undefined {
  const request = set.requests.get(id)
  if (request === undefined) return undefined
  const { member } = request.operation
  if (member === undefined) return keySubject(request.publicKey)
  return everAuthorised(ever, member, request.publicKey, '*') ? groupSubject(member) : undefined
}

/** Who a membership document is about, where its request is one of the same group that counts (R3, R4). */
export const documentSubject = (set: ControlSet, ever: Ever, document: MembershipDocument): Subject | undefined =>
  set.requests.get(document.request)?.operation.group === document.group
    ? requestSubject(set, ever, document.request)
    : undefined

/** Whether a key could ever authorise in a group, itself or through groups. */
function everAuthorised(ever: Ever, group: DocumentId, key: PublicKey, range: GrantRange): boolean {
  const seen = new Set<DocumentId>()
  const search = (id: DocumentId): boolean => {
    if (seen.has(id)) return false
    seen.add(id)
    const authorisers = ever.authorisers.get(id)
    if (authorisers === undefined) return false
    const own = authorisers.get(keySubject(key))
    if (own !== undefined && [...own].some((held) => reaches(held, range))) return true
    for (const [subject, held] of authorisers) {
      const below = subjectGroup(subject)
      if (below !== undefined && [...held].some((one) => reaches(one, range)) && search(below)) return true
    }
    return false
  }
  return search(group)
}

/** All subjects that a key ever acted for: itself, the groups it was let into, the groups that those were let into. */
export function everSubjects(ever: Ever, key: PublicKey): ReadonlySet<Subject> {
  const subjects = new Set([keySubject(key)])
  for (const subject of subjects)
    for (const group of ever.groupsOf.get(subject) ?? []) subjects.add(groupSubject(group))
  return subjects
}

/** All keys that ever acted for a subject: the key it is, or those let into the group it is, and into the groups in that. */
export function everKeys(ever: Ever, subject: Subject): ReadonlySet<PublicKey> {
  const subjects = new Set([subject])
  const keys = new Set<PublicKey>()
  for (const one of subjects) {
    const group = subjectGroup(one)
    if (group === undefined) keys.add(one.slice(2) as PublicKey)
    else for (const member of ever.members.get(group) ?? []) subjects.add(member)
  }
  return keys
}

/** Takes in those who found a group. */
function found(set: ControlSet, ever: Ever): boolean {
  let grew = false
  for (const group of set.groups.values())
    for (const { document } of genesisCandidates(set, group)) {
      const subject = documentSubject(set, ever, document)
      if (subject === undefined || ever.founders.get(group.id)?.has(subject)) continue
      entryOf(ever.founders, group.id, () => new Set<Subject>()).add(subject)
      admit(ever, group.id, subject, '*')
      grew = true
    }
  return grew
}

/** Takes a grant in once its speaker and its subject are known. Answers whether it did. */
function settle(set: ControlSet, ever: Ever, entry: ControlEntry): boolean {
  const { operation } = entry
  const id = operation.kind === 'membership-update' ? operation.membership : (entry.id as DocumentId)
  const document = set.documents.get(id)
  if (document === undefined || !everAuthorised(ever, document.group, entry.publicKey, document.range)) return false
  const subject = documentSubject(set, ever, document)
  if (subject === undefined) return false
  admit(ever, document.group, subject, raises(entry, 'authorise') ? document.range : undefined)
  return true
}

function admit(ever: Ever, group: DocumentId, subject: Subject, authorises: GrantRange | undefined): void {
  entryOf(ever.members, group, () => new Set<Subject>()).add(subject)
  entryOf(ever.groupsOf, subject, () => new Set<DocumentId>()).add(group)
  if (authorises === undefined) return
  const authorisers = entryOf(ever.authorisers, group, () => new Map<Subject, Set<GrantRange>>())
  entryOf(authorisers, subject, () => new Set<GrantRange>()).add(authorises)
}
