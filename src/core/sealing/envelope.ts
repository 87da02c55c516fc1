import { cborCursor, failAt, readArray, readBytes, readEnd, readInt } from '../bytes/cbor-reader.ts'
import type { CborCursor } from '../bytes/cbor-reader.ts'
import { cborWriter, writeArray, writeBytes, writeInt, writtenBytes } from '../bytes/cbor-writer.ts'
import { type Result, fail, ok } from '../result.ts'
import type { SealedFault } from './failure.ts'

/** Bytes of what names a key: it commits to it (secret-groups.md §4.1). */
export const kidBytes = 16
/** Bytes of a nonce, random. */
export const nonceBytes = 24

const longTermSecret = 1n
const itemCount = 5
const maxSuite = 255n

/** What a sealed operation carries (secret-groups.md §4.1): CBOR `[1, suite, kid, nonce, ct]`. */
export interface Envelope {
  readonly suite: number
  readonly kid: Uint8Array
  readonly nonce: Uint8Array
  /** Padded, and with its tag. */
  readonly ciphertext: Uint8Array
}

export function encodeEnvelope({ suite, kid, nonce, ciphertext }: Envelope): Uint8Array {
  const writer = cborWriter()
  writeArray(writer, itemCount)
  writeInt(writer, longTermSecret)
  writeInt(writer, suite)
  writeBytes(writer, kid)
  writeBytes(writer, nonce)
  writeBytes(writer, ciphertext)
  return writtenBytes(writer)
}

/** Bytes to envelope, with views of them, or `sealed/malformed`. Never throws. */
export function decodeEnvelope(bytes: Uint8Array): Result<Envelope, SealedFault> {
  const cursor = cborCursor(bytes)
  if (readArray(cursor, 'an envelope as array') !== itemCount) failAt(cursor, 0, `an array of ${itemCount} items`)
  if (readInt(cursor, 'a kind of envelope') !== longTermSecret)
    failAt(cursor, 1, 'an envelope under a long-term secret')
  const suite = readSuite(cursor)
  const kid = readExactly(cursor, kidBytes, 'the name of a key')
  const nonce = readExactly(cursor, nonceBytes, 'a nonce')
  const ciphertext = readBytes(cursor, 'a ciphertext')
  readEnd(cursor)
  return cursor.failure === undefined
    ? ok({ suite, kid, nonce, ciphertext })
    : fail({ ...cursor.failure, code: 'sealed/malformed' })
}

function readSuite(cursor: CborCursor): number {
  const { at } = cursor
  const suite = readInt(cursor, 'a suite')
  if (suite < 0n || suite > maxSuite) failAt(cursor, at, `a suite up to ${maxSuite}`)
  return Number(suite)
}

function readExactly(cursor: CborCursor, length: number, what: string): Uint8Array {
  const { at } = cursor
  const bytes = readBytes(cursor, what)
  if (bytes.length !== length) failAt(cursor, at, `${what} of ${length} bytes`)
  return bytes
}
