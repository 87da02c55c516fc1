import type { DocumentId, Hash, PublicKey } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import type { Call } from '../api.ts'
import type { Failure } from '../failure.ts'
import type { DrainReason } from './drain.ts'

/** An entry that a node refused for what it is, in the node's own words. */
export interface RefusedEntry {
  readonly id: Hash
  /** `undefined` where it is not here any more. */
  readonly documentId?: DocumentId
  readonly said: string
  /** Milliseconds since the Unix epoch. */
  readonly at: number
}

/** What waits for one node, as far as this device knows. */
export interface OutboxState {
  /** The transport key of a Takibi node, the URL of another. */
  readonly target: PublicKey | string
  readonly kind: 'takibi' | 'p2panda'
  /** Where entries are published. */
  readonly url: string
  /** Entries that are not known to be there, those refused among them; 1,000 stands for more too. */
  readonly waiting: number
  readonly refused: readonly RefusedEntry[]
  /** Why nothing goes on just now, in the node's words or ours. */
  readonly said?: string
  /** When it is tried again by itself, milliseconds since the Unix epoch. */
  readonly nextAt?: number
}

type Answer<T> = Promise<Result<T, Failure>>

/** What was written here and waits for nodes that a person chose (sync.md §8). Every node that takes entries has a place in it, also while nothing waits. */
export interface OutboxApi {
  readonly outbox: () => Answer<readonly OutboxState[]>
  /** Reports now and after every change, a few times a second at most, until the signal says stop. */
  readonly watchOutbox: (call: Call<Result<readonly OutboxState[], Failure>>) => Promise<void>
  /** Tries entries again that a node refused: one of them, or all. */
  readonly retryRefused: (target: string, id?: Hash) => Answer<void>
  /**
   * From now on what is shared is published to this p2panda node, by the URL of its GraphQL endpoint: what was written here before, too.
   * `dial/unsupported` where the URL is none.
   */
  readonly addPublishTarget: (url: string) => Answer<void>
  /** Nothing waits for it any more. What it has it keeps. */
  readonly removePublishTarget: (url: string) => Answer<void>
  /** Sends what waits, in this very thread: for hosts where no service worker does. Resolves when nothing can go on any more. */
  readonly drainOutbox: (reason: DrainReason) => Answer<void>
}
