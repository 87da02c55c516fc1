import type { Brand } from '../core/brand.ts'
import type {
  DocumentId,
  EncodedEntry,
  EncodedOperation,
  Hash,
  LogId,
  PublicKey,
  SchemaId,
  SeqNum,
  Signature,
} from '../core/ids.ts'

/**
 * What two peers say to each other, once a secure channel stands: one CBOR array each, its first element the number of the message.
 * `message-codec.ts` has the numbers and the shapes, `frames.ts` puts messages into frames.
 *
 * Identifiers are lowercase hex, what is only carried is bytes. Bytes that come out of a decoder are copies.
 */
export type Message =
  | Announce
  | SyncRequest
  | Resume
  | Changed
  | Have
  | Reconcile
  | Heads
  | Want
  | WantLog
  | Forks
  | Refuse
  | EntryMessage
  | LogRanges
  | WantPool
  | Gap
  | Credit
  | SyncDone
  | Hello
  | Guest
  | LinkProof
  | Host
  | Interest
  | AskHeads
  | OwnHeads
  | Beat
  | Presence
  | Signal

export type MessageType = Message['type']
export type MessageOf<T extends MessageType> = Extract<Message, { readonly type: T }>

/** A session's number, u32: even where the dialling side opened it, odd where the answering side did. */
export type SessionId = number
/** How a scope is named to those who may know it, 16 bytes. */
export type ScopeToken = Brand<string, 'ScopeToken'>
/** What a store calls itself, 8 random bytes. */
export type StoreId = Brand<string, 'StoreId'>
/** Negentropy's fingerprint of a set of heads, 16 bytes. */
export type Fingerprint = Brand<string, 'Fingerprint'>
/** Which key sealed something: nothing, a key of a secret group (16 bytes) or an invite's key (32 bytes). */
export type Kid = Brand<string, 'Kid'>

/** The logs of one public key. */
export interface LogsOf<Log> {
  readonly publicKey: PublicKey
  readonly logs: readonly Log[]
}

/** How far a log goes. */
export interface LogHeight {
  readonly logId: LogId
  readonly seqNum: SeqNum
}

/** How far a log goes, and the entry there; of a forked log the hash of its fork instead. */
export interface LogHead extends LogHeight {
  readonly hash: Hash
}

/** A list too long for one message: with `hasMore` the next message of this session and type goes on with it. */
interface Piece {
  readonly hasMore?: true
}

/** 0: the control closure. 1: everything else of the scope. */
export type Part = 0 | 1
/** 0: everything. 1: payloads only on `WantLog`; entries always, and payloads of DELETEs. */
export type Keep = 0 | 1
/** How a body lies there: 0 as it is, 1 as deflate-raw of it. */
export type Encoding = 0 | 1

/** A scope by the asking side's token, or a public one by its schemas: system ones first, each kind sorted. */
export type Scope = ScopeToken | readonly SchemaId[]

// Opening a session (sync.md §3, §4)

/** Public schemas this side follows. `timestamp` in seconds; a larger one replaces an older announcement. */
export interface Announce {
  readonly type: 'Announce'
  readonly version: number
  readonly timestamp: number
  readonly schemaIds: readonly SchemaId[]
}

/** Opens a session. Mode 0 compares log heights by `Have`, 1 reconciles by `Reconcile`. */
export interface SyncRequest {
  readonly type: 'SyncRequest'
  readonly session: SessionId
  readonly mode: 0 | 1
  readonly scope: Scope
  readonly part: Part
  readonly keep: Keep
}

/** What both ends of a cursor know (sync.md §4): `your…` is what this side remembers of the other, `null` where it knows nothing. */
interface Cursors {
  readonly fingerprint: Fingerprint
  /** Heads in the part. */
  readonly count: number
  readonly myStoreId: StoreId
  readonly myNumber: number
  readonly yourStoreId: StoreId | null
  readonly yourNumber: number
}

/** Opens a session between two who met before. Only the dialling side says it. */
export interface Resume extends Cursors {
  readonly type: 'Resume'
  readonly session: SessionId
  readonly scope: ScopeToken
  readonly part: Part
  readonly keep: Keep
}

/** The heads that changed since `yourNumber` of the message it answers. */
export interface Changed extends Cursors, Piece {
  readonly type: 'Changed'
  readonly session: SessionId
  readonly heads: readonly LogsOf<LogHead>[]
}

// Where do we differ? (sync.md §4)

/** All heads of the part. `body` is `encodeHeads` of them; each piece has a whole body of its own. */
export interface Have extends Piece {
  readonly type: 'Have'
  readonly session: SessionId
  readonly encoding: Encoding
  readonly body: Uint8Array
}

/** A message of Negentropy V1. */
export interface Reconcile {
  readonly type: 'Reconcile'
  readonly session: SessionId
  readonly bytes: Uint8Array
}

/** Heads that this side has and the other lacks. */
export interface Heads extends Piece {
  readonly type: 'Heads'
  readonly session: SessionId
  readonly heads: readonly LogsOf<LogHeight>[]
}

/** Entries that this side lacks: each asks for its log up to there. On the wire without `0020`. */
export interface Want extends Piece {
  readonly type: 'Want'
  readonly session: SessionId
  readonly ids: readonly Hash[]
}

/** What follows in these logs, `fromSeq` included. */
export interface WantLog extends Piece {
  readonly type: 'WantLog'
  readonly session: SessionId
  readonly logs: readonly {
    readonly publicKey: PublicKey
    readonly logId: LogId
    readonly fromSeq: SeqNum
  }[]
}

/** Fork proofs: two entries of one place each, undecoded. */
export interface Forks extends Piece {
  readonly type: 'Forks'
  readonly session: SessionId
  readonly pairs: readonly (readonly [EncodedEntry, EncodedEntry])[]
}

/** With ids (at least one): heads not stored here, that both sides leave out. Without: the session or request ends. `reason` is a u8 of the session's. */
export interface Refuse {
  readonly type: 'Refuse'
  readonly session: SessionId
  readonly reason: number
  readonly ids?: readonly Hash[]
}

// Transfer (sync.md §5)

/** One entry as it was signed. `null`: the payload was deleted or not asked for. */
export interface EntryMessage {
  readonly type: 'Entry'
  readonly session: SessionId
  readonly entry: EncodedEntry
  readonly operation: EncodedOperation | null
}

/** Entries of many logs of one key without what the receiver can recompute; `log-ranges.ts` reads the body. */
export interface LogRanges {
  readonly type: 'LogRanges'
  readonly session: SessionId
  readonly publicKey: PublicKey
  readonly encoding: Encoding
  readonly body: Uint8Array
  /** 64 bytes per entry, in order. */
  readonly signatures: Uint8Array
}

/** Single entries with their certificate pools. */
export interface WantPool {
  readonly type: 'WantPool'
  readonly session: SessionId
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly seqNums: readonly SeqNum[]
}

/** Sequence numbers of a log that this side does not hold, both ends included. Not an error. */
export interface Gap extends Piece {
  readonly type: 'Gap'
  readonly session: SessionId
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly ranges: readonly (readonly [from: SeqNum, to: SeqNum])[]
}

/** So many more bytes may come. */
export interface Credit {
  readonly type: 'Credit'
  readonly session: SessionId
  readonly bytes: number
}

/** This side has sent what it had. Older peers leave the fingerprint out. */
export interface SyncDone {
  readonly type: 'SyncDone'
  readonly session: SessionId
  /** New entries follow as they are stored. */
  readonly live: boolean
  readonly fingerprint?: Fingerprint
}

// Who is it? (sync.md §2, §3)

/** Binds a p2panda key to this very connection. */
export interface Hello {
  readonly type: 'Hello'
  readonly protocolVersion: number
  readonly publicKey: PublicKey
  readonly signature: Signature
  /** Program and version, for people who look for a fault. At most 64 bytes. */
  readonly agent: string
  /** What this side can do beyond the least, sorted, each once. */
  readonly features: readonly string[]
}

/** I hold this invite. */
export interface Guest {
  readonly type: 'Guest'
  readonly inviteKey: PublicKey
  readonly signature: Signature
}

/** I saw that screen: an HMAC-SHA-256. A device that is linked already names its person. */
export interface LinkProof {
  readonly type: 'LinkProof'
  readonly mac: Uint8Array
  readonly group?: DocumentId
}

/** Please keep this group. `token` where the node's link carries one. */
export interface Host {
  readonly type: 'Host'
  readonly groupId: DocumentId
  readonly token?: Uint8Array
}

/** Tokens of the scopes this side follows, between random ones: a power of two, at least 8. */
export interface Interest {
  readonly type: 'Interest'
  readonly tokens: readonly ScopeToken[]
}

/** Which logs of this key are there? */
export interface AskHeads {
  readonly type: 'AskHeads'
  readonly publicKey: PublicKey
}

export interface OwnHeads extends Piece {
  readonly type: 'OwnHeads'
  readonly publicKey: PublicKey
  readonly heads: readonly LogHead[]
}

// Beside the logs (sync.md §5, §7)

/** Still here. */
export interface Beat {
  readonly type: 'Beat'
}

/** What is sealed under the key that `kid` names, by XChaCha20-Poly1305. */
interface Sealed {
  readonly kid: Kid
  /** 24 bytes. */
  readonly nonce: Uint8Array
  readonly ct: Uint8Array
}

/** Who is there right now. Never stored. At most 1 KiB. */
export interface Presence extends Sealed {
  readonly type: 'Presence'
  readonly session: SessionId
}

/** WebRTC signalling from one transport key to another, through somebody both know. At most 4 KiB. */
export interface Signal extends Sealed {
  readonly type: 'Signal'
  readonly to: PublicKey
  readonly from: PublicKey
}
