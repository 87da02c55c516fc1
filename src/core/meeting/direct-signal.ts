import type { Brand } from '../brand.ts'
import { cborCursor, failAt, readArray, readBytes, readEnd, readInt } from '../bytes/cbor-reader.ts'
import { cborWriter, writeArray, writeBytes, writeInt, writtenBytes } from '../bytes/cbor-writer.ts'
import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import { type Result, fail, ok } from '../result.ts'
import { type ConnectionBlob, type MalformedMeeting, readBlob, writeBlob } from './blob.ts'

/** Names one attempt of two devices to connect, 8 random bytes as hex. */
export type AttemptId = Brand<string, 'AttemptId'>

/**
 * What is in a sealed signal: CBOR `[1, kind, attempt 8 B, blob]`. The two sides of a connection do the same; an *offer* (0) asks for
 * the other's blob, an *answer* (1) brings it.
 */
export interface DirectSignal {
  readonly kind: 'offer' | 'answer'
  readonly id: AttemptId
  readonly blob: ConnectionBlob
}

const version = 1n
const kinds = ['offer', 'answer'] as const
const idBytes = 8

export const toAttemptId = (bytes: Uint8Array): AttemptId => bytesToHex(bytes, 0, idBytes) as AttemptId

export function encodeDirectSignal({ kind, id, blob }: DirectSignal): Uint8Array {
  const writer = cborWriter()
  writeArray(writer, 4)
  writeInt(writer, version)
  writeInt(writer, BigInt(kinds.indexOf(kind)))
  writeBytes(writer, hexToBytes(id))
  writeBlob(writer, blob)
  return writtenBytes(writer)
}

/** Bytes to signal, or `meeting/malformed`. Never throws; what decodes encodes to the same bytes. */
export function decodeDirectSignal(bytes: Uint8Array): Result<DirectSignal, MalformedMeeting> {
  const cursor = cborCursor(bytes)
  if (readArray(cursor, 'a signal of four items') !== 4) failAt(cursor, 0, 'a signal of four items')
  if (readInt(cursor, 'version 1') !== version) failAt(cursor, cursor.at, 'version 1')
  const kind = kinds[Number(readInt(cursor, 'the kind of the signal'))]
  const id = readBytes(cursor, 'the name of an attempt')
  if (!kind || id.length !== idBytes) failAt(cursor, cursor.at, 'an offer or an answer, and 8 bytes')
  const blob = readBlob(cursor)
  readEnd(cursor)
  const { at, expected } = cursor.failure ?? { at: 0, expected: '' }
  if (cursor.failure || !kind) return fail({ code: 'meeting/malformed', at, expected })
  return ok({ kind, id: toAttemptId(id), blob })
}
