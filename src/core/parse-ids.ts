import { isU64 } from './bytes/varu64.ts'
import { isHex } from './bytes/hex.ts'
import { type HashFailure, parseHash } from './hash/yasmf.ts'
import type { DocumentId, DocumentViewId, LogId, OperationId, PublicKey, SeqNum } from './ids.ts'
import { type Result, fail, ok } from './result.ts'

/** What can be wrong with an identifier that came as text. */
export type IdFailure =
  | HashFailure
  | { readonly code: 'public-key/malformed' }
  | { readonly code: 'view-id/malformed'; readonly expected: string }
  | { readonly code: 'number/malformed'; readonly expected: string }

/** Text to public key: 64 lowercase hex digits, or `public-key/malformed`. Whether it is a point of the curve is the signature's matter. */
export const parsePublicKey = (text: string): Result<PublicKey, IdFailure> =>
  isHex(text, 32) ? ok(text as PublicKey) : fail({ code: 'public-key/malformed' })

/** Text to operation id, or `hash/malformed`. */
export const parseOperationId = (text: string): Result<OperationId, HashFailure> =>
  parseHash(text) as Result<OperationId, HashFailure>

/** Text to document id, or `hash/malformed`. */
export const parseDocumentId = (text: string): Result<DocumentId, HashFailure> =>
  parseHash(text) as Result<DocumentId, HashFailure>

/** Operation ids joined by `_`, sorted, unique, at least one (DV2); or `hash/malformed`, `view-id/malformed`. */
export function parseDocumentViewId(text: string): Result<DocumentViewId, IdFailure> {
  let before = ''
  for (const part of text.split('_')) {
    const id = parseHash(part)
    if (!id.ok) return id
    if (id.value <= before) return fail({ code: 'view-id/malformed', expected: 'sorted ids, each once' })
    before = id.value
  }
  return ok(text as DocumentViewId)
}

const notU64: Result<never, IdFailure> = fail({ code: 'number/malformed', expected: 'a decimal number below 2^64' })

/** Decimal text, at most 20 digits and without leading zeros, to u64; or `number/malformed`. */
export function parseU64(text: string): Result<bigint, IdFailure> {
  if (!/^(?:0|[1-9]\d{0,19})$/.test(text)) return notU64
  const value = BigInt(text)
  return isU64(value) ? ok(value) : notU64
}

/** Decimal text to log id, or `number/malformed`. */
export const parseLogId = (text: string): Result<LogId, IdFailure> => parseU64(text) as Result<LogId, IdFailure>

/** Decimal text to sequence number (from 1), or `number/malformed`. */
export function parseSeqNum(text: string): Result<SeqNum, IdFailure> {
  const value = parseU64(text)
  if (value.ok && value.value === 0n) return fail({ code: 'number/malformed', expected: 'a sequence number from 1' })
  return value as Result<SeqNum, IdFailure>
}

/** A number as log id, or `number/malformed` when it is no u64. */
export const toLogId = (value: bigint): Result<LogId, IdFailure> => (isU64(value) ? ok(value as LogId) : notU64)

/** A number as sequence number, or `number/malformed` when it is 0 or no u64. */
export const toSeqNum = (value: bigint): Result<SeqNum, IdFailure> =>
  value > 0n && isU64(value) ? ok(value as SeqNum) : notU64

/** A u64 for keys of a database: 16 hex digits, so that the order of the text is the order of the numbers. For people and JSON: `String(value)`. */
export const formatU64 = (value: bigint): string => value.toString(16).padStart(16, '0')
