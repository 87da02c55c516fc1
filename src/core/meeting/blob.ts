import { base64ToBytes, bytesToBase64 } from '../bytes/base64.ts'
import {
  type CborCursor,
  cborCursor,
  failAt,
  readArray,
  readBytes,
  readEnd,
  readInt,
  readText,
  typeHere,
} from '../bytes/cbor-reader.ts'
import {
  type CborWriter,
  cborWriter,
  writeArray,
  writeBytes,
  writeInt,
  writeText,
  writtenBytes,
} from '../bytes/cbor-writer.ts'
import { concatBytes } from '../bytes/concat.ts'
import { maxCandidates } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'

/**
 * What one side of a WebRTC connection has to know of the other, as small as it gets (webrtc.md §2): 60 to 137 bytes where its SDP has 700.
 *
 *     [0, ice-ufrag, ice-pwd, fingerprint 32 B, candidates]      candidate = tag 1 B, address 4 or 16 B, port 2 B
 *
 * Both sides show the same kind; who is the DTLS client follows from the fingerprints. Good for one connection only.
 */
export interface ConnectionBlob {
  /** ICE username fragment, 4 to 256 characters of `A-Za-z0-9+/`. */
  readonly ufrag: string
  /** ICE password, 22 to 256 of the same characters. */
  readonly password: string
  /** SHA-256 of the certificate, 32 bytes. */
  readonly fingerprint: Uint8Array
  /** Where the other side may be reached, best first, at most four. None: it will be heard from. */
  readonly candidates: readonly Candidate[]
}

/** A UDP address. `srflx`: as a STUN server saw it; the others are addresses of the host itself, `mdns` one hidden behind `<uuid>.local`. */
export interface Candidate {
  readonly kind: 'ipv4' | 'ipv6' | 'mdns' | 'srflx-ipv4' | 'srflx-ipv6'
  /** 4 bytes of IPv4, 16 of IPv6 or of the UUID. */
  readonly address: Uint8Array
  readonly port: number
}

/** The bytes are no blob, or no code: the first that does not fit, counted from 0. */
export interface MalformedMeeting {
  readonly code: 'meeting/malformed'
  readonly at: number
  readonly expected: string
}

/** Bytes of an address by tag, which is the position. */
const tags = [
  { kind: 'ipv4', bytes: 4 },
  { kind: 'ipv6', bytes: 16 },
  { kind: 'mdns', bytes: 16 },
  { kind: 'srflx-ipv4', bytes: 4 },
  { kind: 'srflx-ipv6', bytes: 16 },
] as const

/** The kind of blob that both sides show alike. */
const symmetric = 0n
/** Characters of ICE credentials (RFC 8839 §5.4), which also keeps line ends out of the SDP made from them. */
const isIceText = (text: string, least: number): boolean =>
  text.length >= least && text.length <= 256 && /^[A-Za-z0-9+/]*$/.test(text)
const leastUfrag = 4
const leastPassword = 22

export const isUfrag = (text: string): boolean => isIceText(text, leastUfrag)
export const isIcePassword = (text: string): boolean => isIceText(text, leastPassword)

/** As bytes where these stand for no other text (whole groups of four characters), else as text. */
const packed = (text: string): Uint8Array | undefined => (text.length % 4 === 0 ? base64ToBytes(text) : undefined)

function writeIceText(writer: CborWriter, text: string): void {
  const bytes = packed(text)
  if (bytes) writeBytes(writer, bytes)
  else writeText(writer, text)
}

function readIceText(cursor: CborCursor, least: number, expected: string): string {
  const { at } = cursor
  const isPacked = typeHere(cursor) === 'bytes'
  const bytes = isPacked ? readBytes(cursor, expected) : undefined
  const text = bytes ? bytesToBase64(bytes) : readText(cursor, expected)
  if (!isIceText(text, least) || (packed(text) !== undefined) !== isPacked) failAt(cursor, at, expected)
  return text
}

const encodeCandidate = ({ kind, address, port }: Candidate): Uint8Array =>
  Uint8Array.of(
    tags.findIndex((tag) => tag.kind === kind),
    ...address,
    port >> 8,
    port & 0xff,
  )

function readCandidates(cursor: CborCursor): readonly Candidate[] {
  const start = cursor.at
  const bytes = readBytes(cursor, 'candidates')
  const candidates: Candidate[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = tags[bytes[at] as number]
    const end = at + 3 + (tag?.bytes ?? 0)
    const port = ((bytes[end - 2] ?? 0) << 8) | (bytes[end - 1] ?? 0)
    if (!tag || end > bytes.length || port === 0 || candidates.length === maxCandidates) {
      failAt(cursor, start, `at most ${maxCandidates} candidates, each a tag, an address and a port`)
      return []
    }
    candidates.push({ kind: tag.kind, address: bytes.slice(at + 1, end - 2), port })
    at = end
  }
  return candidates
}

/** What stands in a blob that `readBlob` accepts; anything else is the caller's bug. */
export function writeBlob(writer: CborWriter, { ufrag, password, fingerprint, candidates }: ConnectionBlob): void {
  writeArray(writer, 5)
  writeInt(writer, symmetric)
  writeIceText(writer, ufrag)
  writeIceText(writer, password)
  writeBytes(writer, fingerprint)
  writeBytes(writer, concatBytes(...candidates.map(encodeCandidate)))
}

/** Reads a blob where the cursor stands; whoever owns the cursor asks it whether something failed. Copies what it keeps. */
export function readBlob(cursor: CborCursor): ConnectionBlob {
  if (readArray(cursor, 'a blob of five items') !== 5) failAt(cursor, cursor.at, 'a blob of five items')
  if (readInt(cursor, 'the kind of the blob') !== symmetric) failAt(cursor, cursor.at, 'a blob of kind 0')
  const ufrag = readIceText(cursor, leastUfrag, 'an ICE username fragment in its shorter form')
  const password = readIceText(cursor, leastPassword, 'an ICE password in its shorter form')
  const fingerprint = readBytes(cursor, 'a fingerprint').slice()
  if (fingerprint.length !== 32) failAt(cursor, cursor.at, 'a fingerprint of 32 bytes')
  return { ufrag, password, fingerprint, candidates: readCandidates(cursor) }
}

/** A blob alone, as it travels between two that know each other already. */
export function encodeBlob(blob: ConnectionBlob): Uint8Array {
  const writer = cborWriter()
  writeBlob(writer, blob)
  return writtenBytes(writer)
}

/** Bytes to blob, or `meeting/malformed`. Never throws; what decodes encodes to the same bytes. */
export function decodeBlob(bytes: Uint8Array): Result<ConnectionBlob, MalformedMeeting> {
  const cursor = cborCursor(bytes)
  const blob = readBlob(cursor)
  readEnd(cursor)
  return cursor.failure ? fail({ ...cursor.failure, code: 'meeting/malformed' }) : ok(blob)
}
