import { type CborCursor, failAt, readArray, readBytes, readText } from '../bytes/cbor-reader.ts'
import { type CborWriter, writeArray, writeBytes, writeText } from '../bytes/cbor-writer.ts'
import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import type { PublicKey } from '../ids.ts'
import { maxAddressCharacters } from '../limits.ts'
import { parsePublicKey } from '../parse-ids.ts'

/** Where a node listens, and the key it has to prove there. */
export interface NodeAddress {
  /** `wss://host[:port][/path]`, or `ws://…` where there is no certificate. */
  readonly address: string
  readonly transportKey: PublicKey
}

/** Why a link cannot be used. Both come from people and from strangers alike. */
export type LinkFailure =
  /** `at`: the byte behind the `#/…/`, after base64url. */
  | { readonly code: 'link/malformed'; readonly at: number; readonly expected: string }
  /** It ends in the middle: the rest was not copied. */
  | { readonly code: 'link/cut' }
  /** Made by a newer app. */
  | { readonly code: 'link/version-unsupported'; readonly version: string }

/** A host, a port, a path: nothing that could hide where it leads, such as `wss://known.example@other.example`. */
const dialled =
  /^wss?:\/\/(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[1-9]\d{0,4})?(?:\/[\w.~/-]*)?$/i

/** Whether this is an address of a WebSocket as people may hand on. */
export const isNodeAddress = (text: string): boolean => text.length <= maxAddressCharacters && dialled.test(text)

export function writeNodeAddress(writer: CborWriter, { address, transportKey }: NodeAddress): void {
  writeArray(writer, 2)
  writeText(writer, address)
  writeBytes(writer, hexToBytes(transportKey))
}

/** Reads what `writeNodeAddress` wrote; the cursor notes what is wrong. */
export function readNodeAddress(cursor: CborCursor): NodeAddress {
  const start = cursor.at
  if (readArray(cursor, 'an address and a key') !== 2) failAt(cursor, start, 'an address and a key')
  const from = cursor.at
  const address = readText(cursor, 'an address')
  if (!isNodeAddress(address)) failAt(cursor, from, 'an address that begins with wss:// or ws://')
  const key = parsePublicKey(bytesToHex(readBytes(cursor, 'a transport key')))
  if (!key.ok) failAt(cursor, from, 'a transport key of 32 bytes')
  return { address, transportKey: key.ok ? key.value : ('' as PublicKey) }
}
