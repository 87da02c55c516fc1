import { type CborValue, decodeCbor, encodeCbor } from '../bytes/cbor.ts'
import { concatBytes } from '../bytes/concat.ts'
import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import { decodeVarU64, encodeVarU64, isU64 } from '../bytes/varu64.ts'
import { blake3 } from '../hash/blake3.ts'
import { bytesToHash, hashToBytes } from '../hash/yasmf.ts'
import type { LogId, OperationId, SeqNum } from '../ids.ts'
import { maxDigestLogs, maxLimitRows } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'
import type { Row } from './entry.ts'

/** Logs kept from their beginning, named by one digest of their heads (identity.md §2.1.4): some 3 bytes a log. */
export interface DigestRow {
  /** Ascending by log id. */
  readonly logs: readonly { readonly logId: LogId; readonly to: SeqNum }[]
  /** BLAKE3 of the hashes of the entries at these places, in that order: 32 bytes in hex. */
  readonly digest: string
}

/** The `ranges` of a limit document: long rows and digest rows, sorted by their (first) log id, none over another. */
export type RangeRow = Row | DigestRow

/** Bytes that are no ranges; `row` is counted from 0. */
export interface RangesFailure {
  readonly code: 'ranges/malformed'
  readonly row: number
  readonly expected: string
}

export const isDigestRow = (row: RangeRow): row is DigestRow => 'digest' in row

/** What a digest row says of its heads. */
export const digestOf = (heads: readonly OperationId[]): string =>
  bytesToHex(blake3(concatBytes(...heads.map(hashToBytes))))

/** Rows to the bytes of `ranges`. They must be in order, as `decodeRanges` wants them: that is the caller's duty. */
export const encodeRanges = (rows: readonly RangeRow[]): Uint8Array =>
  encodeCbor(rows.map((row) => (isDigestRow(row) ? encodeDigestRow(row) : encodeLongRow(row))))

const encodeLongRow = ({ logId, from, to, tip }: Row): CborValue => [
  logId,
  from,
  to,
  tip === undefined ? null : hashToBytes(tip),
]

function encodeDigestRow({ logs, digest }: DigestRow): CborValue {
  const steps = logs.map(({ logId }, i) => encodeVarU64(BigInt(logId) - BigInt(logs[i - 1]?.logId ?? 0n)))
  return [concatBytes(...steps), concatBytes(...logs.map(({ to }) => encodeVarU64(to))), hexToBytes(digest)]
}

/**
 * The bytes of `ranges` to its rows (identity.md §2.1.4): canonical CBOR, at most 1,024 rows, sorted, none over another. Whether a `keep` row has
 * the hash that it needs is the limit's question, not that of its rows. Never throws.
 *
 * @returns the rows, or `ranges/malformed`.
 */
export function decodeRanges(bytes: Uint8Array): Result<readonly RangeRow[], RangesFailure> {
  const decoded = decodeCbor(bytes)
  if (!decoded.ok || !Array.isArray(decoded.value)) return malformed(0, 'a CBOR array of rows')
  const values = decoded.value as readonly CborValue[]
  if (values.length > maxLimitRows) return malformed(maxLimitRows, `at most ${maxLimitRows} rows`)
  const rows: RangeRow[] = []
  const ends = new Map<LogId, SeqNum>()
  let before = -1n
  for (const [index, value] of values.entries()) {
    const row = readRow(value)
    if (typeof row === 'string') return malformed(index, row)
    const spans = isDigestRow(row) ? row.logs.map(({ logId, to }) => ({ logId, from: 1n, to })) : [row]
    const first = spans[0]?.logId ?? 0n
    if (first < before) return malformed(index, 'rows sorted by log id')
    before = first
    for (const { logId, from, to } of spans) {
      if (from <= (ends.get(logId) ?? 0n)) return malformed(index, 'rows that do not overlap')
      ends.set(logId, to)
    }
    rows.push(row)
  }
  return ok(rows)
}

const malformed = (row: number, expected: string): Result<never, RangesFailure> =>
  fail({ code: 'ranges/malformed', row, expected })

/** A row, or what was expected. */
function readRow(value: CborValue): RangeRow | string {
  if (!Array.isArray(value)) return 'an array of three or four items'
  const items = value as readonly CborValue[]
  if (items.length === 4) return readLongRow(items)
  return items.length === 3 ? readDigestRow(items) : 'an array of three or four items'
}

function readLongRow([logId, from, to, hash]: readonly CborValue[]): Row | string {
  if (typeof logId !== 'bigint' || typeof from !== 'bigint' || typeof to !== 'bigint') return 'numbers of a log'
  if (![logId, from, to].every(isU64) || from < 1n || from > to) return '1 ≤ from ≤ to'
  const place = { logId: logId as LogId, from: from as SeqNum, to: to as SeqNum }
  if (hash === null) return place
  const tip = hash instanceof Uint8Array ? bytesToHash(hash) : undefined
  return tip?.ok ? { ...place, tip: tip.value as OperationId } : 'a hash of 34 bytes, or null'
}

function readDigestRow([ids, seqs, digest]: readonly CborValue[]): DigestRow | string {
  if (!(ids instanceof Uint8Array) || !(seqs instanceof Uint8Array)) return 'log ids and sequence numbers as bytes'
  if (!(digest instanceof Uint8Array) || digest.length !== 32) return 'a digest of 32 bytes'
  const steps = readNumbers(ids)
  const ends = readNumbers(seqs)
  if (steps === undefined || ends === undefined || steps.length !== ends.length)
    return `1 to ${maxDigestLogs} log ids and as many sequence numbers as varu64`
  let logId = 0n
  const logs: { logId: LogId; to: SeqNum }[] = []
  for (const [i, step] of steps.entries()) {
    logId += step
    if ((i > 0 && step === 0n) || !isU64(logId)) return 'log ids that ascend'
    const to = ends[i] as bigint
    if (to < 1n) return 'sequence numbers from 1'
    logs.push({ logId: logId as LogId, to: to as SeqNum })
  }
  return { logs, digest: bytesToHex(digest) }
}

/** 1 to 64 varu64 that fill the bytes. */
function readNumbers(bytes: Uint8Array): readonly bigint[] | undefined {
  const numbers: bigint[] = []
  for (let at = 0; at < bytes.length;) {
    const number = decodeVarU64(bytes, at)
    if (!number.ok || numbers.length === maxDigestLogs) return undefined
    numbers.push(number.value.value)
    at = number.value.next
  }
  return numbers.length === 0 ? undefined : numbers
}
