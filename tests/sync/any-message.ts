import * as fc from 'fast-check'
import { bytesToHex } from '../../src/core/bytes/hex.ts'
import { isWellFormed } from '../../src/core/bytes/utf8.ts'
import { maxU64 } from '../../src/core/bytes/varu64.ts'
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
} from '../../src/core/ids.ts'
import { firstReservedLogId } from '../../src/core/limits.ts'
import type {
  Fingerprint,
  Kid,
  LogHead,
  LogHeight,
  LogsOf,
  Message,
  MessageOf,
  MessageType,
  ScopeToken,
  StoreId,
} from '../../src/sync/messages.ts'
import { compareSchemaIds } from '../../src/sync/schema-id-list.ts'

/** Any message that may be sent, of every type. Lists are short: `pieces.test.ts` has the long ones. */

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const some = (maxLength: number) => fc.uint8Array({ maxLength })
const hex = <T extends string>(length: number) => bytes(length).map((value) => bytesToHex(value) as T)

const u32 = fc.nat({ max: 0xffff_ffff })
const u53 = fc.maxSafeNat()
const bit = fc.constantFrom(0 as const, 1 as const)
const session = u32
const publicKey = hex<PublicKey>(32)
const anyHash = hex(32).map((digest) => `0020${digest}` as Hash)
const signature = bytes(64) as fc.Arbitrary<Signature>
const logId = fc.bigInt(0n, firstReservedLogId - 1n) as fc.Arbitrary<LogId>
const seqNum = fc.bigInt(1n, maxU64) as fc.Arbitrary<SeqNum>
const entry = some(226) as fc.Arbitrary<EncodedEntry>
const token = hex<ScopeToken>(16)
const fingerprint = hex<Fingerprint>(16)
const few = <T>(item: fc.Arbitrary<T>, minLength = 0) => fc.array(item, { minLength, maxLength: 4 })

const schemaId = fc.oneof(
  fc.tuple(fc.stringMatching(/^[a-z]{2,8}$/), fc.nat({ max: 255 })).map(([name, n]) => `${name}_v${n}` as SchemaId),
  fc.tuple(fc.stringMatching(/^[a-z]{2,8}$/), anyHash).map(([name, hash]) => `${name}_${hash}` as SchemaId),
)
const schemaIds = (minLength: number) =>
  fc.uniqueArray(schemaId, { minLength, maxLength: 4 }).map((ids) => ids.toSorted(compareSchemaIds))

const height: fc.Arbitrary<LogHeight> = fc.record({ logId, seqNum })
const head: fc.Arbitrary<LogHead> = fc.record({ logId, seqNum, hash: anyHash })
const byKey = <Log>(log: fc.Arbitrary<Log>): fc.Arbitrary<LogsOf<Log>[]> =>
  few(fc.record({ publicKey, logs: few(log) }))
export const anyHeads = byKey(head)

const pieced = { hasMore: fc.constant(true as const) }
const cursors = {
  fingerprint,
  count: u53,
  myStoreId: hex<StoreId>(8),
  myNumber: u53,
  yourStoreId: fc.option(hex<StoreId>(8)),
  yourNumber: u53,
}
const sealed = { nonce: bytes(24), ct: some(200) }

type Model<T extends MessageType> = {
  readonly [F in keyof Omit<MessageOf<T>, 'type'>]-?: fc.Arbitrary<Exclude<MessageOf<T>[F], undefined>>
}
/** Values of a message; the one called `optional` may be absent. */
const values = <T extends MessageType>(model: Model<T>, optional: string = 'hasMore'): fc.Arbitrary<object> => {
  const fields = model as Record<string, fc.Arbitrary<unknown>>
  return fc.record(fields, { requiredKeys: Object.keys(fields).filter((name) => name !== optional) })
}

const byType: { readonly [T in MessageType]: fc.Arbitrary<object> } = {
  Announce: values<'Announce'>({ version: u32, timestamp: u53, schemaIds: schemaIds(0) }),
  SyncRequest: values<'SyncRequest'>({
    session,
    mode: bit,
    scope: fc.oneof(token, schemaIds(1)),
    part: bit,
    keep: bit,
  }),
  Entry: values<'Entry'>({ session, entry, operation: fc.option(some(300) as fc.Arbitrary<EncodedOperation>) }),
  SyncDone: values<'SyncDone'>({ session, live: fc.boolean(), fingerprint }, 'fingerprint'),
  Have: values<'Have'>({ session, encoding: bit, body: some(300), ...pieced }),
  Reconcile: values<'Reconcile'>({ session, bytes: some(300) }),
  Heads: values<'Heads'>({ session, heads: byKey(height), ...pieced }),
  Want: values<'Want'>({ session, ids: few(anyHash), ...pieced }),
  WantLog: values<'WantLog'>({ session, logs: few(fc.record({ publicKey, logId, fromSeq: seqNum })), ...pieced }),
  LogRanges: values<'LogRanges'>({
    session,
    publicKey,
    encoding: bit,
    body: some(300),
    signatures: fc.nat({ max: 3 }).chain((count) => bytes(64 * count)),
  }),
  WantPool: values<'WantPool'>({ session, publicKey, logId, seqNums: few(seqNum, 1) }),
  Credit: values<'Credit'>({ session, bytes: u32 }),
  Gap: values<'Gap'>({
    session,
    publicKey,
    logId,
    ranges: few(fc.tuple(seqNum, seqNum).map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)))),
    ...pieced,
  }),
  Forks: values<'Forks'>({ session, pairs: few(fc.tuple(entry, entry)), ...pieced }),
  Resume: values<'Resume'>({ session, scope: token, part: bit, keep: bit, ...cursors }),
  Changed: values<'Changed'>({ session, heads: anyHeads, ...cursors, ...pieced }),
  Refuse: values<'Refuse'>({ session, reason: fc.nat({ max: 255 }), ids: few(anyHash, 1) }, 'ids'),
  Hello: values<'Hello'>({
    protocolVersion: u32,
    publicKey,
    signature,
    agent: fc.string({ maxLength: 16, unit: 'binary' }).filter(isWellFormed),
    features: fc.uniqueArray(fc.stringMatching(/^[a-z-]{1,12}$/), { maxLength: 4 }).map((names) => names.toSorted()),
  }),
  Interest: values<'Interest'>({
    tokens: fc.constantFrom(8, 16).chain((length) => fc.array(token, { minLength: length, maxLength: length })),
  }),
  AskHeads: values<'AskHeads'>({ publicKey }),
  OwnHeads: values<'OwnHeads'>({ publicKey, heads: few(head), ...pieced }),
  Guest: values<'Guest'>({ inviteKey: publicKey, signature }),
  Host: values<'Host'>({ groupId: anyHash as fc.Arbitrary<DocumentId>, token: some(64) }, 'token'),
  Presence: values<'Presence'>({ session, kid: fc.oneof(hex<Kid>(0), hex<Kid>(16)), ...sealed }),
  Signal: values<'Signal'>({
    to: publicKey,
    from: publicKey,
    kid: fc.oneof(hex<Kid>(0), hex<Kid>(16), hex<Kid>(32)),
    ...sealed,
  }),
  Beat: values<'Beat'>({}),
  LinkProof: values<'LinkProof'>({ mac: bytes(32), group: anyHash as fc.Arbitrary<DocumentId> }, 'group'),
}

export const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  ...Object.entries(byType).map(([type, fields]) => fields.map((found) => ({ ...found, type }) as Message)),
)
