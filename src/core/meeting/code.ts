import { bytesToBase45 } from '../bytes/base45.ts'
import { bytesToBase64Url } from '../bytes/base64.ts'
import { cborCursor, failAt, readArray, readBytes, readEnd, readInt, readNull, typeHere } from '../bytes/cbor-reader.ts'
import { cborWriter, writeArray, writeBytes, writeInt, writeNull, writtenBytes } from '../bytes/cbor-writer.ts'
import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import type { PublicKey } from '../ids.ts'
import { maxMeetingCodeBytes } from '../limits.ts'
import { parsePublicKey } from '../parse-ids.ts'
import { type Result, fail, ok } from '../result.ts'
import { type ConnectionBlob, type MalformedMeeting, readBlob, writeBlob } from './blob.ts'
import type { SdpFailure } from './sdp.ts'
import { bytesOfShown } from './shown-text.ts'

/**
 * What two people show each other to connect their devices without any server (sync.md §7): CBOR
 * `[1, transport key, blob, invite secret | null]`, as base45 in a QR code, as base64url in a link or a text. Both show the same kind.
 */
export interface MeetingCode {
  /** Who this is: the key that the Secret Handshake inside the channel has to prove. */
  readonly transportKey: PublicKey
  readonly blob: ConnectionBlob
  /** The secret of an invite, 16 bytes (flows.md §1.1): whoever scans this may knock with it. */
  readonly inviteSecret: Uint8Array | null
}

export type MeetingCodeFailure =
  | MalformedMeeting
  /** Made by a newer app. */
  | { readonly code: 'meeting/version-unsupported'; readonly version: bigint }
  /** A code to be linked by: it has five items, whatever its first says. */
  | { readonly code: 'meeting/for-linking' }

/** Why two devices cannot meet by their codes. */
export type MeetingFailure =
  | MeetingCodeFailure
  | SdpFailure
  /** The code came from this very device. */
  | { readonly code: 'meeting/own-code' }
  /** The browser has no WebRTC, or it is switched off. */
  | { readonly code: 'meeting/no-webrtc'; readonly reason: string }

const version = 1n

export function encodeMeetingCode({ transportKey, blob, inviteSecret }: MeetingCode): Uint8Array {
  const writer = cborWriter()
  writeArray(writer, 4)
  writeInt(writer, version)
  writeBytes(writer, hexToBytes(transportKey))
  writeBlob(writer, blob)
  if (inviteSecret) writeBytes(writer, inviteSecret)
  else writeNull(writer)
  return writtenBytes(writer)
}

/** Bytes to code, `meeting/malformed`, `meeting/for-linking` or `meeting/version-unsupported`. Never throws; what decodes encodes to the same bytes. */
export function decodeMeetingCode(bytes: Uint8Array): Result<MeetingCode, MeetingCodeFailure> {
  const cursor = cborCursor(bytes)
  if (bytes.length > maxMeetingCodeBytes) failAt(cursor, maxMeetingCodeBytes, `at most ${maxMeetingCodeBytes} bytes`)
  const count = readArray(cursor, 'a meeting code')
  if (!cursor.failure && count === 5) return fail({ code: 'meeting/for-linking' })
  const found = readInt(cursor, 'the version of the code')
  if (cursor.failure === undefined && found !== version)
    return fail({ code: 'meeting/version-unsupported', version: found })
  if (count !== 4) failAt(cursor, 0, 'a meeting code of four items')
  const transportKey = parsePublicKey(bytesToHex(readBytes(cursor, 'a transport key')))
  if (!transportKey.ok) failAt(cursor, cursor.at, 'a transport key of 32 bytes')
  const blob = readBlob(cursor)
  const inviteSecret = typeHere(cursor) === 'null' ? readNull(cursor) : readBytes(cursor, 'an invite secret').slice()
  if (inviteSecret && inviteSecret.length !== 16) failAt(cursor, cursor.at, 'an invite secret of 16 bytes')
  readEnd(cursor)
  if (cursor.failure || !transportKey.ok) return malformed(cursor.failure?.at ?? 0, cursor.failure?.expected ?? '')
  return ok({ transportKey: transportKey.value, blob, inviteSecret })
}

const malformed = (at: number, expected: string): Result<never, MalformedMeeting> =>
  fail({ code: 'meeting/malformed', at, expected })

/** For a QR code: only characters of its alphanumeric mode. */
export const meetingCodeToQrText = (code: MeetingCode): string => bytesToBase45(encodeMeetingCode(code))

/** For links and texts: only characters that survive in an address. */
export const meetingCodeToText = (code: MeetingCode): string => bytesToBase64Url(encodeMeetingCode(code))

/** A code from what was scanned or pasted (`bytesOfShown`). Fails as `decodeMeetingCode` does. */
export function parseMeetingCode(found: string): Result<MeetingCode, MeetingCodeFailure> {
  const bytes = bytesOfShown(found, maxMeetingCodeBytes)
  return bytes ? decodeMeetingCode(bytes) : malformed(0, 'a link, or the text of a code')
}
