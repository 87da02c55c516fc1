import { concatBytes } from '../bytes/concat.ts'
import { hexToBytes } from '../bytes/hex.ts'
import { encodeVarU64, isU64 } from '../bytes/varu64.ts'
import { hashBytes, hashToBytes } from '../hash/yasmf.ts'
import type { EncodedEntry, Hash, LogId, PublicKey, SeqNum, Signature } from '../ids.ts'
import { type Result, fail, ok } from '../result.ts'
import type { Entry } from './entry.ts'
import { needsSkiplink } from './lipmaa.ts'

/** What an entry says, before anyone signed it: fields 1 to 8 of wire.md §2.2. */
export interface UnsignedEntry {
  readonly publicKey: PublicKey
  readonly logId: bigint
  readonly seqNum: bigint
  readonly isEndOfLog?: boolean | undefined
  readonly skiplink?: Hash | undefined
  readonly backlink?: Hash | undefined
  readonly payloadSize: bigint
  readonly payloadHash: Hash
}

export type LinksFailure = {
  /** A link is missing, is there where none may be, or repeats the other one. */
  readonly code: 'entry/links-invalid'
  readonly seqNum: bigint
  readonly expected: string
}

export type EncodeEntryFailure =
  | LinksFailure
  | { readonly code: 'entry/out-of-range'; readonly field: 'logId' | 'seqNum' | 'payloadSize' }

/** What is wrong with the links of an entry, if anything: they follow from the sequence number alone (wire.md §2.2, rule E3). */
export function linksFailure({ seqNum, skiplink, backlink }: UnsignedEntry): LinksFailure | undefined {
  const wrong = (expected: string): LinksFailure => ({ code: 'entry/links-invalid', seqNum, expected })
  if (seqNum === 1n) return backlink || skiplink ? wrong('no links in the first entry') : undefined
  if (!backlink) return wrong('a backlink')
  if (!needsSkiplink(seqNum)) return skiplink ? wrong('no skiplink, as it would be the backlink again') : undefined
  if (!skiplink) return wrong('a skiplink')
  return skiplink === backlink ? wrong('a skiplink other than the backlink') : undefined
}

/**
 * The bytes that get signed: an entry without its signature.
 * Does not look at the log: whether the links name what is there is `verifyLinks`.
 *
 * @returns the bytes, or `entry/out-of-range` (no u64, or sequence number 0), `entry/links-invalid` (rule E3)
 */
export function encodeUnsignedEntry(entry: UnsignedEntry): Result<Uint8Array, EncodeEntryFailure> {
  for (const field of ['logId', 'seqNum', 'payloadSize'] as const)
    if (!isU64(entry[field])) return fail({ code: 'entry/out-of-range', field })
  if (entry.seqNum === 0n) return fail({ code: 'entry/out-of-range', field: 'seqNum' })
  const links = linksFailure(entry)
  if (links) return fail(links)
  return ok(
    concatBytes(
      Uint8Array.of(entry.isEndOfLog ? 1 : 0),
      hexToBytes(entry.publicKey),
      encodeVarU64(entry.logId),
      encodeVarU64(entry.seqNum),
      ...(entry.skiplink ? [hashToBytes(entry.skiplink)] : []),
      ...(entry.backlink ? [hashToBytes(entry.backlink)] : []),
      encodeVarU64(entry.payloadSize),
      hashToBytes(entry.payloadHash),
    ),
  )
}

/**
 * An entry with its signature to bytes: what `decodeEntry` reads. Does not check the signature.
 *
 * @returns the bytes, or what `encodeUnsignedEntry` refuses
 */
export function encodeEntry(
  entry: UnsignedEntry & { readonly signature: Signature },
): Result<EncodedEntry, EncodeEntryFailure> {
  const unsigned = encodeUnsignedEntry(entry)
  return unsigned.ok ? ok(sealEntry(unsigned.value, entry.signature)) : unsigned
}

/** The signed bytes with their signature behind them: an entry as it travels. Checks neither. */
export const sealEntry = (unsigned: Uint8Array, signature: Signature): EncodedEntry =>
  concatBytes(unsigned, signature) as EncodedEntry

/**
 * What `decodeEntry` gives for these fields once they are signed, for whoever encoded them a moment ago: the bytes are not read again.
 * Does not check the signature.
 *
 * @param unsigned what `encodeUnsignedEntry` gave for the fields
 */
export function signedEntry(
  { publicKey, logId, seqNum, isEndOfLog = false, skiplink, backlink, payloadSize, payloadHash }: UnsignedEntry,
  unsigned: Uint8Array,
  signature: Signature,
): Entry {
  const bytes = sealEntry(unsigned, signature)
  return {
    publicKey,
    logId: logId as LogId,
    seqNum: seqNum as SeqNum,
    isEndOfLog,
    ...(skiplink && { skiplink }),
    ...(backlink && { backlink }),
    payloadSize,
    payloadHash,
    signature: bytes.subarray(unsigned.length) as Signature,
    hash: hashBytes(bytes),
    bytes,
  }
}
