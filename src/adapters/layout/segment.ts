import { assert } from '../../core/assert.ts'
import { concatBytes, equalBytes } from '../../core/bytes/concat.ts'
import type { EncodedEntry, EncodedOperation } from '../../core/ids.ts'
import type { Mark, Origin, StoredItem } from '../../ports/store.ts'

/**
 * A piece of a document: items in order of arrival, as one value.
 *
 *     | mark | items | full segments before it || arrival | received at | kind | entry size | operation size | entry | operation | …
 *        1      1              4                    8          8          1         2              4
 *
 * Numbers are big-endian; arrival and time are doubles, which hold every number JavaScript counts with. A segment whose sizes do not
 * add up is damaged. What the items say is not looked at: they are signed.
 */
export interface Segment {
  readonly mark: Mark
  readonly fullSegments: number
  readonly items: readonly StoredItem[]
}

/** Items a segment may have: so that rewriting the last one costs little. */
export const maxSegmentItems = 64
/** Bytes after which no item is added, for the same reason. One item may be larger by itself. */
export const maxSegmentBytes = 32_768

const headerBytes = 6
const itemHeaderBytes = 23
const marks: readonly Mark[] = ['private', 'shared']
const origins: readonly Origin[] = ['local', 'import', 'peer']
/** Set in `kind` where there is an operation, since an operation of no bytes is not a dropped one. */
const hasOperation = 0x80

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const encodeItem = (item: StoredItem): Uint8Array => {
  const { entry, operation } = item
  assert(entry.length <= 0xffff, 'an entry has at most 226 bytes')
  const bytes = new Uint8Array(itemHeaderBytes + entry.length + (operation?.length ?? 0))
  const view = viewOf(bytes)
  view.setFloat64(0, item.arrival)
  view.setFloat64(8, item.receivedAt)
  view.setUint8(16, origins.indexOf(item.origin) | (operation ? hasOperation : 0))
  view.setUint16(17, entry.length)
  view.setUint32(19, operation?.length ?? 0)
  bytes.set(entry, itemHeaderBytes)
  if (operation) bytes.set(operation, itemHeaderBytes + entry.length)
  return bytes
}

/** The growing end of a document: its open segment, and those that became full on the way. */
export interface Tail {
  mark: Mark
  /** Full segments written so far; the open one is number 0, the full ones 1 to this. */
  fullSegments: number
  items: number
  bytes: number
  parts: Uint8Array[]
}

export const newTail = (mark: Mark): Tail => ({ mark, fullSegments: 0, items: 0, bytes: 0, parts: [] })

/** The open segment, to go on with it; `undefined` where it is damaged. Its items are not decoded. */
export const readTail = (segment: Uint8Array): Tail | undefined => {
  const [mark, items] = segment
  if (segment.length < headerBytes || !marks[mark!] || items! > maxSegmentItems) return undefined
  const body = segment.subarray(headerBytes)
  const fullSegments = viewOf(segment).getUint32(2)
  return { mark: marks[mark!]!, fullSegments, items: items!, bytes: body.length, parts: [body] }
}

/** The bytes of the open segment. */
export const writeTail = ({ mark, items, fullSegments, parts }: Tail): Uint8Array => {
  const header = new Uint8Array(headerBytes)
  header[0] = marks.indexOf(mark)
  header[1] = items
  viewOf(header).setUint32(2, fullSegments)
  return concatBytes(header, ...parts)
}

/**
 * Adds an item at the end.
 * @returns the segment that became full by it, to be written as number `tail.fullSegments`, or nothing
 */
export const appendItem = (tail: Tail, item: StoredItem): Uint8Array | undefined => {
  const encoded = encodeItem(item)
  const isFull = tail.items === maxSegmentItems || tail.bytes + encoded.length > maxSegmentBytes
  const full = isFull && tail.items > 0 ? writeTail(tail) : undefined
  if (full) {
    tail.fullSegments++
    tail.items = 0
    tail.bytes = 0
    tail.parts = []
  }
  tail.items++
  tail.bytes += encoded.length
  tail.parts.push(encoded)
  return full
}

/**
 * A segment with the operation of an entry that it holds without one; `undefined` where it holds no such entry, or is damaged.
 */
export const withOperation = (
  segment: Uint8Array,
  entry: EncodedEntry,
  operation: EncodedOperation,
): Uint8Array | undefined => {
  const decoded = decodeSegment(segment)
  const at = decoded?.items.findIndex((item) => item.operation === null && equalBytes(item.entry, entry)) ?? -1
  if (!decoded || at < 0) return undefined
  const items = decoded.items.with(at, { ...decoded.items[at]!, operation })
  return writeTail({ ...decoded, items: items.length, bytes: 0, parts: items.map(encodeItem) })
}

/** A whole segment, each item with bytes of its own; `undefined` where it is damaged. */
export const decodeSegment = (segment: unknown): Segment | undefined => {
  const tail = segment instanceof Uint8Array ? readTail(segment) : undefined
  if (tail === undefined) return undefined
  const bytes = segment as Uint8Array
  const view = viewOf(bytes)
  const items: StoredItem[] = []
  let at = headerBytes
  for (let count = 0; count < tail.items; count++) {
    if (at + itemHeaderBytes > bytes.length) return undefined
    const kind = view.getUint8(at + 16)
    const origin = origins[kind & ~hasOperation]
    const entryEnd = at + itemHeaderBytes + view.getUint16(at + 17)
    const end = entryEnd + view.getUint32(at + 19)
    if (end > bytes.length || origin === undefined) return undefined
    items.push({
      entry: bytes.slice(at + itemHeaderBytes, entryEnd) as EncodedEntry,
      operation: kind & hasOperation ? (bytes.slice(entryEnd, end) as EncodedOperation) : null,
      arrival: view.getFloat64(at),
      receivedAt: view.getFloat64(at + 8),
      origin,
    })
    at = end
  }
  return at === bytes.length ? { mark: tail.mark, fullSegments: tail.fullSegments, items } : undefined
}
