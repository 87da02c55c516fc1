import type { LogKey } from '../../core/entry/entry.ts'
import type { DocumentId, Hash, OperationId, PublicKey } from '../../core/ids.ts'
import type {
  DamagedRow,
  Fork,
  Head,
  Mark,
  PartKey,
  PartState,
  Pending,
  QueueRow,
  StoredItem,
  ViewRow,
} from '../../ports/store.ts'
import type { SortedEntries } from './sorted-entries.ts'

/** What one key has written: its heads by log id, and the highest of them. */
interface KeyLogs {
  readonly heads: Map<bigint, Head>
  last: Head
}

/** A part of a scope: its sum, and its logs by name. */
export interface MemoryPart {
  state: PartState
  readonly logs: Map<string, LogKey & { readonly isForked: boolean; readonly number: number }>
}

/**
 * A database without a disk. Several stores may be open on one, as several tabs are on an IndexedDB;
 * it stays when they are closed, which is what a test of a crash needs.
 */
export interface MemoryDatabase {
  arrival: number
  lastQueueId: number
  /** Set it, and every commit that puts anything rejects with `store/full`. */
  isFull: boolean
  /** Documents whose row cannot be read any more. */
  readonly damaged: Set<DocumentId>
  readonly documents: Map<DocumentId, { mark: Mark; readonly items: StoredItem[] }>
  readonly logs: Map<PublicKey, KeyLogs>
  readonly documentByOperation: Map<OperationId, DocumentId>
  readonly pending: Map<Hash, Pending>
  readonly forks: Map<string, Fork>
  readonly queue: Map<number, QueueRow>
  readonly views: Map<DocumentId, ViewRow>
  readonly index: SortedEntries
  readonly outbox: Map<string, Set<Hash>>
  readonly parts: Map<string, MemoryPart>
  readonly members: Map<DocumentId, readonly PartKey[]>
  readonly local: Map<string, unknown>
}

/** How a document whose row cannot be read is named. */
export const damagedDocument = (documentId: DocumentId): DamagedRow => ({
  code: 'store/corrupt',
  table: 'docs',
  key: documentId,
})

/** An empty database. */
export const memoryDatabase = (): MemoryDatabase => ({
  arrival: 0,
  lastQueueId: 0,
  isFull: false,
  damaged: new Set(),
  documents: new Map(),
  logs: new Map(),
  documentByOperation: new Map(),
  pending: new Map(),
  forks: new Map(),
  queue: new Map(),
  views: new Map(),
  index: [],
  outbox: new Map(),
  parts: new Map(),
  members: new Map(),
  local: new Map(),
})
