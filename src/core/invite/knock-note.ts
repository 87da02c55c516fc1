import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { cborCursor, failAt, readArray, readBytes, readEnd } from '../bytes/cbor-reader.ts'
import { cborWriter, writeArray, writeBytes, writeText, writtenBytes } from '../bytes/cbor-writer.ts'
import { concatBytes } from '../bytes/concat.ts'
import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import type { PublicKey } from '../ids.ts'
import { maxKnockNoteBytes } from '../limits.ts'
import { readLinkName, toLinkName } from '../meeting/link-name.ts'
import { parsePublicKey } from '../parse-ids.ts'

/** What a guest tells the keepers, and no node: a claim, as everything that a stranger says of itself. */
export interface KnockNote {
  readonly name: string
  /** Of the knocking device: where the keepers may find it. */
  readonly transportKey?: PublicKey
}

const nonceBytes = 24

/**
 * `nonce ‖ XChaCha20-Poly1305(seal, nonce)(CBOR [name] or [name, transport key])` (flows.md §1.2).
 * @param seal 32 bytes, of the invite @param nonce 24 bytes, random
 */
export function sealKnockNote(seal: Uint8Array, nonce: Uint8Array, note: KnockNote): Uint8Array {
  const writer = cborWriter()
  writeArray(writer, note.transportKey ? 2 : 1)
  writeText(writer, toLinkName(note.name))
  if (note.transportKey) writeBytes(writer, hexToBytes(note.transportKey))
  return concatBytes(nonce, xchacha20poly1305(seal, nonce).encrypt(writtenBytes(writer)))
}

/** What a note says, or `undefined` where this invite did not seal it, or what it sealed is no note. Never throws. */
export function openKnockNote(seal: Uint8Array, sealed: Uint8Array): KnockNote | undefined {
  if (sealed.length > maxKnockNoteBytes) return undefined
  const plain = opened(seal, sealed)
  return plain && readNote(plain)
}

function opened(seal: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  try {
    return xchacha20poly1305(seal, sealed.subarray(0, nonceBytes)).decrypt(sealed.subarray(nonceBytes))
  } catch {
    return undefined // noble's way to say that the tag is another, or that there is none
  }
}

function readNote(plain: Uint8Array): KnockNote | undefined {
  const cursor = cborCursor(plain)
  const items = readArray(cursor, 'a note')
  if (items !== 1 && items !== 2) failAt(cursor, 0, 'a note of one or two items')
  const name = readLinkName(cursor, 'a name')
  const key = items === 2 ? parsePublicKey(bytesToHex(readBytes(cursor, 'a transport key'))) : undefined
  readEnd(cursor)
  if (cursor.failure || key?.ok === false) return undefined
  return { name, ...(key && { transportKey: key.value }) }
}
