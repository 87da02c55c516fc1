/**
 * A message of Negentropy V1: `61`, then ranges that follow each other in the order of items, each from where the one before ends.
 *
 *     bound | 0                            skip: nothing to say of this range
 *     bound | 1 | fingerprint 16           what the items here add up to
 *     bound | 2 | count | ids 32 each      the items here
 *     bound = varint(timestamp + 1 less the timestamp before; 0 for infinity) | varint(length) | beginning of an id
 */
import { bytesToHex, hexToBytes } from '../../core/bytes/hex.ts'
import { joinBytes } from '../../core/bytes/concat.ts'
import { maxU64 } from '../../core/bytes/varu64.ts'
import type { Hash } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Fingerprint } from '../messages.ts'
import { type Bound, compareBounds } from './item-set.ts'
import { decodeVarInt, encodeVarInt } from './varint.ts'

export type Range =
  | { readonly mode: 'skip'; readonly upper: Bound }
  | { readonly mode: 'fingerprint'; readonly upper: Bound; readonly fingerprint: Fingerprint }
  | { readonly mode: 'ids'; readonly upper: Bound; readonly ids: readonly Hash[] }

export type NegentropyFailure =
  /** Byte `at` of a message is not what the protocol has there. */
  | { readonly code: 'negentropy/malformed'; readonly at: number; readonly expected: string }
  /** Another version of the protocol, 0 to 15; ours is 1. */
  | { readonly code: 'negentropy/version-unsupported'; readonly version: number }
  /** More messages, or more items told twice, than honest sets can lead to. */
  | { readonly code: 'negentropy/endless' }

/** The first byte of every message: protocol version 1. */
export const versionByte = 0x61
const infinity = maxU64
const idBytes = 32
const fingerprintBytes = 16
const prefix = '0020'

export const start: Bound = { timestamp: 0n, id: prefix }
export const end: Bound = { timestamp: infinity, id: prefix }

/** One range. `before` is the timestamp of the bound that was written before it, 0 for the first. */
export function encodeRange(range: Range, before: bigint): Uint8Array {
  const { upper } = range
  const id = hexToBytes(upper.id).subarray(2)
  const timestamp = encodeVarInt(upper.timestamp === infinity ? 0n : upper.timestamp - before + 1n)
  const bound = [timestamp, encodeVarInt(BigInt(id.length)), id]
  switch (range.mode) {
    case 'skip':
      return joinBytes([...bound, Uint8Array.of(0)])
    case 'fingerprint':
      return joinBytes([...bound, Uint8Array.of(1), hexToBytes(range.fingerprint)])
    case 'ids':
      return joinBytes([
        ...bound,
        Uint8Array.of(2),
        encodeVarInt(BigInt(range.ids.length)),
        ...range.ids.map((each) => hexToBytes(each).subarray(2)),
      ])
  }
}

/** Where reading stands. */
interface Cursor {
  readonly bytes: Uint8Array
  at: number
  failure: NegentropyFailure | undefined
}

function failAt(cursor: Cursor, expected: string): void {
  cursor.failure ??= { code: 'negentropy/malformed', at: cursor.at, expected }
}

function readNumber(cursor: Cursor, expected: string): bigint {
  const number = decodeVarInt(cursor.bytes, cursor.at)
  if (!number) failAt(cursor, expected)
  else cursor.at = number.next
  return number?.value ?? 0n
}

function readHex(cursor: Cursor, length: number, expected: string): string {
  const from = cursor.at
  if (from + length > cursor.bytes.length) {
    failAt(cursor, expected)
    return ''
  }
  cursor.at = from + length
  return bytesToHex(cursor.bytes, from, cursor.at)
}

/** The bound that follows `before`. What was infinite stays so, and nothing goes back. */
function readBound(cursor: Cursor, before: Bound): Bound {
  const from = cursor.at
  const step = readNumber(cursor, 'a timestamp')
  const timestamp = step === 0n ? infinity : before.timestamp + step - 1n
  const isOver = step !== 0n && timestamp >= infinity
  const length = readNumber(cursor, 'the length of an id')
  if (length > idBytes) failAt(cursor, `at most ${idBytes} bytes of an id`)
  const id = cursor.failure ? '' : readHex(cursor, Number(length), 'the beginning of an id')
  const bound = { timestamp, id: prefix + id }
  if (isOver || compareBounds(bound, before) < 0) {
    cursor.at = from
    failAt(cursor, 'a bound that is not before the last one')
  }
  return bound
}

function readRange(cursor: Cursor, before: Bound): Range {
  const upper = readBound(cursor, before)
  const mode = cursor.failure ? 0n : readNumber(cursor, 'a mode')
  if (mode === 1n) {
    const fingerprint = readHex(cursor, fingerprintBytes, 'a fingerprint of 16 bytes') as Fingerprint
    return { mode: 'fingerprint', upper, fingerprint }
  }
  if (mode === 2n) {
    const count = readNumber(cursor, 'a count of ids')
    if (count * BigInt(idBytes) > cursor.bytes.length - cursor.at) failAt(cursor, 'all ids that were announced')
    const ids: Hash[] = []
    while (!cursor.failure && ids.length < count) ids.push((prefix + readHex(cursor, idBytes, 'an id')) as Hash)
    return { mode: 'ids', upper, ids }
  }
  if (mode !== 0n) failAt(cursor, 'mode 0, 1 or 2')
  return { mode: 'skip', upper }
}

/**
 * The ranges of a message, strict: what decodes encodes to the same bytes. Never throws; work and memory are bounded by the bytes.
 *
 * @returns the ranges, or `negentropy/malformed`, `negentropy/version-unsupported`
 */
export function decodeRanges(bytes: Uint8Array): Result<readonly Range[], NegentropyFailure> {
  const version = bytes[0]
  if (version === undefined || version < 0x60 || version > 0x6f)
    return fail({ code: 'negentropy/malformed', at: 0, expected: 'a version from 60 to 6f' })
  if (version !== versionByte) return fail({ code: 'negentropy/version-unsupported', version: version - 0x60 })
  const cursor: Cursor = { bytes, at: 1, failure: undefined }
  const ranges: Range[] = []
  let before = start
  while (cursor.at < bytes.length && !cursor.failure) {
    const range = readRange(cursor, before)
    ranges.push(range)
    before = range.upper
  }
  return cursor.failure ? fail(cursor.failure) : ok(ranges)
}
