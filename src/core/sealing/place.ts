import {
  cborWriter,
  writeArray,
  writeBytes,
  writeInt,
  writeNull,
  writeText,
  writtenBytes,
} from '../bytes/cbor-writer.ts'
import { hexToBytes } from '../bytes/hex.ts'
import { hashToBytes } from '../hash/yasmf.ts'
import type { DocumentId, OperationId, PublicKey } from '../ids.ts'
import { actions } from '../operation/encode.ts'

/**
 * Where something is sealed for: its ciphertext opens nowhere else. No position in a log is part of it, so it can be sealed before the log is locked,
 * and stays good when the entry is signed anew.
 */
export interface SealingPlace {
  /** The document id of the `secret_group_v1`. */
  readonly group: DocumentId
  readonly publicKey: PublicKey
  readonly action: 'create' | 'update'
  /** Of an UPDATE. */
  readonly previous?: readonly OperationId[]
}

/** The place as associated data (secret-groups.md §4.1): CBOR `["takibi-e1", group, kid, public key, action, previous | null]`. */
export function encodePlace({ group, publicKey, action, previous }: SealingPlace, kid: Uint8Array): Uint8Array {
  const writer = cborWriter()
  writeArray(writer, 6)
  writeText(writer, 'takibi-e1')
  writeBytes(writer, hashToBytes(group))
  writeBytes(writer, kid)
  writeBytes(writer, hexToBytes(publicKey))
  writeInt(writer, actions.indexOf(action))
  if (previous === undefined) writeNull(writer)
  else {
    writeArray(writer, previous.length)
    for (const id of previous) writeBytes(writer, hashToBytes(id))
  }
  return writtenBytes(writer)
}
