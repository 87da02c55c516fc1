import type { CborValue } from '../../src/core/bytes/cbor.ts'
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
import type { Fingerprint, Kid, Message, ScopeToken, StoreId } from '../../src/sync/messages.ts'

const fill = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte)
const hex = (length: number, byte: number): string => byte.toString(16).padStart(2, '0').repeat(length)

const plant = 'plant_v1' as SchemaId
const session = 6
const key = hex(32, 0xa1) as PublicKey
const keyBytes = fill(32, 0xa1)
const other = hex(32, 0xb0) as PublicKey
const otherBytes = fill(32, 0xb0)
const logId = 5n as LogId
const seqNum = 7n as SeqNum
const hash = `0020${hex(32, 1)}` as Hash
const digest = fill(32, 1)
const hashBytes = Uint8Array.of(0, 0x20, ...digest)
const signature = fill(64, 2) as Signature
const token = hex(16, 3) as ScopeToken
const fingerprint = hex(16, 4) as Fingerprint
const storeId = hex(8, 5) as StoreId
const nonce = fill(24, 8)
const ct = fill(20, 9)
const entry = fill(134, 6) as EncodedEntry
const operation = fill(50, 7) as EncodedOperation

const cursors = {
  fingerprint,
  count: 300,
  myStoreId: storeId,
  myNumber: 12,
  yourStoreId: null,
  yourNumber: 0,
} as const
const cursorValues: readonly CborValue[] = [fill(16, 4), 300n, fill(8, 5), 12n, null, 0n]
const heads = [{ publicKey: key, logs: [{ logId, seqNum, hash }] }]
const headValues: CborValue = [[keyBytes, [[5n, 7n, hashBytes]]]]

/** Every message beside what the table of sync.md §1 makes of it. */
export const shapes: readonly { readonly message: Message; readonly cbor: CborValue }[] = [
  {
    message: { type: 'Announce', version: 1, timestamp: 1_700_000_000, schemaIds: [plant] },
    cbor: [0n, 1n, 1_700_000_000n, ['plant_v1']],
  },
  {
    message: { type: 'SyncRequest', session, mode: 1, scope: token, part: 1, keep: 0 },
    cbor: [1n, 6n, 1n, fill(16, 3), 1n, 0n],
  },
  {
    message: { type: 'SyncRequest', session, mode: 0, scope: [plant], part: 1, keep: 1 },
    cbor: [1n, 6n, 0n, ['plant_v1'], 1n, 1n],
  },
  { message: { type: 'Entry', session, entry, operation }, cbor: [2n, 6n, entry, operation] },
  { message: { type: 'Entry', session, entry, operation: null }, cbor: [2n, 6n, entry, null] },
  { message: { type: 'SyncDone', session, live: true, fingerprint }, cbor: [3n, 6n, true, fill(16, 4)] },
  { message: { type: 'SyncDone', session, live: false }, cbor: [3n, 6n, false] },
  { message: { type: 'Have', session, encoding: 1, body: ct }, cbor: [10n, 6n, 1n, ct] },
  { message: { type: 'Reconcile', session, bytes: ct }, cbor: [30n, 6n, ct] },
  {
    message: { type: 'Heads', session, heads: [{ publicKey: key, logs: [{ logId, seqNum }] }], hasMore: true },
    cbor: [31n, 6n, [[keyBytes, [[5n, 7n]]]], true],
  },
  { message: { type: 'Want', session, ids: [hash] }, cbor: [32n, 6n, [digest]] },
  {
    message: { type: 'WantLog', session, logs: [{ publicKey: key, logId, fromSeq: seqNum }] },
    cbor: [33n, 6n, [[keyBytes, 5n, 7n]]],
  },
  {
    message: { type: 'LogRanges', session, publicKey: key, encoding: 0, body: ct, signatures: signature },
    cbor: [34n, 6n, keyBytes, 0n, ct, signature],
  },
  {
    message: { type: 'WantPool', session, publicKey: key, logId, seqNums: [seqNum] },
    cbor: [35n, 6n, keyBytes, 5n, [7n]],
  },
  { message: { type: 'Credit', session, bytes: 65536 }, cbor: [36n, 6n, 65536n] },
  {
    message: { type: 'Gap', session, publicKey: key, logId, ranges: [[1n as SeqNum, seqNum]] },
    cbor: [37n, 6n, keyBytes, 5n, [[1n, 7n]]],
  },
  { message: { type: 'Forks', session, pairs: [[entry, entry]] }, cbor: [38n, 6n, [[entry, entry]]] },
  {
    message: { type: 'Resume', session, scope: token, part: 0, keep: 0, ...cursors },
    cbor: [39n, 6n, fill(16, 3), 0n, 0n, ...cursorValues],
  },
  { message: { type: 'Changed', session, heads, ...cursors }, cbor: [40n, 6n, headValues, ...cursorValues] },
  {
    message: { type: 'Changed', session, heads, ...cursors, hasMore: true },
    cbor: [40n, 6n, headValues, ...cursorValues, true],
  },
  { message: { type: 'Refuse', session, reason: 2 }, cbor: [41n, 6n, 2n] },
  { message: { type: 'Refuse', session, reason: 2, ids: [hash] }, cbor: [41n, 6n, 2n, [digest]] },
  {
    message: {
      type: 'Hello',
      protocolVersion: 1,
      publicKey: key,
      signature,
      agent: 'takibi/0.1.0',
      features: ['log-ranges'],
    },
    cbor: [60n, 1n, keyBytes, signature, 'takibi/0.1.0', ['log-ranges']],
  },
  {
    message: { type: 'Interest', tokens: Array.from({ length: 8 }, () => token) },
    cbor: [61n, Array.from({ length: 8 }, () => fill(16, 3))],
  },
  { message: { type: 'AskHeads', publicKey: key }, cbor: [62n, keyBytes] },
  {
    message: { type: 'OwnHeads', publicKey: key, heads: [{ logId, seqNum, hash }] },
    cbor: [63n, keyBytes, [[5n, 7n, hashBytes]]],
  },
  { message: { type: 'Guest', inviteKey: key, signature }, cbor: [64n, keyBytes, signature] },
  { message: { type: 'Host', groupId: hash as DocumentId }, cbor: [65n, hashBytes] },
  { message: { type: 'Host', groupId: hash as DocumentId, token: ct }, cbor: [65n, hashBytes, ct] },
  {
    message: { type: 'Presence', session, kid: hex(16, 10) as Kid, nonce, ct },
    cbor: [70n, 6n, fill(16, 10), nonce, ct],
  },
  {
    message: { type: 'Signal', to: key, from: other, kid: '' as Kid, nonce, ct },
    cbor: [71n, keyBytes, otherBytes, fill(0, 0), nonce, ct],
  },
  { message: { type: 'Beat' }, cbor: [72n] },
  { message: { type: 'LinkProof', mac: digest }, cbor: [80n, digest] },
  { message: { type: 'LinkProof', mac: digest, group: hash as DocumentId }, cbor: [80n, digest, hashBytes] },
]
