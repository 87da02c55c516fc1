import { bytesToHex } from '../../core/bytes/hex.ts'
import { maxSaidCharacters } from '../../core/limits.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import type { OutboxRow } from './plan.ts'

/** p2panda's client API as a client speaks it (wire.md §6): requests as text, answers judged. Pure. */

const selection = '{logId seqNum backlink}'

/** Several calls of one kind in one request, named `p0`, `p1`… */
const bodyOf = (kind: 'mutation' | 'query', calls: readonly string[]): string =>
  JSON.stringify({ query: `${kind}{${calls.map((call, at) => `p${at}:${call}${selection}`).join(' ')}}` })

/** The body that publishes these, in this order. Fields of a mutation are executed one after the other. */
export const publishBody = (
  entries: readonly { readonly encoded: Uint8Array; readonly operation: Uint8Array }[],
): string =>
  bodyOf(
    'mutation',
    entries.map(
      ({ encoded, operation }) => `publish(entry:"${bytesToHex(encoded)}",operation:"${bytesToHex(operation)}")`,
    ),
  )

/** The body that asks where the logs of these go on. */
export const nextArgsBody = (rows: readonly OutboxRow[]): string =>
  bodyOf(
    'query',
    rows.map(({ entry, documentId }) => `nextArgs(publicKey:"${entry.publicKey}",viewId:"${documentId}")`),
  )

/** Where a log goes on, as the node sees it. */
export interface LogGoesOn {
  readonly seqNum: bigint
  readonly backlink: string | undefined
}
/** What was said to one of the fields: an answer, an error, or nothing, where the error of another one cut the answer short. */
export type FieldAnswer =
  | { readonly is: 'answered'; readonly next: LogGoesOn }
  | { readonly is: 'refused'; readonly said: string }
  | { readonly is: 'unsaid' }

export type Judged =
  | { readonly is: 'answer'; readonly fields: readonly FieldAnswer[] }
  /** Not for what was asked: the node is not well, or no such node. */
  | { readonly is: 'later'; readonly said: string; readonly retryAfterMs?: number }
  /** Refused as a whole: less may be taken. */
  | { readonly is: 'too-much'; readonly said: string }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
/** A node's words are kept, and shown: not more of them than fit. */
const wordsOf = (error: unknown): string => {
  const message = isRecord(error) ? error['message'] : undefined
  return (typeof message === 'string' ? message : 'An error without words').slice(0, maxSaidCharacters)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const readNext = (value: unknown): FieldAnswer => {
  const seqNum = isRecord(value) ? value['seqNum'] : undefined
  if (!isRecord(value) || typeof seqNum !== 'string' || !/^[1-9]\d{0,19}$/.test(seqNum)) return { is: 'unsaid' }
  const { backlink } = value
  const next = { seqNum: BigInt(seqNum), backlink: typeof backlink === 'string' ? backlink : undefined }
  return { is: 'answered', next }
}

/** What an answer says about each of so many fields. */
export function judge({ status, text, retryAfterMs }: HttpAnswer, fields: number): Judged {
  const body = parse(text)
  const errors = isRecord(body) && Array.isArray(body['errors']) ? (body['errors'] as readonly unknown[]) : []
  const isTooMuch = status === 400 || status === 413 || status === 422
  if (status !== 200 && !isTooMuch)
    return { is: 'later', said: `HTTP ${status}`, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  const data = isRecord(body) && isRecord(body['data']) ? body['data'] : {}
  const said = new Map<string, string>()
  for (const error of errors) {
    const path = isRecord(error) && Array.isArray(error['path']) ? String(error['path'][0]) : undefined
    if (path !== undefined && !said.has(path)) said.set(path, wordsOf(error))
  }
  const answers = Array.from({ length: fields }, (_, at): FieldAnswer => {
    const words = said.get(`p${at}`)
    return words === undefined ? readNext(data[`p${at}`]) : { is: 'refused', said: words }
  })
  if (answers.some(({ is }) => is !== 'unsaid')) return { is: 'answer', fields: answers }
  if (errors.length > 0 || isTooMuch)
    return { is: 'too-much', said: errors.length > 0 ? wordsOf(errors[0]) : `HTTP ${status}` }
  return { is: 'later', said: 'It did not answer as a p2panda node does' }
}

/**
 * What a refusal means (sync.md §8). There are no codes, so words are matched: the names a Takibi node begins with, and the sentences of
 * p2panda-rs 0.8.
 */
export type Meaning = 'taken' | 'waits' | 'schema-unknown' | 'deleted' | 'refused'
const meanings: readonly (readonly [RegExp, Meaning])[] = [
  [/^SeqNumDoesNotMatch\b|does not match expected seq num/, 'taken'],
  [/^Schema not found/i, 'schema-unknown'],
  [/^(?:PreviousOperation|ExpectedSkiplink|ExpectedBacklink)NotFound\b/, 'waits'],
  [/(?:previous operation|skiplink|backlink)\b.*not found/i, 'waits'],
  [/^(?:DocumentDeleted|DeletedDocument)\b|^Document is deleted/, 'deleted'],
]
export const meaningOf = (said: string): Meaning => meanings.find(([words]) => words.test(said))?.[1] ?? 'refused'
