import { bytesToHex } from '../bytes/hex.ts'
import { type VarU64Failure, decodeVarU64 } from '../bytes/varu64.ts'
import { hashBytes, hashLength, readHash } from '../hash/yasmf.ts'
import type { EncodedEntry, Hash, LogId, PublicKey, SeqNum, Signature } from '../ids.ts'
import { maxEntryBytes } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'
import { type LinksFailure, type UnsignedEntry, linksFailure } from './encode.ts'
import type { Entry } from './entry.ts'
import { needsSkiplink } from './lipmaa.ts'

/**
 * Bytes to entry, strict: what decodes, encodes to the same bytes again.
 *
 *     bytes --decodeEntry--> Entry --verifyEntry--> signed --verifyLinks--> VerifiedEntry      the entry's ladder
 *                                    operation bytes --verifyPayload--> belongs to the entry
 *
 *     | tag | public key | log id | seq num | skiplink? | backlink? | payload size | payload hash | signature |
 *        1       32         1..9     1..9        34          34           1..9            34           64
 */
export type DecodeEntryFailure =
  /** Byte `at` is not what the format asks for there. */
  { readonly code: 'entry/malformed'; readonly at: number; readonly expected: string } | LinksFailure

export const signatureLength = 64
const keyLength = 32

const malformed = (at: number, expected: string): Result<never, DecodeEntryFailure> =>
  fail({ code: 'entry/malformed', at, expected })

const notANumber = (field: string, { code, at }: VarU64Failure): Result<never, DecodeEntryFailure> =>
  malformed(at, code === 'varu64/cut-off' ? `the ${field}` : `the ${field} in its shortest form`)

/** The fields as they were read. Not yet anyone's, so still written to: every import passes here, and copying would cost as much as reading. */
type SignedFields = Writable<Omit<Entry, 'signature' | 'hash' | 'bytes'>>
type Writable<T> = { -readonly [Field in keyof T]: T[Field] }

/** Fields 1 to 8, and where they end. */
function readSignedFields(
  bytes: Uint8Array,
): Result<{ readonly fields: SignedFields; readonly next: number }, DecodeEntryFailure> {
  if (bytes.length > maxEntryBytes) return malformed(maxEntryBytes, 'the end of the entry')
  const tag = bytes[0]
  if (tag !== 0 && tag !== 1) return malformed(0, 'tag 0 or 1')
  let at = 1
  if (bytes.length < at + keyLength) return malformed(at, 'a public key of 32 bytes')
  const publicKey = bytesToHex(bytes, at, at + keyLength) as PublicKey
  at += keyLength

  const logId = decodeVarU64(bytes, at)
  if (!logId.ok) return notANumber('log id', logId.error)
  const seqNum = decodeVarU64(bytes, logId.value.next)
  if (!seqNum.ok) return notANumber('sequence number', seqNum.error)
  if (seqNum.value.value === 0n) return malformed(logId.value.next, 'a sequence number from 1')
  at = seqNum.value.next

  let skiplink: Hash | undefined
  if (needsSkiplink(seqNum.value.value)) {
    const link = readHash(bytes, at)
    if (!link.ok) return malformed(at, 'a skiplink: 00 20 and 32 bytes')
    skiplink = link.value
    at += hashLength
  }
  let backlink: Hash | undefined
  if (seqNum.value.value > 1n) {
    const link = readHash(bytes, at)
    if (!link.ok) return malformed(at, 'a backlink: 00 20 and 32 bytes')
    backlink = link.value
    at += hashLength
  }

  const payloadSize = decodeVarU64(bytes, at)
  if (!payloadSize.ok) return notANumber('payload size', payloadSize.error)
  at = payloadSize.value.next
  const payloadHash = readHash(bytes, at)
  if (!payloadHash.ok) return malformed(at, 'a payload hash: 00 20 and 32 bytes')

  const fields: SignedFields = {
    publicKey,
    logId: logId.value.value as LogId,
    seqNum: seqNum.value.value as SeqNum,
    isEndOfLog: tag === 1,
    payloadSize: payloadSize.value.value,
    payloadHash: payloadHash.value,
  }
  if (skiplink) fields.skiplink = skiplink
  if (backlink) fields.backlink = backlink
  const wrongLinks = linksFailure(fields)
  return wrongLinks ? fail(wrongLinks) : ok({ fields, next: at + hashLength })
}

/**
 * Bytes to entry: well-formed, with the links its sequence number asks for, nothing behind the signature.
 * Does not check the signature (`verifyEntry`), the log (`verifyLinks`) or the payload (`verifyPayload`). Keeps a copy of the bytes, not the bytes.
 *
 * @param bytes at most 226 (wire.md §2.2)
 * @returns the entry, or `entry/malformed` (rule E2), `entry/links-invalid` (rule E3). Never throws.
 */
export function decodeEntry(bytes: Uint8Array): Result<Entry, DecodeEntryFailure> {
  const signed = readSignedFields(bytes)
  if (!signed.ok) return signed
  const { fields, next } = signed.value
  if (bytes.length < next + signatureLength) return malformed(next, 'a signature of 64 bytes')
  if (bytes.length > next + signatureLength) return malformed(next + signatureLength, 'the end of the entry')
  const kept = bytes.slice() as EncodedEntry
  const signature = kept.subarray(next) as Signature
  return ok(Object.assign(fields, { signature, hash: hashBytes(kept), bytes: kept }))
}

/**
 * The signed part of an entry, read back: for a signer that wants to know what it signs.
 * As strict as `decodeEntry`, same failures; nothing may stand behind the payload hash.
 */
export function decodeUnsignedEntry(bytes: Uint8Array): Result<UnsignedEntry, DecodeEntryFailure> {
  const signed = readSignedFields(bytes)
  if (!signed.ok) return signed
  if (bytes.length > signed.value.next) return malformed(signed.value.next, 'the end of the unsigned entry')
  return ok(signed.value.fields)
}
