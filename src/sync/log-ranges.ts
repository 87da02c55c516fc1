/**
 * Entries without what their receiver can recompute (sync.md §5): of a log that goes on from a known entry, only the operations and the signatures travel.
 *
 *     entries ──packEntries──▶ LogRanges ──openLogRanges──▶ ranges, links to look up ──rebuildEntries──▶ the same entries, byte for byte
 */
import { typeHere } from '../core/bytes/cbor-reader.ts'
import { assert } from '../core/assert.ts'
import { joinBytes } from '../core/bytes/concat.ts'
import { maxU64 } from '../core/bytes/varu64.ts'
import { decodeEntry, signatureLength } from '../core/entry/decode.ts'
import { encodeUnsignedEntry, sealEntry } from '../core/entry/encode.ts'
import type { Entry } from '../core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../core/entry/lipmaa.ts'
import { hashBytes } from '../core/hash/yasmf.ts'
import type { EncodedOperation, Hash, LogId, PublicKey, SeqNum, Signature } from '../core/ids.ts'
import { maxPieceBytes } from '../core/limits.ts'
import { type Result, fail, ok } from '../core/result.ts'
import { type BodyFailure, decodeBody, encodeBody } from './body.ts'
import * as f from './fields.ts'
import type { EntryMessage, LogRanges, SessionId } from './messages.ts'

/** An entry and its operation; `null` where the payload was deleted or is not wanted. */
export interface CarriedEntry {
  readonly entry: Entry
  readonly operation: EncodedOperation | null
}

/** What the entry says of a payload that does not travel. */
interface AbsentPayload {
  readonly size: bigint
  readonly hash: Hash
}

/** Entries of one log that follow each other. */
interface LogRange {
  readonly logId: LogId
  readonly fromSeq: SeqNum
  /** Of the first entry; `null` for the first of the log. */
  readonly backlink: Hash | null
  readonly payloads: readonly (EncodedOperation | AbsentPayload)[]
  /** The last of them ends the log. */
  readonly endOfLog?: true
}

const absentPayload = f.array<AbsentPayload>('a payload that is not here', { size: f.u64, hash: f.hash() })
const present = f.bytes<EncodedOperation>()
const payload: f.Field<EncodedOperation | AbsentPayload> = {
  write: (writer, value) =>
    value instanceof Uint8Array ? present.write(writer, value) : absentPayload.write(writer, value),
  read: (cursor) => (typeHere(cursor) === 'bytes' ? present.read(cursor) : absentPayload.read(cursor)),
}
const isBackedRight = ({ fromSeq, backlink }: LogRange): boolean => (fromSeq === 1n) === (backlink === null)
const fitsU64 = ({ fromSeq, payloads }: LogRange): boolean => fromSeq + BigInt(payloads.length) - 1n <= maxU64

/** What a body holds. */
export const rangesField = f.list(
  f.checked(
    f.array<LogRange>('a range of a log', {
      logId: f.logId,
      fromSeq: f.seqNum,
      backlink: f.nullable(f.hash()),
      payloads: f.list(payload, 1),
      endOfLog: f.flag,
    }),
    'a backlink where the range is not the beginning, and numbers below 2^64',
    (range) => isBackedRight(range) && fitsU64(range),
  ),
  1,
)

/** Bytes around the payloads of one range, at most; around one payload; and of one that is absent. */
const rangeBytes = 59
const payloadBytes = 5
const absentBytes = 46
/** Signatures of one message, so that its frame holds them whatever its body is. */
const maxSignatures = 8192

/**
 * Entries to messages, in their order. Many entries of one key share a message: give them key by key. An operation that is too large for
 * a body travels as `Entry`. The entries of one call are of one scope: lengths of compressed text must not mix what different people may read.
 */
export function packEntries(
  session: SessionId,
  carried: readonly CarriedEntry[],
): readonly (LogRanges | EntryMessage)[] {
  const messages: (LogRanges | EntryMessage)[] = []
  let group: Group | undefined
  const close = (): void => {
    if (group) messages.push(groupToMessage(session, group))
    group = undefined
  }
  for (const { entry, operation } of carried) {
    const bytes = rangeBytes + (operation ? operation.length + payloadBytes : absentBytes)
    if (bytes > maxPieceBytes - payloadBytes) {
      close()
      messages.push({ type: 'Entry', session, entry: entry.bytes, operation })
      continue
    }
    if (
      group &&
      (group.publicKey !== entry.publicKey || group.bytesLeft < bytes || group.signatures.length === maxSignatures)
    )
      close()
    group ??= { publicKey: entry.publicKey, ranges: [], signatures: [], bytesLeft: maxPieceBytes - payloadBytes }
    group.bytesLeft -= bytes
    append(group, entry, operation)
  }
  close()
  return messages
}

/** A message being filled. */
interface Group {
  readonly publicKey: PublicKey
  readonly ranges: OpenRange[]
  readonly signatures: Signature[]
  bytesLeft: number
}
interface OpenRange extends Omit<LogRange, 'payloads' | 'endOfLog'> {
  readonly payloads: (EncodedOperation | AbsentPayload)[]
  endOfLog?: true
}

function append({ ranges: open, signatures }: Group, entry: Entry, carried: EncodedOperation | null): void {
  let range = open.at(-1)
  const isNext =
    range?.logId === entry.logId && range.fromSeq + BigInt(range.payloads.length) === entry.seqNum && !range.endOfLog
  if (!range || !isNext) {
    range = { logId: entry.logId, fromSeq: entry.seqNum, backlink: entry.backlink ?? null, payloads: [] }
    open.push(range)
  }
  range.payloads.push(carried ?? { size: entry.payloadSize, hash: entry.payloadHash })
  if (entry.isEndOfLog) range.endOfLog = true
  signatures.push(entry.signature)
}

const groupToMessage = (session: SessionId, { publicKey, ranges: closed, signatures }: Group): LogRanges => ({
  type: 'LogRanges',
  session,
  publicKey,
  ...encodeBody(rangesField, closed),
  signatures: joinBytes(signatures),
})

/** An entry by its place in a log of the message's key. */
interface Place {
  readonly logId: LogId
  readonly seqNum: SeqNum
}

/** A message that was read, before its entries are rebuilt. */
export interface OpenedRanges {
  readonly publicKey: PublicKey
  readonly ranges: readonly LogRange[]
  readonly signatures: Uint8Array
  /** Entries before and between the ranges that theirs link to: `rebuildEntries` asks for the hash of each. Some may be made by the message itself. */
  readonly links: readonly Place[]
}

/** Reads a message, or `message/body-malformed`: also where entries and signatures are not as many. Rebuilds and verifies nothing. */
export function openLogRanges({ publicKey, encoding, body, signatures }: LogRanges): Result<OpenedRanges, BodyFailure> {
  const opened = decodeBody(rangesField, { encoding, body })
  if (!opened.ok) return opened
  const count = opened.value.reduce((sum, { payloads }) => sum + payloads.length, 0)
  if (signatures.length !== count * signatureLength)
    return fail({ code: 'message/body-malformed', at: 0, expected: 'as many signatures as entries' })
  return ok({ publicKey, ranges: opened.value, signatures, links: opened.value.flatMap(linksOf) })
}

/** What the entries of a range link to outside of it. */
function linksOf({ logId, fromSeq, payloads }: LogRange): readonly Place[] {
  const places: Place[] = fromSeq > 1n ? [{ logId, seqNum: (fromSeq - 1n) as SeqNum }] : []
  for (let seqNum = fromSeq as bigint; seqNum < fromSeq + BigInt(payloads.length); seqNum++) {
    const target = lipmaa(seqNum)
    if (needsSkiplink(seqNum) && target < fromSeq - 1n) places.push({ logId, seqNum: target as SeqNum })
  }
  return places
}

/** One range as the receiver has it: its entries, or their places where it builds on an entry that is not held here and full entries have to be asked for. */
export type RebuiltRange =
  | { readonly isLinked: true; readonly entries: readonly CarriedEntry[] }
  | { readonly isLinked: false; readonly logId: LogId; readonly seqNums: readonly SeqNum[] }

/**
 * The entries of the ranges, as they were signed if the signatures hold: verify them, for nothing here does.
 *
 * @param heldHash the hash of the entry held at a place of a log of this key
 */
export function rebuildEntries(
  { publicKey, ranges: opened, signatures }: OpenedRanges,
  heldHash: (place: Place) => Hash | undefined,
): readonly RebuiltRange[] {
  const made = new Map<string, Hash>()
  const hashAt = (logId: LogId, seqNum: bigint): Hash | undefined =>
    made.get(`${logId}/${seqNum}`) ?? heldHash({ logId, seqNum: seqNum as SeqNum })
  let next = 0
  return opened.map((range) => {
    const { logId, fromSeq, payloads } = range
    const first = next
    next += payloads.length
    const entries: CarriedEntry[] = []
    for (const [i, carried] of payloads.entries()) {
      const signatureAt = (first + i) * signatureLength
      const signature = signatures.subarray(signatureAt, signatureAt + signatureLength) as Signature
      const entry = rebuildEntry(publicKey, range, i, carried, signature, hashAt)
      if (!entry) {
        const seqNums = payloads.map((_, offset) => (fromSeq + BigInt(offset)) as SeqNum)
        return { isLinked: false, logId, seqNums }
      }
      made.set(`${logId}/${entry.seqNum}`, entry.hash)
      entries.push({ entry, operation: carried instanceof Uint8Array ? carried : null })
    }
    return { isLinked: true, entries }
  })
}

/** Entry number `i` of a range; nothing where an entry that it links to is not held. */
function rebuildEntry(
  publicKey: PublicKey,
  { logId, fromSeq, backlink: before, payloads, endOfLog }: LogRange,
  i: number,
  carried: EncodedOperation | AbsentPayload,
  signature: Signature,
  hashAt: (logId: LogId, seqNum: bigint) => Hash | undefined,
): Entry | undefined {
  const seqNum = fromSeq + BigInt(i)
  const backlink = seqNum > 1n ? hashAt(logId, seqNum - 1n) : undefined
  const skiplink = needsSkiplink(seqNum) ? hashAt(logId, lipmaa(seqNum)) : undefined
  if (i === 0 && before && backlink !== before) return undefined
  const isPresent = carried instanceof Uint8Array
  const unsigned = encodeUnsignedEntry({
    publicKey,
    logId,
    seqNum,
    isEndOfLog: endOfLog === true && i === payloads.length - 1,
    skiplink,
    backlink,
    payloadSize: isPresent ? BigInt(carried.length) : carried.size,
    payloadHash: isPresent ? hashBytes(carried) : carried.hash,
  })
  if (!unsigned.ok) return undefined
  const entry = decodeEntry(sealEntry(unsigned.value, signature))
  assert(entry.ok, 'an entry that was encoded decodes')
  return entry.value
}
