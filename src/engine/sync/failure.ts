import type { PublicKey, SchemaId } from '../../core/ids.ts'
import type { HelloFailure } from '../../sync/hello.ts'
import type { MessageType } from '../../sync/messages.ts'
import type { Failure } from '../failure.ts'

/** What a peer may have too many of at once. */
export type Bounded =
  | 'connections'
  | 'sessions'
  | 'questions'
  | 'signals'
  | 'groups'
  | 'invites'
  | 'heads'
  | 'guest-entries'
  | 'guest-bytes'
  | 'introduced-entries'
  | 'unsent-bytes'
  | 'list-bytes'

/** What a port or a channel rejected with, as it stands; whatever else was thrown is a cut. */
export const failureOf = (thrown: unknown): Failure =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? (thrown as Failure) : { code: 'channel/cut-off' }

/** Why a connection ended, or a scope cannot be shared. */
export type SyncFailure =
  | HelloFailure
  /** It said that it holds an invite, and did not prove it on this connection. */
  | { readonly code: 'sync/guest-unproven'; readonly inviteKey: PublicKey }
  /** Schemas that are built in belong to no scope by themselves. */
  | { readonly code: 'scope/system-schema'; readonly schemaId: SchemaId }
  /** Its things belong to groups, and travel with these only (decisions.md 18). */
  | { readonly code: 'scope/owned-schema'; readonly schemaId: SchemaId }
  /** No Hello within 10 s of the handshake. */
  | { readonly code: 'sync/hello-late' }
  /** No whole message for `ms`, though beats are due. */
  | { readonly code: 'sync/silent'; readonly ms: number }
  /** Out of turn: before Hello, twice, or in a session that is not there. */
  | { readonly code: 'sync/message-unexpected'; readonly type: MessageType }
  | { readonly code: 'sync/too-many'; readonly what: Bounded; readonly limit: number }
  /** An entry of a schema that does not belong to the scope it came in. */
  | { readonly code: 'sync/entry-foreign'; readonly schemaId: SchemaId }
  /** Entries sent without what can be recomputed, whose signature does not hold for what they were made into. */
  | { readonly code: 'sync/entry-forged'; readonly publicKey: PublicKey }
  /** A signal to be passed on that says it is from somebody else. */
  | { readonly code: 'sync/signal-foreign'; readonly from: PublicKey }
  /** The last of too many entries that were not let in. */
  | { readonly code: 'sync/entries-rejected'; readonly count: number; readonly last: string }
  /** It broke a rule before; milliseconds since the Unix epoch. */
  | { readonly code: 'sync/backing-off'; readonly until: number }
  | { readonly code: 'sync/peer-unknown'; readonly peer: number }
