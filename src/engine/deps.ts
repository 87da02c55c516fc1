import type { Broadcast } from '../ports/broadcast.ts'
import type { Clock } from '../ports/clock.ts'
import type { Http } from '../ports/http.ts'
import type { Keys } from '../ports/keys.ts'
import type { Locks } from '../ports/locks.ts'
import type { Log } from '../ports/log.ts'
import type { PaperKey } from '../ports/paper-key.ts'
import type { Pictures } from '../ports/pictures.ts'
import type { Random } from '../ports/random.ts'
import type { Store } from '../ports/store.ts'
import type { Verifier } from '../ports/verifier.ts'
import type { Attention } from './attention.ts'
import type { AuthorityBook } from './authority/book.ts'
import type { ChangesHub } from './changes-hub.ts'
import type { HostingPolicy } from './hosting/hosted.ts'
import type { IndexBuilder } from './index-builder.ts'
import type { Materialiser } from './materialise.ts'
import type { RecentLogs } from './recent-logs.ts'
import type { SchemaRegistry } from './schema-registry.ts'
import type { Opener } from './sealed/opener.ts'
import type { SecretGroups } from './sealed/secret-groups.ts'
import type { Membership } from './sync/membership.ts'
import type { SharedScopes } from './sync/shared-scopes.ts'
import type { WaitingRoom } from './waiting-room.ts'
import type { WriteTurns } from './write-turns.ts'

/** Every effect an engine has. Hosts pick the adapters. */
export interface EnginePorts {
  readonly store: Store
  readonly keys: Keys
  /** The founder of the person who writes here. Absent where nobody does: a node, a file that is looked at. */
  readonly paper?: PaperKey
  readonly locks: Locks
  readonly clock: Clock
  readonly random: Random
  readonly verifier: Verifier
  readonly broadcast: Broadcast
  readonly log: Log
  /** Absent where the host publishes nothing by itself. */
  readonly http?: Http
  /** Absent where the platform cannot draw. */
  readonly pictures?: Pictures
}

export interface EngineOptions {
  /** Names the database in the locks, so that everything that shares it shares them. */
  readonly database: string
  /**
   * Documents without owner may be changed by anybody, and not only by the key that created them (R20). For databases that hold such documents
   * from before there were groups; never mixed in one database.
   */
  readonly legacyOpenDocuments?: boolean
  /** Who may have which groups. Absent: as who may do what says. */
  readonly membership?: Membership
  /** Of a node: whose groups it keeps, if their keepers admit it. Absent: it keeps none. */
  readonly mayKeep?: HostingPolicy
}

/** What the functions of an engine work with: the ports, and what one engine has one of. */
export interface EngineDeps extends EnginePorts {
  readonly database: string
  /** Aborted when the engine closes. */
  readonly life: AbortSignal
  readonly attention: Attention
  readonly changes: ChangesHub
  readonly schemas: SchemaRegistry
  readonly authority: AuthorityBook
  readonly secretGroups: SecretGroups
  /** Opens sealed documents. */
  readonly opener: Opener
  readonly scopes: SharedScopes
  readonly membership: Membership
  readonly materialiser: Materialiser
  readonly indexes: IndexBuilder
  readonly recent: RecentLogs
  readonly turns: WriteTurns
  readonly waiting: WaitingRoom
}
