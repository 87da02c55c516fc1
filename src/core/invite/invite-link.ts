import { type CborCursor, failAt, readArray, readBytes, readInt, readText } from '../bytes/cbor-reader.ts'
import { type CborWriter, writeArray, writeBytes, writeInt, writeText } from '../bytes/cbor-writer.ts'
import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import { bytesToHash, hashToBytes } from '../hash/yasmf.ts'
import type { DocumentId, PublicKey } from '../ids.ts'
import { maxLinkHints } from '../limits.ts'
import { readLinkName, toLinkName } from '../meeting/link-name.ts'
import { readLink, writeLink } from '../meeting/link-text.ts'
import { type LinkFailure, isNodeAddress } from '../meeting/node-address.ts'
import { parsePublicKey } from '../parse-ids.ts'
import { type Result, fail } from '../result.ts'
import { inviteSecretBytes } from './invite-keys.ts'

/**
 * What a guest is handed: `…/#/join/1<base64url CBOR [secret, group id, group name, inviter's name, colour, members, expires_at, hints]>`
 * (flows.md §1.1). The part behind `#` never reaches whoever hosts the app. Whoever has the link may knock.
 */
export interface InviteLink {
  /** 16 random bytes, from which `inviteKeys` are derived. */
  readonly secret: Uint8Array
  /** The group's CREATE, which the guest must find there. */
  readonly group: DocumentId
  /** These four are claims of whoever made the link, until the group was read. */
  readonly name: string
  readonly inviter: string
  /** Of the group: a word, or `#` and hex digits. */
  readonly colour: string
  readonly members: number
  /** Seconds since the Unix epoch. */
  readonly expiresAt: number
  readonly hints: readonly InviteHint[]
}

/** Somebody who may let the guest write: a node or a device that listens at an address, or a device met at a relay. */
export interface InviteHint {
  readonly kind: 'node' | 'device' | 'meet'
  /** `wss://…` or `ws://…`; of a device that listens nowhere, empty. */
  readonly address: string
  readonly transportKey: PublicKey
}

export type InviteLinkFailure =
  | LinkFailure
  /** By the clock of this device. Seconds since the Unix epoch. */
  | { readonly code: 'link/expired'; readonly expiresAt: number }

const version = '1'
const kinds: readonly InviteHint['kind'][] = ['node', 'device', 'meet']
const colour = /^(?:[a-z]{1,16}|#[0-9a-f]{6})?$/

/** The part of a link behind `#/join/`, and the text of its QR code. Names lose what a link may not have; hints past the limit are left out. */
export const inviteLinkText = (link: InviteLink): string =>
  writeLink(version, (writer) => {
    writeArray(writer, 8)
    writeBytes(writer, link.secret)
    writeBytes(writer, hashToBytes(link.group))
    writeText(writer, toLinkName(link.name))
    writeText(writer, toLinkName(link.inviter))
    writeText(writer, link.colour)
    writeInt(writer, link.members)
    writeInt(writer, link.expiresAt)
    const told = link.hints.slice(0, maxLinkHints)
    writeArray(writer, told.length)
    for (const hint of told) writeHint(writer, hint)
  })

/**
 * What an invite says, or why it cannot be used. Never throws; what it accepts, `inviteLinkText` writes in the same way.
 * @param now seconds since the Unix epoch, by this device's clock
 */
export function parseInviteLink(text: string, now: number): Result<InviteLink, InviteLinkFailure> {
  const link = readLink(version, text, readInvite)
  if (!link.ok) return link
  const { expiresAt } = link.value
  return expiresAt > now ? link : fail({ code: 'link/expired', expiresAt })
}

function readInvite(cursor: CborCursor): InviteLink {
  if (readArray(cursor, 'an invite') !== 8) failAt(cursor, 0, 'an invite of eight items')
  const secret = readBytes(cursor, 'a secret').slice()
  if (secret.length !== inviteSecretBytes) failAt(cursor, cursor.at, `a secret of ${inviteSecretBytes} bytes`)
  const groupFrom = cursor.at
  const group = bytesToHash(readBytes(cursor, 'the id of a group'))
  if (!group.ok) failAt(cursor, groupFrom, 'the id of a group')
  const name = readLinkName(cursor, 'the name of a group')
  const inviter = readLinkName(cursor, 'the name of a person')
  const colourFrom = cursor.at
  const shade = readText(cursor, 'a colour')
  if (!colour.test(shade)) failAt(cursor, colourFrom, 'a colour')
  const members = readCount(cursor, 'how many members')
  const expiresAt = readCount(cursor, 'when it expires')
  const hintsFrom = cursor.at
  const count = readArray(cursor, 'hints')
  if (count > maxLinkHints) failAt(cursor, hintsFrom, `at most ${maxLinkHints} hints`)
  const hints: InviteHint[] = []
  while (hints.length < count && !cursor.failure) hints.push(readHint(cursor))
  const id = group.ok ? (group.value as DocumentId) : ('' as DocumentId)
  return { secret, group: id, name, inviter, colour: shade, members, expiresAt, hints }
}

function writeHint(writer: CborWriter, { kind, address, transportKey }: InviteHint): void {
  writeArray(writer, 3)
  writeText(writer, kind)
  writeText(writer, address)
  writeBytes(writer, hexToBytes(transportKey))
}

function readHint(cursor: CborCursor): InviteHint {
  const start = cursor.at
  if (readArray(cursor, 'a hint') !== 3) failAt(cursor, start, 'a hint of three items')
  const said = readText(cursor, 'the kind of a hint')
  const kind = kinds.find((one) => one === said)
  if (!kind) failAt(cursor, start, `a hint of the kinds ${kinds.join(', ')}`)
  const from = cursor.at
  const address = readText(cursor, 'an address')
  const mayBeEmpty = kind === 'device' && address === ''
  if (!mayBeEmpty && !isNodeAddress(address)) failAt(cursor, from, 'an address that begins with wss:// or ws://')
  const keyFrom = cursor.at
  const key = parsePublicKey(bytesToHex(readBytes(cursor, 'a transport key')))
  if (!key.ok) failAt(cursor, keyFrom, 'a transport key of 32 bytes')
  return { kind: kind ?? 'node', address, transportKey: key.ok ? key.value : ('' as PublicKey) }
}

/** A whole number that JavaScript holds exactly. */
function readCount(cursor: CborCursor, expected: string): number {
  const from = cursor.at
  const value = readInt(cursor, expected)
  if (value < 0n || value > Number.MAX_SAFE_INTEGER) failAt(cursor, from, expected)
  return Number(value)
}
