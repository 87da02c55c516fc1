import { bytesToBase45 } from '../bytes/base45.ts'
import { bytesToBase64Url } from '../bytes/base64.ts'
import {
  type CborCursor,
  cborCursor,
  failAt,
  readArray,
  readBytes,
  readEnd,
  readInt,
  typeHere,
} from '../bytes/cbor-reader.ts'
import { cborWriter, writeArray, writeBytes, writeInt, writtenBytes } from '../bytes/cbor-writer.ts'
import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import type { PublicKey } from '../ids.ts'
import { maxLinkHints, maxLinkingCodeBytes } from '../limits.ts'
import { type ConnectionBlob, type MalformedMeeting, decodeBlob, encodeBlob } from '../meeting/blob.ts'
import { type NodeAddress, readNodeAddress, writeNodeAddress } from '../meeting/node-address.ts'
import { bytesOfShown } from '../meeting/shown-text.ts'
import { parsePublicKey } from '../parse-ids.ts'
import { type Result, fail, ok } from '../result.ts'
import { linkSecretBytes } from './link-proof.ts'

/**
 * What a device shows another of the same person, to be linked with it (identity.md §1.4): CBOR `[who, transport key, s, public key, way]`, as base45
 * in a QR code, as base64url in a link. It says whom to dial, whom to find there, and what proves that one saw the screen.
 */
export interface LinkingCode {
  /** Who shows it: the new device (1), or the known one (2) where only the new one has a camera. */
  readonly shownBy: 'new' | 'known'
  readonly transportKey: PublicKey
  /** 16 random bytes, for one ceremony. */
  readonly secret: Uint8Array
  /** The device key of whoever shows it: its Hello must name it. */
  readonly publicKey: PublicKey
  /** How to get there: nodes that both may reach, or a direct connection. */
  readonly way: readonly NodeAddress[] | ConnectionBlob
}

export type LinkingCodeFailure =
  | MalformedMeeting
  /** Made by a newer app. */
  | { readonly code: 'meeting/version-unsupported'; readonly version: bigint }
  /** A code to meet by: it has four items, whatever its first says. */
  | { readonly code: 'linking/for-meeting' }

const shower = ['new', 'known'] as const
const isHints = (way: LinkingCode['way']): way is readonly NodeAddress[] => Array.isArray(way)

export function encodeLinkingCode({ shownBy, transportKey, secret, publicKey, way }: LinkingCode): Uint8Array {
  const writer = cborWriter()
  writeArray(writer, 5)
  writeInt(writer, 1 + shower.indexOf(shownBy))
  writeBytes(writer, hexToBytes(transportKey))
  writeBytes(writer, secret)
  writeBytes(writer, hexToBytes(publicKey))
  if (isHints(way)) {
    writeArray(writer, way.length)
    for (const hint of way) writeNodeAddress(writer, hint)
  } else writeBytes(writer, encodeBlob(way))
  return writtenBytes(writer)
}

/** Bytes to code, `meeting/malformed`, `linking/for-meeting` or `meeting/version-unsupported`. Never throws; what decodes encodes to the same bytes. */
export function decodeLinkingCode(bytes: Uint8Array): Result<LinkingCode, LinkingCodeFailure> {
  const cursor = cborCursor(bytes)
  if (bytes.length > maxLinkingCodeBytes) failAt(cursor, maxLinkingCodeBytes, `at most ${maxLinkingCodeBytes} bytes`)
  const count = readArray(cursor, 'a linking code')
  if (!cursor.failure && count === 4) return fail({ code: 'linking/for-meeting' })
  const found = readInt(cursor, 'who shows the code')
  const shownBy = shower[Number(found) - 1]
  if (!cursor.failure && !shownBy) return fail({ code: 'meeting/version-unsupported', version: found })
  if (count !== 5) failAt(cursor, 0, 'a linking code of five items')
  const transportKey = readKey(cursor, 'a transport key')
  const secret = readBytes(cursor, 'a secret').slice()
  if (secret.length !== linkSecretBytes) failAt(cursor, cursor.at, `a secret of ${linkSecretBytes} bytes`)
  const publicKey = readKey(cursor, 'a device key')
  const way = readWay(cursor)
  readEnd(cursor)
  if (cursor.failure || !shownBy) return fail({ ...(cursor.failure ?? wholeCode), code: 'meeting/malformed' })
  return ok({ shownBy, transportKey, secret, publicKey, way })
}

const wholeCode = { at: 0, expected: 'a link, or the text of a code' }

function readKey(cursor: CborCursor, expected: string): PublicKey {
  const from = cursor.at
  const key = parsePublicKey(bytesToHex(readBytes(cursor, expected)))
  if (!key.ok) failAt(cursor, from, `${expected} of 32 bytes`)
  return key.ok ? key.value : ('' as PublicKey)
}

function readWay(cursor: CborCursor): LinkingCode['way'] {
  const from = cursor.at
  if (typeHere(cursor) === 'bytes') {
    const blob = decodeBlob(readBytes(cursor))
    if (blob.ok) return blob.value
    failAt(cursor, from, blob.error.expected)
    return []
  }
  const count = readArray(cursor, 'hints, or an offer')
  if (count > maxLinkHints) failAt(cursor, from, `at most ${maxLinkHints} hints`)
  const hints: NodeAddress[] = []
  while (hints.length < count && !cursor.failure) hints.push(readNodeAddress(cursor))
  return hints
}

/** For a QR code: only characters of its alphanumeric mode. */
export const linkingCodeToQrText = (code: LinkingCode): string => bytesToBase45(encodeLinkingCode(code))

/** For a link that is handed over by hand: only characters that survive in an address. */
export const linkingCodeToText = (code: LinkingCode): string => bytesToBase64Url(encodeLinkingCode(code))

/** A code from what was scanned or pasted (`bytesOfShown`). Fails as `decodeLinkingCode` does. */
export function parseLinkingCode(found: string): Result<LinkingCode, LinkingCodeFailure> {
  const bytes = bytesOfShown(found, maxLinkingCodeBytes)
  return bytes ? decodeLinkingCode(bytes) : fail({ ...wholeCode, code: 'meeting/malformed' })
}
