import { assert } from '../core/assert.ts'
import { cborCursor, failAt, readArray, readEnd, readInt, typeHere } from '../core/bytes/cbor-reader.ts'
import { cborWriter, writeArray, writeInt, writtenBytes } from '../core/bytes/cbor-writer.ts'
import type { DocumentId, EncodedEntry, EncodedOperation, PublicKey, SchemaId, SeqNum, Signature } from '../core/ids.ts'
import {
  maxEntryBytes,
  maxFrameBytes,
  maxHaveBytes,
  maxInterestTokens,
  maxOperationBytes,
  maxPieceBytes,
  maxPresenceBytes,
  maxSignalBytes,
} from '../core/limits.ts'
import { type Result, fail, ok } from '../core/result.ts'
import { isSchemaIdList } from './schema-id-list.ts'
import * as f from './fields.ts'
import type {
  Fingerprint,
  Kid,
  LogHead,
  LogHeight,
  LogsOf,
  Message,
  MessageOf,
  MessageType,
  Scope,
  ScopeToken,
  StoreId,
} from './messages.ts'

/** Bytes that are no message of ours. All of them end the connection: a peer that speaks the protocol sends none (sync.md §1). */
export type MessageFailure =
  /** Byte `at` is not what the shape asks for there, or not in its one canonical form. */
  | { readonly code: 'message/malformed'; readonly at: number; readonly expected: string }
  /** A number that this version of the protocol does not have. */
  | { readonly code: 'message/type-unknown'; readonly number: bigint }
  | {
      readonly code: 'message/too-large'
      readonly type: MessageType
      readonly bytes: number
      readonly limit: number
    }

/** How one type of message lies in its bytes: `[number, …values]`. */
interface Shape<M> {
  readonly number: number
  readonly limit: number
  readonly row: f.Row<Omit<M, 'type'>>
}

const shape = <M extends Message>(
  number: number,
  fields: f.Fields<Omit<M, 'type'>>,
  limit = maxPieceBytes,
): Shape<M> => ({ number, limit, row: f.row<Omit<M, 'type'>>(fields) })

const session = f.u32
const part = f.bit
const keep = f.bit
const encoding = f.bit
const hasMore = f.flag
const publicKey = f.hex<PublicKey>(32)
const signature = f.bytes<Signature>(64)
const entry = f.bytesUpTo<EncodedEntry>(maxEntryBytes)
const token = f.hex<ScopeToken>(16)
const storeId = f.hex<StoreId>(8)
const fingerprint = f.hex<Fingerprint>(16)
const nonce = f.bytes(24)

const schemaIds = f.checked(
  f.list(f.text<SchemaId>(maxPieceBytes)),
  'schema ids, system ones first, each kind sorted',
  isSchemaIdList,
)
const features = f.checked(f.list(f.text(32)), 'features in order, each once', (names) =>
  names.every((name, i) => i === 0 || (names[i - 1] as string) < name),
)
const scope: f.Field<Scope> = {
  write: (writer, value) => (typeof value === 'string' ? token.write(writer, value) : schemaIds.write(writer, value)),
  read: (cursor) => {
    if (typeHere(cursor) === 'bytes') return token.read(cursor)
    const at = cursor.at
    const ids = schemaIds.read(cursor)
    if (ids.length === 0) failAt(cursor, at, 'a scope token, or schema ids')
    return ids
  },
}
const tokens = f.checked(
  f.list(token),
  `8, 16, 32 … ${maxInterestTokens} tokens`,
  ({ length }) => length >= 8 && length <= maxInterestTokens && (length & (length - 1)) === 0,
)

const logHeight = f.array<LogHeight>('a log height', { logId: f.logId, seqNum: f.seqNum })
const logHead = f.array<LogHead>('a log head', { logId: f.logId, seqNum: f.seqNum, hash: f.hash() })
const byKey = <Log>(log: f.Field<Log>): f.Field<readonly LogsOf<Log>[]> =>
  f.list(f.array<LogsOf<Log>>('the logs of a key', { publicKey, logs: f.list(log) }))
/** The heads of `Changed`, and the body of `Have`. */
export const headsField = byKey(logHead)

/** Two values of one kind, as `[a, b]`. */
const pair = <T>(what: string, value: f.Field<T>): f.Field<readonly [T, T]> => {
  const both = f.array<{ readonly a: T; readonly b: T }>(what, {
    a: value as f.Field<Exclude<T, undefined>>,
    b: value as f.Field<Exclude<T, undefined>>,
  })
  return {
    write: (writer, [a, b]) => both.write(writer, { a, b }),
    read: (cursor) => {
      const { a, b } = both.read(cursor)
      return [a, b]
    },
  }
}
const seqRange = f.checked(
  pair<SeqNum>('a range', f.seqNum),
  'a range that does not end before it begins',
  ([a, b]) => a <= b,
)

const cursors = {
  fingerprint,
  count: f.u53,
  myStoreId: storeId,
  myNumber: f.u53,
  yourStoreId: f.nullable(storeId),
  yourNumber: f.u53,
}

/** Every message: its number, its values in order (sync.md §1), and bytes it may have where that is not the size of a piece. */
const shapes: { readonly [T in MessageType]: Shape<MessageOf<T>> } = {
  Announce: shape<MessageOf<'Announce'>>(0, { version: f.u32, timestamp: f.u53, schemaIds }),
  SyncRequest: shape<MessageOf<'SyncRequest'>>(1, { session, mode: f.bit, scope, part, keep }),
  Entry: shape<MessageOf<'Entry'>>(
    2,
    { session, entry, operation: f.nullable(f.bytesUpTo<EncodedOperation>(maxOperationBytes)) },
    maxFrameBytes,
  ),
  SyncDone: shape<MessageOf<'SyncDone'>>(3, { session, live: f.bool, fingerprint: f.optional(fingerprint) }),
  Have: shape<MessageOf<'Have'>>(10, { session, encoding, body: f.bytesUpTo(maxPieceBytes), hasMore }, maxHaveBytes),
  Reconcile: shape<MessageOf<'Reconcile'>>(30, { session, bytes: f.bytes() }),
  Heads: shape<MessageOf<'Heads'>>(31, { session, heads: byKey(logHeight), hasMore }),
  Want: shape<MessageOf<'Want'>>(32, { session, ids: f.list(f.digest), hasMore }),
  WantLog: shape<MessageOf<'WantLog'>>(33, {
    session,
    logs: f.list(f.array('a log', { publicKey, logId: f.logId, fromSeq: f.seqNum })),
    hasMore,
  }),
  LogRanges: shape<MessageOf<'LogRanges'>>(
    34,
    {
      session,
      publicKey,
      encoding,
      body: f.bytesUpTo(maxPieceBytes),
      signatures: f.checked(f.bytes(), '64 bytes per signature', ({ length }) => length % 64 === 0),
    },
    maxFrameBytes,
  ),
  WantPool: shape<MessageOf<'WantPool'>>(35, { session, publicKey, logId: f.logId, seqNums: f.list(f.seqNum, 1) }),
  Credit: shape<MessageOf<'Credit'>>(36, { session, bytes: f.u32 }),
  Gap: shape<MessageOf<'Gap'>>(37, { session, publicKey, logId: f.logId, ranges: f.list(seqRange), hasMore }),
  Forks: shape<MessageOf<'Forks'>>(38, { session, pairs: f.list(pair('two entries', entry)), hasMore }),
  Resume: shape<MessageOf<'Resume'>>(39, { session, scope: token, part, keep, ...cursors }),
  Changed: shape<MessageOf<'Changed'>>(40, { session, heads: headsField, ...cursors, hasMore }),
  Refuse: shape<MessageOf<'Refuse'>>(41, { session, reason: f.u8, ids: f.optional(f.list(f.digest, 1)) }),
  Hello: shape<MessageOf<'Hello'>>(60, { protocolVersion: f.u32, publicKey, signature, agent: f.text(64), features }),
  Interest: shape<MessageOf<'Interest'>>(61, { tokens }),
  AskHeads: shape<MessageOf<'AskHeads'>>(62, { publicKey }),
  OwnHeads: shape<MessageOf<'OwnHeads'>>(63, { publicKey, heads: f.list(logHead), hasMore }),
  Guest: shape<MessageOf<'Guest'>>(64, { inviteKey: publicKey, signature }),
  Host: shape<MessageOf<'Host'>>(65, { groupId: f.hash<DocumentId>(), token: f.optional(f.bytesUpTo(64)) }),
  Presence: shape<MessageOf<'Presence'>>(
    70,
    { session, kid: f.hex<Kid>(0, 16), nonce, ct: f.bytes() },
    maxPresenceBytes,
  ),
  Signal: shape<MessageOf<'Signal'>>(
    71,
    { to: publicKey, from: publicKey, kid: f.hex<Kid>(0, 16, 32), nonce, ct: f.bytes() },
    maxSignalBytes,
  ),
  Beat: shape<MessageOf<'Beat'>>(72, {}),
  LinkProof: shape<MessageOf<'LinkProof'>>(80, { mac: f.bytes(32), group: f.optional(f.hash<DocumentId>()) }),
}

const typesByNumber: ReadonlyMap<number, MessageType> = new Map(
  Object.entries(shapes).map(([type, { number }]) => [number, type as MessageType]),
)

/** Message to CBOR. Lists that are too long for one message are cut before, by `messagePieces`; a message over its limit is a `Bug`. */
export function encodeMessage(message: Message): Uint8Array {
  const { number, limit, row } = shapes[message.type] as Shape<Message>
  const writer = cborWriter()
  writeArray(writer, 1 + row.length(message))
  writeInt(writer, number)
  row.write(writer, message)
  assert(writer.length <= limit, `a ${message.type} has at most ${limit} bytes`)
  return writtenBytes(writer)
}

/**
 * CBOR to message, strict: what decodes encodes to the same bytes. Says nothing about what the message means: whether its session is open, its signatures hold,
 * its entries decode or its body inflates.
 *
 * @returns the message, its bytes copied; or `message/malformed`, `message/type-unknown`, `message/too-large`. Never throws.
 */
export function decodeMessage(bytes: Uint8Array): Result<Message, MessageFailure> {
  const cursor = cborCursor(bytes)
  const length = readArray(cursor, 'a message')
  const number = readInt(cursor, 'the number of a message')
  const type = typesByNumber.get(Number(number))
  if (!cursor.failure && type === undefined) return fail({ code: 'message/type-unknown', number })
  if (type !== undefined && !cursor.failure) {
    const { limit, row } = shapes[type] as Shape<Message>
    if (bytes.length > limit) return fail({ code: 'message/too-large', type, bytes: bytes.length, limit })
    const values = row.read(cursor, length - 1, type)
    readEnd(cursor)
    if (!cursor.failure) return ok(Object.assign(values, { type }) as Message)
  }
  const { at, expected } = cursor.failure ?? { at: 0, expected: 'a message' }
  return fail({ code: 'message/malformed', at, expected })
}
