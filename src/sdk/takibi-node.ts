import type { DocumentId, DocumentViewId, Hash, OperationId, PublicKey } from '../core/ids.ts'
import type {
  BlobInfo,
  Change,
  CheckReport,
  DocumentView,
  Draft,
  EntryInfo,
  ExportReport,
  Filter,
  ForkInfo,
  ImportProgress,
  ImportReport,
  KnownSchema,
  LogInfo,
  MetaFilter,
  PendingInfo,
  Published,
  SearchHit,
  Value,
  Values,
} from '../engine/api.ts'
import type { LiveView } from '../engine/live-view.ts'
import type { TableUsage } from '../ports/store.ts'
import type { Campfire } from './campfire-types.ts'
import type { P2pandaError } from './errors.ts'
import type { CanTarget, Groups, Permission, Refusal } from './groups-types.ts'
import type { Invites } from './invites-types.ts'
import type { Identity } from './identity-types.ts'
import type { Sync } from './sync-types.ts'

/** A schema: what `defineSchema` gave, or its id as text (system schemas: `blob_v1` and so on). */
export type SchemaLike = KnownSchema | string
/** A document: what `create` or a query gave, or its id as text. */
export type DocumentLike = { readonly id: string } | string

/** Whatever holds bytes. Streams are read piece by piece, no faster than the engine takes them. */
export type ByteSource = Blob | Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>

/** For everything that takes time: ends it early, with `call/aborted`. */
export interface Waiting {
  readonly signal?: AbortSignal
}

/** `loading` until the first answer came from the store; `failed` keeps the last good value beside the error. */
export type LiveStatus =
  | { readonly status: 'loading' | 'ready'; readonly error?: undefined }
  | { readonly status: 'failed'; readonly error: P2pandaError }

/** A live view that can also be awaited once, and that stops when nobody subscribes any more. */
export interface Live<T> extends LiveView<T> {
  /** The first state that is `ready` and whole (of a query: counted); throws the error where it is `failed`. */
  readonly once: (waiting?: Waiting) => Promise<T>
}
/** What a live query shows. */
export type QueryState = LiveStatus & {
  readonly documents: readonly DocumentView[]
  /** `null` while it is still being counted: rows come first. */
  readonly totalCount: number | null
  readonly hasNextPage: boolean
  readonly endCursor: string | null
  /** An index is being built for this order: 0 to 1. */
  readonly indexing?: number
}
/** What a live document shows; `undefined`: it is not on this device. */
export type DocumentState = LiveStatus & { readonly document: DocumentView | undefined }
/** What a live history shows: every operation of the document, in causal order. */
export type HistoryState = LiveStatus & { readonly changes: readonly Change[] }
/** What a live list of schemas shows: all this device knows, all versions, system schemas too. */
export type SchemasState = LiveStatus & { readonly schemas: readonly KnownSchema[] }

/** What to look for, in which order, and how much of it. Absent: all documents that are not deleted, by document id. */
export interface QueryOptions {
  /** Filters by field; all of them must hold. */
  readonly where?: Readonly<Record<string, Filter>>
  /** Filters by what is known of the document itself. Without `deleted` only documents that are not. */
  readonly meta?: MetaFilter
  /** Field names; a leading `-` or `direction: 'desc'` turns the order round. `DOCUMENT_ID`, `CREATED_AT`, `CHANGED_AT` work too. */
  readonly orderBy?: readonly string[]
  readonly direction?: 'asc' | 'desc'
  /** 1 to 1,000; default 25. */
  readonly first?: number
  /** The cursor of the document (or the `endCursor` of the page) to go on after. */
  readonly after?: string
  /** The cursor of the document to end with: a page between two cursors, however many are there by now (`first` at most). */
  readonly until?: string
  /** `false`: do not count all that match; `totalCount` stays `null`. */
  readonly count?: boolean
  /** Relation fields to follow one step: their documents come along as `related`. */
  readonly select?: readonly string[]
}

/** What to export: everything, one collection with all it needs, or one document with all it needs. */
export type Exported = { readonly all: true } | { readonly schema: SchemaLike } | { readonly document: DocumentLike }

/** Files. */
export interface Blobs {
  /** Stores a file as `blob_v1` with pieces of 256,000 bytes, reading it piece by piece. */
  readonly put: (
    source: ByteSource,
    about: {
      readonly mimeType: string
      readonly length?: number
      readonly onProgress?: (bytes: number) => void
    } & Waiting,
  ) => Promise<DocumentId>
  /** Length, type, and whether all pieces are here; `undefined` where the blob itself is not. */
  readonly info: (blob: DocumentLike) => Promise<BlobInfo | undefined>
  /** Streams the bytes out; throws `blob/missing-pieces`, `blob/length-mismatch` where it is not whole. */
  readonly get: (blob: DocumentLike, waiting?: Waiting) => Promise<AsyncIterable<Uint8Array>>
  /** The whole as a `Blob` of its type, for object URLs and downloads. */
  readonly file: (blob: DocumentLike, waiting?: Waiting) => Promise<Blob>
  /** A small upright picture (longest side `edge` pixels), made once on this device; `undefined` where it is no picture that can be decoded. */
  readonly thumbnail: (blob: DocumentLike, edge?: number) => Promise<Blob | undefined>
  /** An image without metadata, upright, at most 2,560 pixels; `undefined` where this browser cannot decode it (HEIC): keep it as a file. */
  readonly cleanPicture: (picture: Blob) => Promise<Blob | undefined>
}

/** What the machinery looks like from inside; read only. */
export interface Inspector {
  /** All logs, or those of one key, ordered by key and log id. */
  readonly logs: (publicKey?: string) => Promise<readonly LogInfo[]>
  /** Entries and operations of a document as bytes, in order of arrival. */
  readonly entriesOf: (document: DocumentLike) => Promise<readonly EntryInfo[]>
  /** One entry by its hash, which is its operation's id. */
  readonly entry: (id: string) => Promise<EntryInfo | undefined>
  /** Places where a key signed two different entries. */
  readonly forks: () => Promise<readonly ForkInfo[]>
  /** What waits for an entry, an operation or a schema that is not here. At most 1,000 unless said. */
  readonly pending: (limit?: number) => Promise<readonly PendingInfo[]>
  /** Rows and bytes by table. */
  readonly usage: () => Promise<readonly TableUsage[]>
}

/** Small notes of this device: drafts, settings. Not signed, not sent, not exported. Values are structured-cloneable. */
export interface Notes {
  /** The note, or `undefined`. */
  readonly get: (key: string) => Promise<unknown>
  /** `undefined` takes the note away. */
  readonly put: (key: string, value: unknown) => Promise<void>
}

/** One device's door to its documents. Reading is a live view; writing resolves when the change is stored on this device. */
export interface TakibiNode extends AsyncDisposable {
  /** The device key. Its private half never leaves the signer. */
  readonly publicKey: PublicKey
  /**
   * @param fields type by name: `bool int float str bytes`, or `relation(<schema id>)`, `relation_list(…)`, `pinned_relation(…)`, `pinned_relation_list(…)`, `owner(…)`
   * @param options `sortable`: fields with an index from the start (default: the first three scalar ones); `newVersionOf`: the next version of the same family;
   *   `group`: seals the definition for a group
   */
  readonly defineSchema: (
    name: string,
    description: string,
    fields: Readonly<Record<string, string>>,
    options?: {
      readonly sortable?: readonly string[]
      readonly newVersionOf?: SchemaLike
      readonly group?: DocumentLike
    } & Waiting,
  ) => Promise<KnownSchema>
  /** All schemas this device knows. */
  readonly schemas: () => Live<SchemasState>
  /** A new document with all fields of its schema: sealed for a group, or clear where none is named. `expiresAt`: Unix seconds, told by the day. */
  readonly create: (
    schema: SchemaLike,
    fields: Values,
    options?: { readonly group?: DocumentLike; readonly expiresAt?: number } & Waiting,
  ) => Promise<DocumentId>
  /**
   * Changes the given fields only. `previous`: the operations this change has seen; by default all known tips. `schema`: of a sealed document, a later
   * version of its family.
   */
  readonly update: (
    document: DocumentLike,
    fields: Values,
    options?: { readonly previous?: readonly string[]; readonly schema?: SchemaLike } & Waiting,
  ) => Promise<OperationId>
  /** Deletes the document, for everybody who has it and for good. */
  readonly remove: (document: DocumentLike, waiting?: Waiting) => Promise<OperationId>
  /**
   * Signs and stores all drafts or none. They may name each other by `as` and `{ ref }`. Who has many batches calls again before the last
   * call answered: the next is signed while the last is stored, in the order of the calls.
   */
  readonly publishBatch: (drafts: readonly Draft[], waiting?: Waiting) => Promise<readonly Published[]>
  /** A document as it is on this device, now and after every change. */
  readonly document: (document: DocumentLike) => Live<DocumentState>
  /** A document as it was at a view id; `undefined` where operations of that view are not here. */
  readonly documentAt: (viewId: DocumentViewId | string) => Promise<DocumentView | undefined>
  /** Everything that was done to a document. */
  readonly history: (document: DocumentLike) => Live<HistoryState>
  /** Documents of a schema, in all its versions, now and after every change. */
  readonly query: (schema: SchemaLike, options?: QueryOptions) => Live<QueryState>
  /** Documents whose texts match, the best first; at most 50 unless said. */
  readonly search: (
    text: string,
    options?: { readonly schemas?: readonly SchemaLike[]; readonly limit?: number } & Waiting,
  ) => Promise<readonly SearchHit[]>
  /** What is said in groups. */
  readonly campfire: Campfire
  readonly blobs: Blobs
  readonly inspect: Inspector
  /** With whom this node exchanges what is shared. */
  readonly sync: Sync
  /** Who writes here, their recovery words, and what they call others. */
  readonly identity: Identity
  /** Groups, without their screens: what is made here is what the rules of docs/permissions.md judge. */
  readonly groups: Groups
  /** Letting people into groups by links. */
  readonly invites: Invites
  /**
   * Why this device may not do that now; `undefined`: it may. `target`: a document, or a group, for things of one schema or of all. Asks what is known
   * here; who may do what can change with whatever comes.
   */
  readonly canI: (permission: Permission, target: CanTarget) => Promise<Refusal | undefined>
  readonly notes: Notes
  /** A `.takibi` bundle, piece by piece. `onReport` is called once, at the end. */
  readonly export: (
    what: Exported,
    options?: { readonly onReport?: (report: ExportReport) => void } & Waiting,
  ) => Promise<AsyncIterable<Uint8Array>>
  /** Takes in a bundle. Good entries stay also when others are bad or the signal ends it; nothing is half-written. */
  readonly import: (
    source: ByteSource,
    options?: { readonly onProgress?: (progress: ImportProgress) => void } & Waiting,
  ) => Promise<ImportReport>
  /** Checks every stored row against signatures, hashes and links. */
  readonly verify: (
    options?: { readonly onProgress?: (progress: { readonly documents: number }) => void } & Waiting,
  ) => Promise<CheckReport>
  /** Ends everything the node started. Twice is as good as once; `await using` does it for you. */
  readonly close: () => Promise<void>
}

export type { DocumentView, Value, Values, Hash }
