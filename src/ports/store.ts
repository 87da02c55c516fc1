import type { Brand } from '../core/brand.ts'
import type { LogKey } from '../core/entry/entry.ts'
import type {
  DocumentId,
  DocumentViewId,
  EncodedEntry,
  EncodedOperation,
  Hash,
  OperationId,
  PublicKey,
  SchemaId,
  SeqNum,
} from '../core/ids.ts'
import type { Fields } from '../core/operation/operation.ts'

/** How an entry came to this device. */
export type Origin = 'local' | 'import' | 'peer'
/** `private`: in no scope, goes nowhere until its person shares it. */
export type Mark = 'private' | 'shared'

/** One entry as it lies in its document. */
export interface StoredItem {
  readonly entry: EncodedEntry
  /** `null`: the payload was dropped. */
  readonly operation: EncodedOperation | null
  /** Local arrival number, handed out by the store inside the commit, counted from 1. */
  readonly arrival: number
  /** Milliseconds since the Unix epoch, by this device's clock. */
  readonly receivedAt: number
  readonly origin: Origin
}

export interface StoredDocument {
  readonly documentId: DocumentId
  readonly mark: Mark
  /** In order of arrival. */
  readonly items: readonly StoredItem[]
}

/** The newest verified entry of a log without gaps below it. */
export interface Head extends LogKey {
  readonly seqNum: SeqNum
  readonly hash: Hash
  /** The one document this log writes to. */
  readonly documentId: DocumentId
  readonly isEnded: boolean
}

/**
 * Something that cannot go on yet, found again by what it waits for.
 * `item` set: an entry not stored yet (link or previous missing). Without: a stored document whose schema is not known yet.
 */
export interface Pending {
  /** Entry hash, or document id. */
  readonly id: Hash
  /** `link:<publicKey>/<logId>/<seqNum>`, `operation:<id>` or `schema:<id>`. */
  readonly awaits: string
  readonly item?: {
    readonly entry: EncodedEntry
    readonly operation: EncodedOperation | null
    readonly receivedAt: number
    readonly origin: Origin
    readonly mark: Mark
  }
}

/** Two different signed entries at one place; `a` < `b` by hash (wire.md §3.3). */
export interface Fork extends LogKey {
  readonly seqNum: SeqNum
  readonly a: { readonly hash: Hash; readonly entry: EncodedEntry }
  readonly b: { readonly hash: Hash; readonly entry: EncodedEntry }
}

/**
 * A key of the one index over views: `[family, index, value…, documentId]`. Numbers and text only, compared as IndexedDB does:
 * element by element, numbers before text, a prefix before what it begins.
 */
export type IndexKey = readonly (number | string)[]

/** A materialised document view, and where the index finds it. */
export interface ViewRow {
  readonly documentId: DocumentId
  readonly viewId: DocumentViewId
  readonly schemaId: SchemaId
  /** Public key of the CREATE. */
  readonly owner: PublicKey
  /** The last state; of a deleted document the state before its DELETE. */
  readonly fields: Fields
  readonly isDeleted: boolean
  readonly isEdited: boolean
  readonly mark: Mark
  /** Number of operations in the graph that wait for one of their `previous`. */
  readonly pendingOperations: number
  /** When this device stored the first and the newest operation, milliseconds. */
  readonly createdAt: number
  readonly changedAt: number
  /** The key group of a sealed document. */
  readonly group?: DocumentId
  /** Operations whose keys are not here; absent where there are none. */
  readonly lockedOperations?: number
  readonly keys: readonly IndexKey[]
}

/**
 * Where a range ends. Compared with as many elements after the prefix as the bound has, so keys that begin with it are *at* the bound:
 * inside when it is closed, outside when it is open.
 */
export interface Bound {
  readonly key: IndexKey
  readonly isOpen?: boolean
}

export interface ViewRange {
  /** All keys that begin with this. */
  readonly prefix: IndexKey
  readonly lower?: Bound
  readonly upper?: Bound
  readonly direction: 'asc' | 'desc'
  readonly limit: number
}

/** A set of documents that travel together (sync.md §3), by its name: `schema:<id>`, later `group:<id>` too. */
export type ScopeName = Brand<string, 'ScopeName'>

/** What is reconciled by itself: part 0 of a scope is its control closure, part 1 everything else. */
export interface PartKey {
  readonly scope: ScopeName
  readonly part: 0 | 1
}

/** The logs of a part, summed up. The item of a log is the hash of its head, or `forkHash` where it is forked. */
export interface PartState extends PartKey {
  readonly count: number
  /** Of the items as little-endian numbers, modulo 2^256. */
  readonly sum: bigint
  /** How often anything in it changed. Only grows. */
  readonly number: number
}

/** A log in a part. */
export interface PartLog {
  readonly head: Head
  readonly isForked: boolean
  /** The part's number when this log entered it or last changed. */
  readonly number: number
}

/** A batch of documents to materialise. Written in the commit that changed them, deleted when their views are stored. */
export interface QueueRow {
  readonly id: number
  readonly documentIds: readonly DocumentId[]
}

/** One row to write. Writes are data: the engine computes them, the store commits them all or none. */
export type Change =
  /**
   * Appends to a document and makes `head` the head of its log. A document begins with its CREATE, whose `mark` it takes;
   * the `mark` of later items counts for nothing (that is what `put: 'mark'` is for).
   */
  | {
      readonly put: 'item'
      readonly documentId: DocumentId
      readonly operationId: OperationId
      readonly head: Head
      readonly item: Omit<StoredItem, 'arrival'>
      readonly mark: Mark
    }
  /**
   * Appends an entry that the document lost: it lies at or below the head of its log, which stays where it is. The store believes that it
   * was lost; whoever commits this sees to it that nobody puts it back twice.
   */
  | {
      readonly put: 'refill'
      readonly documentId: DocumentId
      readonly operationId: OperationId
      readonly item: Omit<StoredItem, 'arrival'>
      readonly mark: Mark
    }
  /** The operation of an entry that an earlier commit stored without one, once. `stale` where the document has no such entry without its operation. */
  | {
      readonly put: 'operation'
      readonly documentId: DocumentId
      readonly entry: EncodedEntry
      readonly operation: EncodedOperation
    }
  /**
   * Takes away all that is stored of a document, damaged or not, so that it can begin anew. Heads stay, since no log ever goes back, and
   * so does what leads from an operation to its document.
   */
  | { readonly delete: 'document'; readonly documentId: DocumentId }
  /** Of a document that is not stored: does nothing. */
  | { readonly put: 'mark'; readonly documentId: DocumentId; readonly mark: Mark }
  | { readonly put: 'pending'; readonly value: Pending }
  | { readonly delete: 'pending'; readonly id: Hash }
  /** `documentId`: whose log it is, so that its parts hear of it. */
  | { readonly put: 'fork'; readonly value: Fork; readonly documentId?: DocumentId }
  /**
   * The document belongs to this part from now on, with these logs as far as they are here (if none is, nothing happens); those that already
   * are in it stay as they are.
   * Whatever its document gets later (entries, logs, forks) changes the part in the commit that brings it. `isNew`: whoever writes this knows that
   * the document is in no other part, so that nobody has to look.
   */
  | {
      readonly put: 'part'
      readonly key: PartKey
      readonly documentId: DocumentId
      readonly logs: readonly (LogKey & { readonly isForked: boolean })[]
      readonly isNew?: boolean
    }
  | { readonly put: 'queue'; readonly documentIds: readonly DocumentId[] }
  | { readonly delete: 'queue'; readonly id: number }
  | { readonly put: 'view'; readonly value: ViewRow }
  | { readonly delete: 'view'; readonly documentId: DocumentId }
  | { readonly put: 'outbox'; readonly target: string; readonly ids: readonly Hash[] }
  | { readonly delete: 'outbox'; readonly target: string; readonly ids: readonly Hash[] }
  | { readonly put: 'local'; readonly key: string; readonly value: unknown }
  | { readonly delete: 'local'; readonly key: string }

/** What a commit takes for granted. */
export type Expectation =
  /** The head of a log; `undefined`: the log is not used yet. */
  | { readonly head: LogKey; readonly hash: Hash | undefined }
  /** A `local` row, compared structurally; `undefined`: there is none. */
  | { readonly local: string; readonly value: unknown }

/** `stale`: an expectation does not hold. `refused`: what was found out meanwhile forbids it. */
export type CommitOutcome = 'committed' | 'stale' | 'refused'

/** What the environment can do to a store. Every method may reject with one of these, as it stands (no `Error` around it). */
export type StoreFailure =
  | { readonly code: 'store/full' }
  | { readonly code: 'store/closed' }
  | { readonly code: 'store/blocked' }
  | { readonly code: 'store/newer'; readonly found: number; readonly known: number }
  | { readonly code: 'store/unavailable'; readonly reason: string }
  | { readonly code: 'store/corrupt'; readonly table: string; readonly key: string }
  | { readonly code: 'store/failed'; readonly reason: string }

/** A row that cannot be read. Calls that hand over many rows put it in the place of the row, so that the rest works. */
export type DamagedRow = Extract<StoreFailure, { readonly code: 'store/corrupt' }>

/** A summary for the storage page: rows and bytes per table. */
export interface TableUsage {
  readonly table: string
  readonly rows: number
  readonly bytes: number
}

/**
 * Everything this device keeps (sync.md §6), laid out by the adapter as it likes (measured-ingest.md).
 * Reads see whole commits only. What is handed in or out is never changed afterwards by either side.
 */
export interface Store extends AsyncDisposable {
  readonly head: (log: LogKey) => Promise<Head | undefined>
  /** One answer per log, in order, by as few reads as the layout allows. */
  readonly heads: (logs: readonly LogKey[]) => Promise<readonly (Head | undefined)[]>
  /** All heads, or those of one key, ordered by key and log id, in pages. */
  readonly allHeads: (publicKey: PublicKey | undefined, signal: AbortSignal) => AsyncIterable<readonly Head[]>
  /** The highest log of this key, for the next log id (BA4). */
  readonly lastLog: (publicKey: PublicKey) => Promise<Head | undefined>
  /** The document of each operation, where it is stored: by the `ids` table, or because the operation is a CREATE. */
  readonly documentsOf: (operationIds: readonly OperationId[]) => Promise<readonly (DocumentId | undefined)[]>
  readonly document: (documentId: DocumentId) => Promise<StoredDocument | undefined>
  readonly documents: (
    documentIds: readonly DocumentId[],
  ) => Promise<readonly (StoredDocument | DamagedRow | undefined)[]>
  /** All documents in pages, in order of id, for export and checks. */
  readonly allDocuments: (signal: AbortSignal) => AsyncIterable<readonly (StoredDocument | DamagedRow)[]>
  /** What awaits any of these, each once, in order of id. */
  readonly pending: (awaits: readonly string[]) => Promise<readonly Pending[]>
  /** Whether these ids are pending, one answer each. */
  readonly isPending: (ids: readonly Hash[]) => Promise<readonly boolean[]>
  readonly allPending: (limit: number) => Promise<readonly Pending[]>
  /** In order of key, log and sequence number. */
  readonly forks: () => Promise<readonly Fork[]>
  /** Oldest first. Ids grow and are never used twice. */
  readonly queue: (limit: number) => Promise<readonly QueueRow[]>
  readonly view: (documentId: DocumentId) => Promise<ViewRow | undefined>
  /** One answer each; a damaged row counts as missing (views can be made anew), here and in `viewsIn`. */
  readonly views: (documentIds: readonly DocumentId[]) => Promise<readonly (ViewRow | undefined)[]>
  /** In key order; `key` is the index key that led to the row. */
  readonly viewsIn: (range: ViewRange) => Promise<readonly { readonly key: IndexKey; readonly row: ViewRow }[]>
  readonly countIn: (range: Omit<ViewRange, 'direction' | 'limit'>) => Promise<number>
  readonly local: (key: string) => Promise<unknown>
  /** Keys and values with this prefix, in order of key (by UTF-16 code units, as JavaScript compares text). */
  readonly localWith: (prefix: string) => Promise<readonly (readonly [key: string, value: unknown])[]>
  /** In order of id. */
  readonly outbox: (target: string, limit: number) => Promise<readonly Hash[]>
  /** The parts that have, or had, documents. In order of name and part. */
  readonly parts: () => Promise<readonly PartState[]>
  /** A part that nothing entered yet is empty. */
  readonly part: (key: PartKey) => Promise<PartState>
  /** Which parts a document belongs to, one answer each. */
  readonly partsOf: (documentIds: readonly DocumentId[]) => Promise<readonly (readonly PartKey[])[]>
  /** The logs of a part whose number is above `since`, ordered by key and log id, in pages. */
  readonly partLogs: (key: PartKey, since: number, signal: AbortSignal) => AsyncIterable<readonly PartLog[]>
  /** The arrival number that was handed out last; 0 in an empty store. */
  readonly lastArrival: () => Promise<number>
  readonly usage: () => Promise<readonly TableUsage[]>
  /**
   * Atomic and durable when it resolves `committed`; `stale` when an expectation does not hold (nothing is written).
   * Changes happen in their order, so of two about one row the later wins. Items of one log come in order of sequence number;
   * one that would not move its head forward is already here or forks the log: `stale` too.
   * Heads, segments and arrival numbers are brought up to date inside the transaction. Rejects with the damaged row where one is in the way;
   * only the store's own counters it makes anew.
   *
   * `isAllowed` is what is still being found out: rows may be on their way meanwhile, but nothing is stored before it says yes. Where it says no the
   * answer is `refused`, and where it rejects so does the commit; either way nothing is written.
   */
  readonly commit: (
    changes: readonly Change[],
    expect: readonly Expectation[],
    isAllowed?: Promise<boolean>,
  ) => Promise<CommitOutcome>
}
