import { concatBytes } from '../core/bytes/concat.ts'
import { maxPacketBytes } from '../core/limits.ts'
import { nonceAfter, openBox, sealBox, tagBytes } from './box.ts'
import type { ChannelFailure } from './failure.ts'

/**
 * Box stream: bytes in authenticated packets, each direction by itself (secret-handshake.md §3). A packet is
 *
 *     | box of the header, 34 bytes          | body, 1 to 4,096 bytes |
 *     |   header: length, 2 | tag of the body |
 *
 * and takes two nonces, one for the header and one for the body. A header of zeros is the goodbye. Where packets begin and end
 * means nothing: what is carried is a stream.
 */

/** Key and next nonce of one direction. */
export interface BoxKeys {
  readonly key: Uint8Array
  readonly nonce: Uint8Array
}

const headerBytes = 2 + tagBytes
const headerBoxBytes = headerBytes + tagBytes

/** The sending direction. A writer is used once: go on with the one that came back. */
export interface BoxWriter extends BoxKeys {
  /** Bytes that fill no packet yet, so that small messages share one. They lie at the beginning of a buffer that writers hand on. */
  readonly waiting: Uint8Array
}

/** What the sender's step gives: the writer to go on with, and bytes to send, maybe none. */
export type Written = readonly [BoxWriter, Uint8Array]

const nothing = new Uint8Array()

/** A writer that has sent nothing yet. */
export const startWriting = ({ key, nonce }: BoxKeys): BoxWriter => ({
  key,
  nonce,
  waiting: new Uint8Array(new ArrayBuffer(maxPacketBytes), 0, 0),
})

/** The first `kept` bytes that wait, with more behind them. */
function waitBehind({ waiting }: BoxWriter, kept: number, more: Uint8Array): Uint8Array {
  const grown = new Uint8Array(waiting.buffer, 0, kept + more.length)
  grown.set(more, kept)
  return grown
}

/** Packs one body into `wire`, which it fills. */
function sealPacket({ key, nonce }: BoxKeys, body: Uint8Array, wire: Uint8Array): void {
  const bodyBox = sealBox(key, nonceAfter(nonce, 1), body)
  const header = new Uint8Array(headerBytes)
  header[0] = body.length >> 8
  header[1] = body.length & 255
  header.set(bodyBox.subarray(0, tagBytes), 2)
  wire.set(sealBox(key, nonce, header))
  wire.set(bodyBox.subarray(tagBytes), headerBoxBytes)
}

/** Packs bytes into as few packets as can be. */
function sealAll(writer: BoxWriter, bytes: Uint8Array): Written {
  const packets = Math.ceil(bytes.length / maxPacketBytes)
  const wire = new Uint8Array(bytes.length + packets * headerBoxBytes)
  let { nonce } = writer
  let at = 0
  for (let from = 0; from < bytes.length; from += maxPacketBytes) {
    const body = bytes.subarray(from, from + maxPacketBytes)
    const end = at + headerBoxBytes + body.length
    sealPacket({ key: writer.key, nonce }, body, wire.subarray(at, end))
    nonce = nonceAfter(nonce, 2)
    at = end
  }
  return [{ ...writer, nonce }, wire]
}

/** Takes bytes in, and gives the packets that are full by now. */
export function write(writer: BoxWriter, bytes: Uint8Array): Written {
  const { waiting } = writer
  if (waiting.length + bytes.length < maxPacketBytes)
    return [{ ...writer, waiting: waitBehind(writer, waiting.length, bytes) }, nothing]
  const all = waiting.length === 0 ? bytes : concatBytes(waiting, bytes)
  const full = all.length - (all.length % maxPacketBytes)
  return sealAll({ ...writer, waiting: waitBehind(writer, 0, all.subarray(full)) }, all.subarray(0, full))
}

/** Gives what waits, for when there is no more to say just now. */
export const flush = (writer: BoxWriter): Written =>
  sealAll({ ...writer, waiting: waitBehind(writer, 0, nothing) }, writer.waiting)

/** Gives what waits and the goodbye. Nothing may be written after it; on a failure do not say goodbye, so that the peer sees the cut. */
export function endWriting(writer: BoxWriter): Uint8Array {
  const [{ key, nonce }, last] = flush(writer)
  return concatBytes(last, sealBox(key, nonce, new Uint8Array(headerBytes)))
}

/** The receiving direction. One failure is the end of the whole connection. */
export type BoxReader =
  | (BoxKeys & {
      readonly kind: 'reading'
      /** Bytes that make no whole packet yet: at most one, of 34 + 4,096. */
      readonly rest: Uint8Array
      /** The header of the packet that `rest` begins with, once it was opened. */
      readonly header?: Uint8Array
    })
  /** The peer said goodbye; whatever comes after is ignored. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly failure: ChannelFailure }

/** What the receiver's step gives: the reader to go on with, and the bodies that were authenticated, in order. */
export type ReadBytes = readonly [BoxReader, readonly Uint8Array[]]

type Reading = Extract<BoxReader, { kind: 'reading' }>

/** A reader that has seen nothing yet. */
export const startReading = ({ key, nonce }: BoxKeys): BoxReader => ({ kind: 'reading', key, nonce, rest: nothing })

const failed = (failure: ChannelFailure): BoxReader => ({ kind: 'failed', failure })

/** Opens the header that `rest` begins with. */
function readHeader(reader: Reading): BoxReader {
  const header = openBox(reader.key, reader.nonce, reader.rest.subarray(0, headerBoxBytes))
  if (!header) return failed({ code: 'channel/tag-invalid', part: 'header' })
  if (header.every((byte) => byte === 0)) return { kind: 'ended' }
  const bytes = bodyLength(header)
  if (bytes === 0 || bytes > maxPacketBytes)
    return failed({ code: 'channel/packet-size', bytes, limit: maxPacketBytes })
  return { ...reader, header }
}

const bodyLength = (header: Uint8Array): number => ((header[0] as number) << 8) | (header[1] as number)

/** Takes bytes in, split as they may be, and gives the bodies that are complete by now. Bodies before a failure are still given. */
export function read(reader: BoxReader, bytes: Uint8Array): ReadBytes {
  if (reader.kind !== 'reading') return [reader, []]
  const bodies: Uint8Array[] = []
  let now: BoxReader = { ...reader, rest: reader.rest.length === 0 ? bytes : concatBytes(reader.rest, bytes) }
  for (;;) {
    if (!now.header) {
      if (now.rest.length < headerBoxBytes) break
      now = readHeader(now)
      if (now.kind !== 'reading' || !now.header) return [now, bodies]
    }
    const end: number = headerBoxBytes + bodyLength(now.header)
    if (now.rest.length < end) break
    const box = concatBytes(now.header.subarray(2), now.rest.subarray(headerBoxBytes, end))
    const body = openBox(now.key, nonceAfter(now.nonce, 1), box)
    if (!body) return [failed({ code: 'channel/tag-invalid', part: 'body' }), bodies]
    bodies.push(body)
    now = { kind: 'reading', key: now.key, nonce: nonceAfter(now.nonce, 2), rest: now.rest.subarray(end) }
  }
  // Copied: the chunk's buffer may be used again, and a large one should not be kept for its end.
  return [{ ...now, rest: new Uint8Array(now.rest) }, bodies]
}

/** The connection has ended: fine after goodbye, `channel/cut-off` before. */
export const endReading = (reader: BoxReader): BoxReader =>
  reader.kind === 'reading' ? failed({ code: 'channel/cut-off' }) : reader
