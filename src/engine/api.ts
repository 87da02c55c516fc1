/**
 * What an engine offers to its host, wherever it runs: in the same thread (Node, tests) or behind a MessagePort (a page's engine worker).
 * Everything that crosses is structured-cloneable, except async iterables, which `hosts/remote.ts` pulls chunk by chunk, and `Call`.
 * Failures are values; nothing here throws but a `Bug`.
 */
import type { Refusal } from '../core/authority/refusal.ts'
import type { DocumentId, DocumentViewId, Hash, LogId, OperationId, PublicKey, SchemaId, SeqNum } from '../core/ids.ts'
import type { Result } from '../core/result.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { SealedFault } from '../core/sealing/failure.ts'
import type { Mark, Origin, TableUsage } from '../ports/store.ts'
import type { Failure } from './failure.ts'
import type { AuthorityApi } from './authority/api.ts'
import type { GroupsApi } from './groups/api.ts'
import type { IdentityApi } from './identity/api.ts'
import type { LinkingApi } from './identity/link-api.ts'
import type { InvitesApi } from './invites/api.ts'
import type { OutboxApi } from './outbox/api.ts'
import type { SyncApi } from './sync/api.ts'

/** How a call can be ended early, and how it tells what it does meanwhile. */
export interface Call<Report = never> {
  readonly signal: AbortSignal
  readonly report?: (report: Report) => void
}

/** A field as JavaScript has it: int is a number where that is exact and a bigint elsewhere; relations are ids, lists arrays of ids, view ids joined by `_`. */
export type Value = boolean | number | bigint | string | Uint8Array | readonly string[]
export type Values = Readonly<Record<string, Value>>

/** Stands for the document (or, for a pinned field, the view; or, as a schema, the schema) that an earlier draft of the same batch makes. */
export interface Reference {
  readonly ref: string
}
export type DraftValue = Value | Reference | readonly (string | Reference)[]
export type DraftValues = Readonly<Record<string, DraftValue>>

interface DraftCommon {
  /** Names this draft for the others of its batch. */
  readonly as?: string
  /** The own key that signs. Absent: the device key. */
  readonly by?: PublicKey
}
/** Something to sign. `previous` absent: all tips known to this device. */
export type Draft =
  | (DraftCommon & {
      readonly action: 'create'
      readonly schema: SchemaId | Reference
      readonly fields: DraftValues
      /** Seals it as a document of this group: a key group, or a secret group itself (that an earlier draft makes). Absent: it is clear. */
      readonly group?: DocumentId | Reference
      /** Unix seconds after which a sealed document goes; told by the day. */
      readonly expiresAt?: number
    })
  | (DraftCommon & {
      readonly action: 'update'
      readonly document: DocumentId | Reference
      readonly fields: DraftValues
      readonly previous?: readonly OperationId[]
      /** Of a sealed document: a later version of its family (decisions.md 23). */
      readonly schema?: SchemaId
    })
  | (DraftCommon & {
      readonly action: 'delete'
      readonly document: DocumentId | Reference
      readonly previous?: readonly OperationId[]
    })

export interface Published {
  readonly operationId: OperationId
  readonly documentId: DocumentId
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly seqNum: SeqNum
}

/** A document as it is now, or was at a view id. */
export interface DocumentView {
  readonly id: DocumentId
  readonly viewId: DocumentViewId
  /** The version of the family that the document was created with. */
  readonly schemaId: SchemaId
  readonly owner: PublicKey
  readonly fields: Values
  readonly isDeleted: boolean
  readonly isEdited: boolean
  readonly mark: Mark
  readonly pendingOperations: number
  /** Milliseconds since the Unix epoch, when this device stored the first and the newest operation. Operations carry no time. */
  readonly createdAt: number
  readonly changedAt: number
  /** The group of a sealed document. */
  readonly group?: DocumentId
  /** Operations whose keys are not here yet. */
  readonly lockedOperations?: number
  /** Documents that followed fields lead to, by field name, where the query selected them and this device has them. */
  readonly related?: Readonly<Record<string, readonly DocumentView[]>>
  /** Where a page can go on after this document (only in query results). */
  readonly cursor?: string
}

export type Comparable = boolean | number | bigint | string | Uint8Array
/** Filters of p2panda's client API; which ones a field takes follows from its type (wire.md §6.1). Several are joined by AND. */
export interface Filter {
  readonly eq?: Comparable | readonly string[]
  readonly notEq?: Comparable | readonly string[]
  readonly in?: readonly (Comparable | readonly string[])[]
  readonly notIn?: readonly (Comparable | readonly string[])[]
  readonly gt?: number | bigint | string
  readonly gte?: number | bigint | string
  readonly lt?: number | bigint | string
  readonly lte?: number | bigint | string
  readonly contains?: string
  readonly notContains?: string
}
export interface MetaFilter {
  readonly documentId?: Filter
  readonly viewId?: Filter
  readonly owner?: Filter
  /** The group of a sealed document. */
  readonly group?: Filter
  readonly edited?: { readonly eq?: boolean; readonly notEq?: boolean }
  /** Without it deleted documents are left out. */
  readonly deleted?: { readonly eq?: boolean; readonly notEq?: boolean }
}
export interface Order {
  /** A field's name, or `DOCUMENT_ID`, `DOCUMENT_VIEW_ID` (without an index), `CREATED_AT`, `CHANGED_AT` (the last two: local time of storing). */
  readonly by: string
  readonly direction: 'asc' | 'desc'
}
export interface Query {
  /** Any version of the family; the result spans them all. */
  readonly schema: SchemaId
  readonly where?: Readonly<Record<string, Filter>>
  readonly meta?: MetaFilter
  /** First decides, later ones break ties; the document id breaks the last. Absent: by document id. */
  readonly orderBy?: readonly Order[]
  /** 1 to 1,000; default 25. */
  readonly first?: number
  /** A cursor: what comes after it. */
  readonly after?: string
  /** A cursor: up to what it is of, and that too. So a page can be asked for again by its two ends, however many they are between now. */
  readonly until?: string
  /** `false`: nobody wants to know how many there are in all, and `totalCount` stays `null`. Counting ten thousand costs more than a page of them. */
  readonly count?: boolean
  /** Relation fields to follow, one step. */
  readonly select?: readonly string[]
}
export interface QueryPage {
  readonly documents: readonly DocumentView[]
  /** `null` while still being counted, where nobody counts, and in a single answer where only a look at every document could tell. */
  readonly totalCount: number | null
  readonly hasNextPage: boolean
  readonly endCursor: string | null
  /** Set while an index for an order that was not asked for before is being built: 0 to 1. */
  readonly indexing?: number
}

/** One operation in the life of a document. */
export interface Change {
  readonly operationId: OperationId
  readonly action: 'create' | 'update' | 'delete'
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly seqNum: SeqNum
  readonly previous: readonly OperationId[]
  readonly schemaId: SchemaId
  /** What it set, and what stood there before, as far as its writer knew; before a DELETE stood all. */
  readonly fields: Values
  readonly before: Values
  /** The view id of everything this operation knew, itself included: for `documentAt`. */
  readonly viewId: DocumentViewId
  readonly receivedAt: number
  readonly origin: Origin
  /** One of its previous is missing. */
  readonly isPending: boolean
  /** It has no effect, and why. */
  readonly refusal?: Refusal
  /** It is sealed, and its key is not here, or nothing sound is inside: it says nothing, and keeps its place. */
  readonly closed?: 'locked' | SealedFault['code']
}

/** A schema as the engine knows it. */
export interface KnownSchema extends Schema {
  /** Position in its family, counted from 1 in the order this device learned of them; system schemas: 1. */
  readonly version: number
  /** Names of the fields the family can be sorted by without building an index first. */
  readonly sortable: readonly string[]
}
export interface SchemaDraft {
  readonly name: string
  readonly description: string
  /** `str`, `int`, … or `relation(<schema id>)` and its kin, by field name. */
  readonly fields: Readonly<Record<string, string>>
  readonly sortable?: readonly string[]
  /** A new version stays in the group of the one before. */
  readonly newVersionOf?: SchemaId
  /** Seals the definition as documents of this group. Absent: it is clear. */
  readonly group?: DocumentId
}

/** Something to say in a group. */
export interface Saying {
  readonly text: string
  /** The messages it answers. */
  readonly replyTo?: readonly DocumentId[]
  /** Things it shows: it is in their threads. */
  readonly things?: readonly DocumentId[]
  readonly files?: readonly DocumentId[]
  /** Unix seconds after which it goes; told by the day. */
  readonly expiresAt?: number
}

export interface SearchHit {
  readonly document: DocumentView
  readonly score: number
}

export type Verdict =
  | { readonly verdict: 'stored'; readonly id: Hash; readonly documentId: DocumentId }
  | { readonly verdict: 'duplicate'; readonly id: Hash }
  | {
      readonly verdict: 'pending'
      readonly id: Hash
      readonly reason: 'missing-link' | 'missing-previous' | 'unknown-schema'
    }
  | { readonly verdict: 'rejected'; readonly failure: Failure; readonly id?: Hash }
  | {
      readonly verdict: 'forked'
      readonly publicKey: PublicKey
      readonly logId: LogId
      readonly seqNum: SeqNum
      readonly a: Hash
      readonly b: Hash
    }

export interface ImportProgress {
  readonly bytes: number
  readonly entries: number
}
/** What an import did. `index` counts items in the file from 0. At most 1,000 rejections are listed; the counts are complete. */
export interface ImportReport {
  readonly entries: number
  readonly stored: number
  readonly duplicates: number
  readonly pending: readonly {
    readonly index: number
    readonly id: Hash
    readonly reason: 'missing-link' | 'missing-previous' | 'unknown-schema'
  }[]
  readonly rejected: readonly { readonly index: number; readonly failure: Failure }[]
  readonly forks: readonly {
    readonly publicKey: PublicKey
    readonly logId: LogId
    readonly seqNum: SeqNum
    readonly a: Hash
    readonly b: Hash
  }[]
  readonly rejectedCount: number
  readonly isCancelled: boolean
}
export type ExportScope = { readonly all: true } | { readonly schema: SchemaId } | { readonly document: DocumentId }
/** `missing`: ids that documents of the file relate to and that are not in it. */
export interface ExportReport {
  readonly entries: number
  readonly documents: number
  readonly bytes: number
  readonly leadsOut: readonly { readonly from: DocumentId; readonly field: string; readonly to: string }[]
}

export interface BlobInfo {
  readonly documentId: DocumentId
  readonly length: number
  readonly mimeType: string
  /** Pieces that are not on this device. */
  readonly missingPieces: number
}

/** For the inspector. */
export interface LogInfo {
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly seqNum: SeqNum
  readonly documentId: DocumentId
  readonly isEnded: boolean
}
export interface EntryInfo {
  readonly bytes: Uint8Array
  readonly operation: Uint8Array | null
  readonly documentId: DocumentId
  readonly receivedAt: number
  readonly arrival: number
  readonly origin: Origin
}
export interface ForkInfo {
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly seqNum: SeqNum
  readonly a: Hash
  readonly b: Hash
}
export interface PendingInfo {
  readonly id: Hash
  readonly awaits: string
}
/** The result of checking every stored row against its own signatures, hashes and links. */
export interface CheckReport {
  readonly documents: number
  readonly entries: number
  readonly damaged: readonly { readonly table: string; readonly key: string; readonly failure: Failure }[]
}

type Answer<T> = Promise<Result<T, Failure>>

export interface EngineApi extends SyncApi, OutboxApi, IdentityApi, LinkingApi, AuthorityApi, GroupsApi, InvitesApi {
  readonly publicKeys: () => Answer<readonly PublicKey[]>
  /** Signs and commits all drafts as one. Resolves when stored on this device. */
  readonly publish: (drafts: readonly Draft[], call: Call) => Answer<readonly Published[]>
  /** Says something in a group, after what this device knows of its talk. */
  readonly say: (group: DocumentId, saying: Saying, call: Call) => Answer<DocumentId>
  readonly defineSchema: (draft: SchemaDraft, call: Call) => Answer<KnownSchema>
  readonly schemas: () => Answer<readonly KnownSchema[]>
  readonly document: (id: DocumentId) => Answer<DocumentView | undefined>
  readonly documentAt: (viewId: DocumentViewId) => Answer<DocumentView | undefined>
  readonly history: (id: DocumentId) => Answer<readonly Change[]>
  readonly query: (query: Query, call: Call) => Answer<QueryPage>
  /** At most `limit` hits over the text fields of these families (absent: all application schemas). */
  readonly search: (
    text: string,
    options: { readonly schemas?: readonly SchemaId[]; readonly limit: number },
    call: Call,
  ) => Answer<readonly SearchHit[]>

  /** Report now and after every change, until the signal says stop; then resolves. */
  readonly watchDocument: (id: DocumentId, call: Call<Result<DocumentView | undefined, Failure>>) => Promise<void>
  readonly watchHistory: (id: DocumentId, call: Call<Result<readonly Change[], Failure>>) => Promise<void>
  readonly watchQuery: (query: Query, call: Call<Result<QueryPage, Failure>>) => Promise<void>
  readonly watchSchemas: (call: Call<Result<readonly KnownSchema[], Failure>>) => Promise<void>

  readonly putBlob: (
    source: AsyncIterable<Uint8Array>,
    about: { readonly mimeType: string; readonly length: number },
    call: Call<number>,
  ) => Answer<DocumentId>
  readonly blobInfo: (id: DocumentId) => Answer<BlobInfo | undefined>
  readonly getBlob: (id: DocumentId, call: Call) => Answer<AsyncIterable<Uint8Array>>
  /** A small upright picture of an image blob, made once and kept on this device. */
  readonly thumbnail: (
    id: DocumentId,
    edge: number,
  ) => Answer<{ readonly bytes: Uint8Array; readonly mimeType: string } | undefined>
  /** The same picture without what the camera wrote into it; `undefined` where it cannot be decoded here. */
  readonly cleanPicture: (
    bytes: Uint8Array,
    mimeType: string,
  ) => Answer<{ readonly bytes: Uint8Array; readonly mimeType: string } | undefined>

  readonly exportBundle: (scope: ExportScope, call: Call<ExportReport>) => Answer<AsyncIterable<Uint8Array>>
  readonly importBundle: (source: AsyncIterable<Uint8Array>, call: Call<ImportProgress>) => Answer<ImportReport>

  /** Notes of this device only: drafts, settings. Never signed, never sent. Keys are the caller's, kept apart from the engine's own. */
  readonly note: (key: string) => Answer<unknown>
  readonly putNote: (key: string, value: unknown) => Answer<void>

  readonly logs: (publicKey: PublicKey | undefined) => Answer<readonly LogInfo[]>
  readonly entriesOf: (documentId: DocumentId) => Answer<readonly EntryInfo[]>
  readonly entry: (id: Hash) => Answer<EntryInfo | undefined>
  readonly forks: () => Answer<readonly ForkInfo[]>
  readonly pendingItems: (limit: number) => Answer<readonly PendingInfo[]>
  readonly usage: () => Answer<readonly TableUsage[]>
  readonly check: (call: Call<{ readonly documents: number }>) => Answer<CheckReport>
  readonly close: () => Promise<void>
}
