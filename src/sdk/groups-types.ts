import type { GroupSummary } from '../core/authority/authority.ts'
import type { Permission, Role, Subject } from '../core/authority/entry.ts'
import type { Refusal } from '../core/authority/refusal.ts'
import type { DocumentId } from '../core/ids.ts'
import type { Rejudged } from '../engine/authority/turn.ts'
import type { ChangedMember, GroupNode } from '../engine/groups/api.ts'
import type { PresenceState } from '../engine/sync/api.ts'
import type { PresenceView } from './sync-types.ts'
import type { DocumentLike, Live, LiveStatus, SchemaLike, Waiting } from './takibi-node.ts'

/** The nodes of a group that keepers admitted. */
export type GroupNodesView = LiveStatus & { readonly nodes: readonly GroupNode[] }

export type { ChangedMember, GroupNode, GroupSummary, Permission, Refusal, Rejudged, Role, Subject }

/** What somebody wants to do something with: a document, or things of a schema in a group (absent: of all schemas). */
export type CanTarget = DocumentLike | { readonly group: DocumentLike; readonly schema?: SchemaLike }

/** Groups from their parts: what the screens of groups, and tests, are made of. A person is a group too. */
export interface Groups {
  /** A new group, with its first member. `founder`: the person that founds it; absent: this device's key does, as in a person's own group. */
  readonly create: (name: string, options?: { readonly founder?: DocumentLike }) => Promise<DocumentId>
  /** Asks for a place, for this device or for the person `member` that it speaks for. Gives the request. */
  readonly ask: (group: DocumentLike, options?: { readonly member?: DocumentLike }) => Promise<DocumentId>
  /** Gives a place with a role, for things of one schema or of all. Gives the membership. */
  readonly accept: (
    request: DocumentLike,
    options: { readonly group: DocumentLike; readonly role: Role; readonly schema?: SchemaLike },
  ) => Promise<DocumentId>
  /**
   * Gives a member of a group another role; `undefined`: sends it away, or leaves. What it wrote until then stays. For things of one schema, or of all.
   * Rejects with `group/change-refused`: the last keeper stays.
   */
  readonly setRole: (
    group: DocumentLike,
    member: Subject,
    role: Role | undefined,
    options?: { readonly schema?: SchemaLike } & Waiting,
  ) => Promise<ChangedMember>
  /**
   * Which devices of a group are there now, by what they say: members only, heard directly or through its nodes and other members. Kept nowhere; who has
   * said nothing for a minute drops out with the next report. Until groups are sealed whoever knows the group's id and carries its words can read them.
   */
  readonly presence: (group: DocumentLike) => Live<PresenceView>
  /** Says to the members of a group what this person does, until it is said otherwise; `undefined`: nothing more. Who is no member says nothing. */
  readonly sayPresence: (group: DocumentLike, presence: PresenceState | undefined) => Promise<void>
  /** Nodes that serve the group to its members, and keep what those bring who knock. */
  readonly nodes: (group: DocumentLike) => Live<GroupNodesView>
  /** Lets a node serve the group; members that are connected with it ask it to. It sees who is in it and who writes when, and nothing that is sealed. */
  readonly admitNode: (group: DocumentLike, node: Omit<GroupNode, 'id' | 'isLive'>) => Promise<DocumentId>
  /** The node has it no longer, as soon as it hears of it. */
  readonly dismissNode: (node: GroupNode) => Promise<void>
  /** A group as it stands: founder, members, who may let in. */
  readonly summary: (group: DocumentLike) => Promise<GroupSummary>
  /** All documents that say who may do what in a group. */
  readonly controlClosure: (group: DocumentLike) => Promise<readonly DocumentId[]>
  /** Hears of operations that count no more, with the reason, or count again. Returns what ends it. */
  readonly onRejudged: (listener: (rejudged: readonly Rejudged[]) => void) => () => void
}
