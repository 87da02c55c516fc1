import type { Brand } from '../brand.ts'
import { hashBytes } from '../hash/yasmf.ts'
import type { Hash, LogId, PublicKey, SeqNum } from '../ids.ts'
import { maxOperationBytes } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'
import { signatureLength } from './decode.ts'
import type { Entry } from './entry.ts'
import { lipmaa, needsSkiplink } from './lipmaa.ts'
import { verifySignature } from './signature.ts'

/** An entry whose links were checked against its log. Only `verifyLinks` makes one. */
export type VerifiedEntry = Brand<Entry, 'VerifiedEntry'>

export type SignatureFailure = { readonly code: 'entry/signature-invalid'; readonly publicKey: PublicKey }

export type PayloadFailure =
  | { readonly code: 'payload/too-large'; readonly bytes: number; readonly limit: number }
  | { readonly code: 'payload/hash-mismatch'; readonly expected: Hash; readonly found: Hash }
  | { readonly code: 'payload/size-mismatch'; readonly expected: bigint; readonly found: number }

/** What the entry names at a sequence number, and what its log holds there. */
interface LinkMismatch {
  readonly seqNum: bigint
  readonly expected: Hash
  readonly found: Hash
}

/** `seqNum` is the linked entry's. */
export type VerifyLinksFailure =
  | { readonly code: 'entry/backlink-missing'; readonly seqNum: bigint }
  | { readonly code: 'entry/skiplink-missing'; readonly seqNum: bigint }
  | ({ readonly code: 'entry/backlink-mismatch' } & LinkMismatch)
  | ({ readonly code: 'entry/skiplink-mismatch' } & LinkMismatch)
  /** The log ended at `seqNum`. */
  | { readonly code: 'entry/log-ended'; readonly seqNum: bigint }

/** An entry that others link to, as far as links ask: an `Entry`, or the stored head of a log. */
export interface LinkTarget {
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly seqNum: SeqNum
  readonly hash: Hash
  /** As an entry says it… */
  readonly isEndOfLog?: boolean
  /** … and as a stored head does. */
  readonly isEnded?: boolean
}

/** The bytes the signature is over: everything before it. A view into `entry.bytes`, not a copy. */
export const signedPart = (entry: Entry): Uint8Array => entry.bytes.subarray(0, entry.bytes.length - signatureLength)

/** The entry again if its own key signed it, else `entry/signature-invalid` (rule E5). Synchronous; for many entries ask the Verifier port. */
export const verifyEntry = (entry: Entry): Result<Entry, SignatureFailure> =>
  verifySignature(entry.publicKey, signedPart(entry), entry.signature)
    ? ok(entry)
    : fail({ code: 'entry/signature-invalid', publicKey: entry.publicKey })

/**
 * Whether these bytes are the operation that the entry carries: hash, then size (wire.md §2.4, stage B; rule E6).
 * An entry stays valid without its payload (wire.md §3.4): call this when there is one.
 */
export function verifyPayload(entry: Entry, operationBytes: Uint8Array): Result<void, PayloadFailure> {
  const bytes = operationBytes.length
  if (bytes > maxOperationBytes) return fail({ code: 'payload/too-large', bytes, limit: maxOperationBytes })
  const found = hashBytes(operationBytes)
  if (found !== entry.payloadHash) return fail({ code: 'payload/hash-mismatch', expected: entry.payloadHash, found })
  if (BigInt(bytes) !== entry.payloadSize)
    return fail({ code: 'payload/size-mismatch', expected: entry.payloadSize, found: bytes })
  return ok(undefined)
}

/** Whether `target` is the entry of this log that is numbered `seqNum`. */
const isAt = (target: LinkTarget, entry: Entry, seqNum: bigint): boolean =>
  target.publicKey === entry.publicKey && target.logId === entry.logId && target.seqNum === seqNum

/** One link against what is stored for it; `undefined` stored: nothing to say. */
function checkLink(
  entry: Entry,
  kind: 'backlink' | 'skiplink',
  target: LinkTarget | undefined,
): VerifyLinksFailure | undefined {
  const expected = entry[kind]
  const seqNum = kind === 'backlink' ? entry.seqNum - 1n : lipmaa(entry.seqNum)
  if (!expected || !target) return undefined
  if (!isAt(target, entry, seqNum) || target.hash !== expected)
    return { code: `entry/${kind}-mismatch`, seqNum, expected, found: target.hash }
  if (target.isEndOfLog || target.isEnded) return { code: 'entry/log-ended', seqNum }
  return undefined
}

/** What an entry links to, as far as it is stored. */
export interface LinkTargets {
  readonly backlink?: LinkTarget | undefined
  readonly skiplink?: LinkTarget | undefined
}

/**
 * What is wrong between an entry and those of its link targets that are stored, if anything: for logs of which only some entries are held
 * (wire.md §2.4, stage C). What is not held is not judged.
 */
export const linkFailure = (entry: Entry, { backlink, skiplink }: LinkTargets): VerifyLinksFailure | undefined =>
  checkLink(entry, 'skiplink', skiplink) ?? checkLink(entry, 'backlink', backlink)

/**
 * An entry in its log: every link it has names the entry given for it, and none of them ended the log.
 *
 * @returns the entry, fit to be stored; or `entry/skiplink-missing`, `entry/backlink-missing` (not given: come again when it is there),
 *   `entry/skiplink-mismatch`, `entry/backlink-mismatch`, `entry/log-ended` (rules E4, E7)
 */
export function verifyLinks(entry: Entry, targets: LinkTargets): Result<VerifiedEntry, VerifyLinksFailure> {
  const wrong = linkFailure(entry, targets)
  if (wrong) return fail(wrong)
  if (needsSkiplink(entry.seqNum) && !targets.skiplink)
    return fail({ code: 'entry/skiplink-missing', seqNum: lipmaa(entry.seqNum) })
  if (entry.seqNum > 1n && !targets.backlink) return fail({ code: 'entry/backlink-missing', seqNum: entry.seqNum - 1n })
  return ok(entry as VerifiedEntry)
}
