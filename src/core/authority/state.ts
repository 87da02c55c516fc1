import type { DocumentId, OperationId, PublicKey } from '../ids.ts'
import type { ControlSet, GroupRecord, MembershipDocument } from './control-set.ts'
import type { ControlEntry, GrantRange, Permission, Row, Subject } from './entry.ts'
import type { Ever } from './ever.ts'

/** The level of who may not authorise (R9). */
export const noLevel = Infinity

/** A membership document and who it is about. */
export interface Membership {
  readonly document: MembershipDocument
  readonly subject: Subject
}

/** A statement as somebody said it. A key may speak for several, and by several memberships, so one statement may have several voices. */
export interface Voice {
  readonly entry: ControlEntry
  readonly membership: Membership
  readonly speaker: Subject
  /** The membership by which it may say so. */
  readonly via: MembershipDocument
  readonly level: number
}

/** Entries of a key that are saved from a removal. */
export interface KeptRows {
  readonly publicKey: PublicKey
  readonly range: GrantRange
  readonly rows: readonly Row[]
}

/** A removal or a `void` in force, with what it leaves standing (R11). */
export interface Cut {
  readonly voice: Voice
  readonly kept: readonly KeptRows[]
}

/** Rights that were ever raised for somebody by those who had them (R17). */
export type Rights = ReadonlyMap<GrantRange, ReadonlySet<Permission>>

/** What holds in a group: everything follows from the set of control entries, and from nothing else. */
export interface GroupState {
  readonly id: DocumentId
  /** This group and those through which it was reached: they contribute nothing below. */
  readonly path: readonly DocumentId[]
  /** Absent: the group is inert, nobody may do anything (R8). */
  readonly founder: Subject | undefined
  /** Inert because its founder ended it (R5). */
  readonly isEnded: boolean
  readonly memberships: ReadonlyMap<Subject, readonly Membership[]>
  readonly levels: ReadonlyMap<Subject, ReadonlyMap<GrantRange, number>>
  /** By statement: who says it with effect. */
  readonly live: ReadonlyMap<OperationId, readonly Voice[]>
  /** By subject: what takes the force from its statements. */
  readonly cuts: ReadonlyMap<Subject, readonly Cut[]>
  readonly rights: ReadonlyMap<Subject, Rights>
}

/** The branch of a forked log that counts in a group, up to `tip`. */
export interface Branch {
  readonly tip: ControlEntry
  /** Adopted by rows of the key itself, when it left, and not by somebody else. */
  readonly isOwn: boolean
}

/** What a resolution looks at. */
export interface View {
  readonly set: ControlSet
  readonly ever: Ever
  readonly subjectOf: (document: MembershipDocument) => Subject | undefined
  /** The branch of a forked log that a group adopted (R26). */
  readonly adopted: (group: DocumentId, log: string) => Branch | undefined
  /** Whether a statement takes part in that group, forks and adoptions considered (R25, R26). */
  readonly isInForce: (group: DocumentId, entry: ControlEntry) => boolean
  readonly subjectsOf: (key: PublicKey) => ReadonlySet<Subject>
  /** The state of a group, reached through others or not; `undefined` where nothing of it is known. */
  readonly stateOf: (group: DocumentId, path: readonly DocumentId[]) => GroupState | undefined
}

/** The level of a subject in a range: that of the range itself, or of all ranges, whichever is higher up. */
export function levelOf({ levels }: Pick<GroupState, 'levels'>, subject: Subject, range: GrantRange): number {
  const own = levels.get(subject)
  return Math.min(own?.get(range) ?? noLevel, own?.get('*') ?? noLevel)
}

/** The memberships of a group whose requests count, by who they are about (R3, R4). */
export function membershipsOf(view: View, group: GroupRecord): Map<Subject, Membership[]> {
  const bySubject = new Map<Subject, Membership[]>()
  for (const document of group.documents) {
    const subject = view.subjectOf(document)
    if (subject === undefined) continue
    const known = bySubject.get(subject)
    if (known === undefined) bySubject.set(subject, [{ document, subject }])
    else known.push({ document, subject })
  }
  return bySubject
}
