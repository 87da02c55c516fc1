import type { ChangeRefusal } from '../core/authority/member-change.ts'
import type { Refusal } from '../core/authority/refusal.ts'
import type { BundleFailure } from '../core/bundle/bundle.ts'
import type { DecodeEntryFailure } from '../core/entry/decode.ts'
import type { EncodeEntryFailure } from '../core/entry/encode.ts'
import type { ForkFailure } from '../core/entry/fork.ts'
import type { SubsetFailure } from '../core/entry/subset.ts'
import type { PayloadFailure, SignatureFailure, VerifyLinksFailure } from '../core/entry/verify.ts'
import type { ReduceFailure } from '../core/document/reduce.ts'
import type { WordsFailure } from '../core/identity/recovery-words.ts'
import type { DocumentId, LogId, OperationId, PublicKey, SchemaId } from '../core/ids.ts'
import type { InviteLinkFailure } from '../core/invite/invite-link.ts'
import type { LinkingFailure } from '../core/linking/ceremony.ts'
import type { LinkingCodeFailure } from '../core/linking/linking-code.ts'
import type { MeetingFailure } from '../core/meeting/code.ts'
import type { DecodeOperationFailure, EncodeOperationFailure, ReadOperationFailure } from '../core/operation/failure.ts'
import type { IdFailure } from '../core/parse-ids.ts'
import type { BuildSchemaFailure } from '../core/schema/build.ts'
import type { FieldTypeFailure } from '../core/schema/field-type.ts'
import type { SchemaIdFailure } from '../core/schema/schema-id.ts'
import type { SealFailure } from '../core/sealing/failure.ts'
import type { ChannelFailure, HandshakeFailure } from '../handshake/failure.ts'
import type { StoreFailure } from '../ports/store.ts'
import type { BodyFailure } from '../sync/body.ts'
import type { FrameFailure } from '../sync/frames.ts'
import type { NegentropyFailure } from '../sync/negentropy/ranges.ts'
import type { DialFailure } from '../ports/transport.ts'
import type { QueryFailure } from './query/failure.ts'
import type { SyncFailure } from './sync/failure.ts'

/** The signer's side of things. */
export type SignerFailure =
  | { readonly code: 'signer/gone' }
  | { readonly code: 'signer/refused'; readonly reason: string }
  | { readonly code: 'signer/unavailable'; readonly reason: string }
  /** The recovery words were confirmed and wiped here, or never made. */
  | { readonly code: 'signer/no-words' }
  | { readonly code: 'signer/paper-damaged'; readonly reason: string }

/** `lost`: whoever should have answered is gone. */
export type CallFailure = { readonly code: 'call/aborted' } | { readonly code: 'call/lost'; readonly reason: string }

/** What a page or a process may lack to run an engine at all. */
export type HostFailure =
  | { readonly code: 'host/insecure-page' }
  | { readonly code: 'host/no-web-locks' }
  | { readonly code: 'host/worker-failed'; readonly worker: 'engine' | 'signer'; readonly reason: string }
  | { readonly code: 'host/key-file'; readonly path: string; readonly reason: string }
  /** `reason`: what the system calls it, as `EADDRINUSE`. */
  | { readonly code: 'host/cannot-listen'; readonly host: string; readonly port: number; readonly reason: string }

/** Bamboo: identifiers, entries, logs, and the files they travel in. */
export type EntryFailure =
  | IdFailure
  | DecodeEntryFailure
  | EncodeEntryFailure
  | SignatureFailure
  | VerifyLinksFailure
  | SubsetFailure
  | PayloadFailure
  | ForkFailure
  | BundleFailure

/** p2panda: operations, schemas and documents. */
export type OperationFailure =
  | DecodeOperationFailure
  | EncodeOperationFailure
  | ReadOperationFailure
  | SchemaIdFailure
  | FieldTypeFailure
  | BuildSchemaFailure
  | ReduceFailure

/** Why an entry stays outside although its bytes and its signature are right. */
export type IngestFailure =
  /** Log ids from 2^64 − 2 up are never used (decision 19). */
  | { readonly code: 'entry/log-id-reserved'; readonly logId: LogId }
  /** Too much waits already for what is missing, of all or of this key. It is not kept, and may come again. */
  | { readonly code: 'entry/too-many-waiting' }
  /** One log per key and document, and one document per log. */
  | { readonly code: 'document/log-mismatch'; readonly documentId: DocumentId; readonly logId: LogId }
  /** The log writes to this document already. */
  | { readonly code: 'document/log-taken'; readonly documentId: DocumentId; readonly logId: LogId }
  /** Whoever publishes by the client API goes on where the log ends. */
  | { readonly code: 'entry/seq-num-unexpected'; readonly expected: bigint; readonly found: bigint }
  /** `previous` names operations of several documents; this is the first of another one. */
  | { readonly code: 'operation/previous-foreign'; readonly previous: OperationId }

/** Why a draft cannot be signed. */
export type PublishFailure =
  | { readonly code: 'draft/too-many'; readonly drafts: number; readonly limit: number }
  | { readonly code: 'draft/reference-unknown' | 'draft/reference-repeated'; readonly ref: string }
  | { readonly code: 'draft/key-unknown'; readonly publicKey: PublicKey }
  | { readonly code: 'document/unknown' | 'document/deleted'; readonly documentId: DocumentId }
  | { readonly code: 'operation/previous-missing'; readonly previous: OperationId }
  | { readonly code: 'schema/unknown'; readonly schemaId: SchemaId }
  /** Others kept writing to the same logs, again and again. */
  | { readonly code: 'publish/outrun'; readonly attempts: number }

/** What cannot be done with a person. */
export type IdentityFailure =
  | { readonly code: 'petname/too-long'; readonly limit: number }
  /** Somebody else writes here: another person needs a database of their own. */
  | { readonly code: 'person/exists' }
  /** Recovery words of whom nothing is here. */
  | { readonly code: 'person/words-unknown' }
  /** Recovery words that were renewed: they open nothing any more. */
  | { readonly code: 'person/words-retired' }
  /** Others have entries of the own key that are not here: signing now would fork its log (R29). */
  | { readonly code: 'person/behind' }
  /** Nobody wrote here yet. */
  | { readonly code: 'person/none' }
  | { readonly code: 'person/device-unknown'; readonly publicKey: PublicKey }
  /** A device does not take itself out in the way of a lost one. */
  | { readonly code: 'person/device-own' }
  /** This device still holds the recovery words, which are asked for before another device is linked. */
  | { readonly code: 'person/words-kept' }
  /** This device may not let devices in or out. */
  | { readonly code: 'person/not-allowed' }

/** Why something cannot be written to a group. */
export type GroupFailure =
  /** Its keys are not here (yet). */
  | { readonly code: 'group/locked'; readonly group: DocumentId }
  /** It is not here, or has no sealed side. */
  | { readonly code: 'group/not-sealed'; readonly group: string }
  /** This device may let nobody in. */
  | { readonly code: 'invite/refused'; readonly refusal: Refusal }
  /** A member of it cannot be changed so. */
  | { readonly code: 'group/change-refused'; readonly refusal: ChangeRefusal }

/** What is wrong with a file. Its type is judged like every field: `operation/field-invalid`. */
export type BlobFailure =
  | { readonly code: 'blob/unknown'; readonly documentId: DocumentId }
  | { readonly code: 'blob/missing-pieces'; readonly documentId: DocumentId; readonly missing: number }
  /** Bytes: `expected` as somebody said, `found` as they came. */
  | { readonly code: 'blob/length-mismatch'; readonly expected: number; readonly found: number }

/** What a peer may send that nobody can read. Each ends the connection. */
export type WireFailure = FrameFailure | BodyFailure | NegentropyFailure

/** Everything that can go wrong without being a bug. Each module's union is added here; `sdk/errors.ts` then asks for its sentence. */
export type Failure =
  | StoreFailure
  | SignerFailure
  | WordsFailure
  | IdentityFailure
  | CallFailure
  | HostFailure
  | EntryFailure
  | OperationFailure
  | IngestFailure
  | PublishFailure
  | SealFailure
  | GroupFailure
  | QueryFailure
  | BlobFailure
  | HandshakeFailure
  | ChannelFailure
  | MeetingFailure
  | InviteLinkFailure
  | LinkingFailure
  | LinkingCodeFailure
  | DialFailure
  | SyncFailure
  | WireFailure
