import type { GroupSummary } from '../core/authority/authority.ts'
import type { Permission, Role, Subject } from '../core/authority/entry.ts'
import type { Refusal } from '../core/authority/refusal.ts'
import type { DocumentId, OperationId } from '../core/ids.ts'
import type { Rejudged } from '../engine/authority/turn.ts'
import type { DocumentLike, SchemaLike } from './takibi-node.ts'

export type { GroupSummary, Permission, Refusal, Rejudged, Role, Subject }

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
  /** Gives a membership another role; `undefined`: takes the place away, or leaves. */
  readonly setRole: (membership: DocumentLike, role: Role | undefined) => Promise<OperationId>
  /** A group as it stands: founder, members, who may let in. */
  readonly summary: (group: DocumentLike) => Promise<GroupSummary>
  /** All documents that say who may do what in a group. */
  readonly controlClosure: (group: DocumentLike) => Promise<readonly DocumentId[]>
  /** Hears of operations that count no more, with the reason, or count again. Returns what ends it. */
  readonly onRejudged: (listener: (rejudged: readonly Rejudged[]) => void) => () => void
}
