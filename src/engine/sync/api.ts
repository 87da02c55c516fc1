/**
 * What an engine offers about replication. `SyncApi` survives a `postMessage` as the rest of `EngineApi` does; `attach` takes a channel, so
 * only the host that runs the engine has it.
 */
import type { DocumentId, LogId, PublicKey, SchemaId, SeqNum } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import type { SignalPath } from '../../ports/signal-path.ts'
import type { ScopeName } from '../../ports/store.ts'
import type { Channel } from '../../ports/transport.ts'
import type { TransportKey } from '../../ports/transport-key.ts'
import type { LogHead, MessageType } from '../../sync/messages.ts'
import type { Call } from '../api.ts'
import type { Failure } from '../failure.ts'
import type { LinkingSeat } from './linking.ts'

/** How a connection stands. `backing-off`: it broke a rule, and is not taken up again before `until` (milliseconds). */
export type PeerState = 'handshake' | 'hello' | 'ready' | 'closed'

/** One connection, for *Under the hood* and for who is there. */
export interface PeerInfo {
  /** Number of the connection, counted from 1 since the engine started. */
  readonly id: number
  readonly medium: Channel['medium']
  readonly isDialled: boolean
  readonly state: PeerState
  /** Known once the handshake is over. */
  readonly transportKey?: PublicKey
  /** Known once it said Hello. */
  readonly publicKey?: PublicKey
  readonly agent?: string
  /** Of the encrypted stream's contents: frames. */
  readonly bytesIn: number
  readonly bytesOut: number
  /** Milliseconds since the Unix epoch. */
  readonly since: number
  readonly closedAt?: number
  /** Why it ended, where it ended otherwise than by goodbye. */
  readonly failure?: Failure
}

/** One message of a timeline. */
export interface TimelineItem {
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly type: MessageType
  /** Of its frame. */
  readonly bytes: number
}

/**
 * One part of a scope with one peer. `equal`: the same set on both sides when it was compared last; `live`: so, and what is new follows.
 * `unequal`: compared twice, and still different; never shown as synced.
 */
export type SessionState = 'comparing' | 'transferring' | 'live' | 'unequal' | 'ended'
export interface SessionInfo {
  readonly peer: number
  readonly session: number
  readonly scope: ScopeName
  readonly part: 0 | 1
  readonly mode: 'resume' | 'heads' | 'ranges'
  readonly state: SessionState
  readonly since: number
  /** Entries that came and went in this session, live ones too. */
  readonly entriesIn: number
  readonly entriesOut: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** Logs that were asked for and have not come yet. */
  readonly logsAwaited: number
  /** The newest messages, oldest first, at most 200. */
  readonly timeline: readonly TimelineItem[]
}

/** A schema family that its person shares, and with whom it is the same. */
export interface SharedScope {
  readonly scope: ScopeName
  /** The first version of the family. */
  readonly schemaId: SchemaId
  /** Logs in it: one per writer and document. */
  readonly logs: number
  /** Connected now, with this scope. */
  readonly peers: readonly {
    readonly peer: number
    readonly publicKey: PublicKey
    readonly state: SessionState
  }[]
  /** Devices that had everything up to some moment. */
  readonly met: readonly { readonly publicKey: PublicKey; readonly at: number }[]
}

/** Where a document is, as far as this device knows. `with`: devices that have its newest entry; empty: only here. */
export interface DocumentStatus {
  readonly documentId: DocumentId
  readonly isShared: boolean
  readonly with: readonly { readonly publicKey: PublicKey; readonly at: number }[]
}

/** Somebody who is there right now, by what they say; never proof of anything. */
export interface PresenceState {
  readonly state: string
  readonly document?: DocumentId
  readonly field?: string
}
export interface PresentPeer extends PresenceState {
  readonly publicKey: PublicKey
  readonly scope: ScopeName
  /** Present in groups. */
  readonly group?: DocumentId
  readonly at: number
}

/** A log, and how far it goes here and with each device of the table. */
export interface HeadsRow {
  readonly publicKey: PublicKey
  readonly logId: LogId
  /** Absent, as its height is, where nothing of it is here. */
  readonly documentId?: DocumentId
  readonly seqNum?: SeqNum
  /** In the order of the table's devices; `undefined`: not known. */
  readonly there: readonly (SeqNum | undefined)[]
}
/** The logs of a scope beside what is known of those of others: by what they had when they were met, and by what they say while connected. */
export interface HeadsTable {
  /** Logs in the scope here, and those of them that all these devices are known to have as far. */
  readonly logs: number
  readonly same: number
  /** At most 6, those that are connected before the others. */
  readonly devices: readonly PublicKey[]
  /** At most 200, those that differ before the others. */
  readonly rows: readonly HeadsRow[]
}

type Answer<T> = Promise<Result<T, Failure>>

export interface SyncApi {
  /**
   * Shares a schema family: its definitions, collections, views, things and their files are served to whoever follows it, and theirs are taken in.
   * Of a schema that is not known here its first version's id: then it is followed, and comes with the first peer that has it.
   */
  readonly share: (schemaId: SchemaId) => Answer<ScopeName>
  /** From now on it is neither served nor asked for. What has left cannot be called back. */
  readonly unshare: (schemaId: SchemaId) => Answer<void>
  readonly shared: () => Answer<readonly SharedScope[]>
  readonly documentStatus: (documentIds: readonly DocumentId[]) => Answer<readonly DocumentStatus[]>
  readonly peers: () => Answer<readonly PeerInfo[]>
  readonly sessions: () => Answer<readonly SessionInfo[]>
  /** How far logs go here and elsewhere. Failure: `scope/system-schema`. */
  readonly heads: (schemaId: SchemaId) => Answer<HeadsTable>
  /** Report now and after every change, a few times a second at most, until the signal says stop. */
  readonly watchShared: (call: Call<Result<readonly SharedScope[], Failure>>) => Promise<void>
  readonly watchPeers: (call: Call<Result<readonly PeerInfo[], Failure>>) => Promise<void>
  readonly watchSessions: (call: Call<Result<readonly SessionInfo[], Failure>>) => Promise<void>
  /** Ends a connection with goodbye. */
  readonly disconnect: (peer: number) => Answer<void>
  /**
   * Says in a schema's family, or a group by its id, what this device's person does just now; `undefined`: nothing more. In a group as long as it is a
   * member of it.
   */
  readonly sayPresence: (where: SchemaId | DocumentId, presence: PresenceState | undefined) => Answer<void>
  readonly watchPresence: (call: Call<Result<readonly PresentPeer[], Failure>>) => Promise<void>
}

/** How a channel came about. Whoever dialled must know the other's transport key; who answers may know it, and then nobody else gets through. */
export type AttachRole =
  | { readonly role: 'client'; readonly server: PublicKey }
  | { readonly role: 'server'; readonly client?: PublicKey }

/** What this device says of itself on a connection, beside its Hello (sync.md §2). */
export interface Introduction {
  /** For the node at the other end, where it wants to hear one before it keeps a group. */
  readonly token?: Uint8Array
  /** The ceremony this connection is for: nothing is told and shared on it before both sides proved themselves. */
  readonly linking?: LinkingSeat
}

/** A connection that was attached. */
export interface Attached {
  readonly id: number
  /** Resolves when it is over, with why: nothing where both sides said goodbye. Never rejects. */
  readonly closed: Promise<Failure | undefined>
  /**
   * Which logs of a key the other side has, where it is the key of this device's Hello (identity.md R29). Waits for the connection to stand;
   * rejects where it ends first.
   */
  readonly askHeads: (publicKey: PublicKey) => Promise<readonly LogHead[]>
  /** Says goodbye and closes. */
  readonly close: () => void
}

/** For the host that runs the engine. */
export interface SyncHost {
  /** Takes over a channel: handshake, Hello, sessions for what both sides share, until it ends. */
  readonly attach: (
    channel: Channel,
    who: AttachRole,
    transportKey: TransportKey,
    introduction?: Introduction,
  ) => Attached
  /** Whether a person can see what this engine does; so, until it is said otherwise. While nobody can, less is said, and at whole minutes. */
  readonly setVisible: (isVisible: boolean) => void
  /** Signals over the live connections of this engine, which also passes on those of others. */
  readonly signals: SignalPath
}
