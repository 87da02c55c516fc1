import type { DocumentId, DocumentViewId, Hash, LogId, PublicKey, SchemaId, SeqNum } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import type { Call, DocumentView, KnownSchema, Query, QueryPage } from '../api.ts'
import type { Failure } from '../failure.ts'

type Answer<T> = Promise<Result<T, Failure>>

/** Where the next entry of a log goes, and what it links to (wire.md §6.1). */
export interface NextArgs {
  readonly logId: LogId
  readonly seqNum: SeqNum
  readonly backlink?: Hash
  /** Where it has to skip to an entry that is not here, this is absent although it is needed. */
  readonly skiplink?: Hash
}

/** A document by its id as it is now, or by a view id as it was then. */
export type Wanted = { readonly id: DocumentId } | { readonly viewId: DocumentViewId }

/** A file that may be handed out. */
export interface SharedBlob {
  readonly documentId: DocumentId
  readonly viewId: DocumentViewId
  readonly mimeType: string
  /** Bytes. */
  readonly length: number
  /** Piece by piece; rejects with `blob/missing-pieces` or `blob/length-mismatch` where the pieces are not what the blob says. */
  readonly bytes: AsyncIterable<Uint8Array>
}

/**
 * What a node offers to everybody: p2panda's client API (wire.md §6). It shows what is marked `shared` and nothing else, by the very schema that
 * was asked for (families are our own notion), and takes entries that others signed.
 */
export interface ClientApi {
  /**
   * Where this key writes next: in its log of that document, or in a new one.
   * Fails with `operation/previous-missing`, `operation/previous-foreign`, `document/deleted`, `entry/log-ended`, `entry/out-of-range`.
   */
  readonly nextArgs: (publicKey: PublicKey, viewId: DocumentViewId | undefined) => Answer<NextArgs>
  /**
   * Takes an entry and its operation, judged in the order of wire.md §6.2, and answers where its log goes on. One that came before what it builds on
   * waits, and is taken all the same (sync.md §8), as long as there is room for such.
   */
  readonly takeEntry: (entry: Uint8Array, operation: Uint8Array, call: Call) => Answer<NextArgs>
  /** Built-in schemas, and those whose definition is shared. */
  readonly sharedSchemas: () => Answer<readonly KnownSchema[]>
  /** `undefined` where it is not here, deleted, of another schema, or not shared. */
  readonly sharedDocument: (schema: SchemaId, wanted: Wanted) => Answer<DocumentView | undefined>
  /** One page; `totalCount` is `null` where counting takes a walk of its own (`countShared`). */
  readonly sharedQuery: (query: Query, call: Call) => Answer<QueryPage>
  readonly countShared: (query: Query, call: Call) => Answer<number>
  /** The documents of a list of document ids or view ids; in its order, repetitions included, unless the query has an order. */
  readonly sharedList: (list: readonly Wanted[], query: Query, call: Call) => Answer<QueryPage>
  /** `undefined` where there is no such file, or none that is shared. */
  readonly sharedBlob: (wanted: Wanted, call: Call) => Answer<SharedBlob | undefined>
}
