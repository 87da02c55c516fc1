import { bytesToHex, hexToBytes } from '../../core/bytes/hex.ts'
import type { DocumentId, Hash, LogId, PublicKey, SeqNum } from '../../core/ids.ts'
import type { Head } from '../../ports/store.ts'
import { chunkBits } from './tables.ts'

/**
 * The heads of 64 neighbouring logs of one key, as one value. Slot after slot, up to the last one in use:
 *
 *     | kind | seq num | hash without its 0020 | document id without its 0020 |
 *        1        8               32                          32
 *
 * Kind 0 is a log without head, 1 an open log, 2 an ended one.
 */
const slotBytes = 73
const slots = 1 << Number(chunkBits)
const hashPrefix = '0020'

const slotOf = (logId: bigint): number => Number(logId & BigInt(slots - 1))
const digestOf = (hash: Hash): Uint8Array => hexToBytes(hash.slice(hashPrefix.length))
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Whether a value from the disk can be a chunk: whole slots, not too many, kinds that exist. */
export const isHeadChunk = (value: unknown): value is Uint8Array => {
  if (!(value instanceof Uint8Array) || value.length % slotBytes !== 0 || value.length > slots * slotBytes) return false
  for (let at = 0; at < value.length; at += slotBytes) if (value[at]! > 2) return false
  return true
}

const readSlot = (chunk: Uint8Array, slot: number, publicKey: PublicKey, chunkNumber: bigint): Head | undefined => {
  const at = slot * slotBytes
  const kind = chunk[at] ?? 0
  if (kind === 0) return undefined
  return {
    publicKey,
    logId: ((chunkNumber << chunkBits) | BigInt(slot)) as LogId,
    seqNum: viewOf(chunk).getBigUint64(at + 1) as SeqNum,
    hash: (hashPrefix + bytesToHex(chunk.subarray(at + 9, at + 41))) as Hash,
    documentId: (hashPrefix + bytesToHex(chunk.subarray(at + 41, at + 73))) as DocumentId,
    isEnded: kind === 2,
  }
}

/** The head of one log in its chunk. */
export const headOf = (chunk: Uint8Array, publicKey: PublicKey, logId: LogId): Head | undefined =>
  readSlot(chunk, slotOf(logId), publicKey, logId >> chunkBits)

/** Where a log stands: the sequence number of its head, 0 where it has none. Reads no more than that. */
export const reachedIn = (chunk: Uint8Array, logId: LogId): bigint => {
  const at = slotOf(logId) * slotBytes
  return chunk[at] ? viewOf(chunk).getBigUint64(at + 1) : 0n
}

/** All heads of a chunk, by log id. */
export const headsOf = (chunk: Uint8Array, publicKey: PublicKey, chunkNumber: bigint): readonly Head[] =>
  Array.from({ length: chunk.length / slotBytes }, (_, slot) => readSlot(chunk, slot, publicKey, chunkNumber)).filter(
    (head) => head !== undefined,
  )

/** A longer chunk, in a buffer that has room for all slots: a batch of new documents lengthens it head by head. */
const lengthen = (chunk: Uint8Array, length: number): Uint8Array => {
  const whole = slots * slotBytes
  if (chunk.buffer.byteLength === whole) return new Uint8Array(chunk.buffer, 0, length)
  const longer = new Uint8Array(new ArrayBuffer(whole), 0, length)
  longer.set(chunk)
  return longer
}

/** The chunk with this head in it: the same bytes, or longer; then it is a view into a larger buffer. */
export const withHead = (chunk: Uint8Array, head: Head): Uint8Array => {
  const at = slotOf(head.logId) * slotBytes
  const end = at + slotBytes
  const next = end > chunk.length ? lengthen(chunk, end) : chunk
  next[at] = head.isEnded ? 2 : 1
  viewOf(next).setBigUint64(at + 1, head.seqNum)
  const hash = digestOf(head.hash)
  next.set(hash, at + 9)
  next.set(head.hash === head.documentId ? hash : digestOf(head.documentId), at + 41)
  return next
}
