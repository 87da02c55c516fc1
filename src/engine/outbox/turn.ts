import { decodeEntry } from '../../core/entry/decode.ts'
import type { Hash, SchemaId } from '../../core/ids.ts'
import type { Change, Clock, Store } from '../../ports/index.ts'
import { type FieldAnswer, type Judged, type LogGoesOn, meaningOf, nextArgsBody, publishBody } from './client.ts'
import { putRefused } from './notes.ts'
import { type OutboxRow, nextBatch, readRows } from './plan.ts'

/** What publishing to one node needs. */
export interface Turn {
  readonly store: Store
  readonly clock: Clock
  readonly target: string
  readonly onProgress: () => void
  readonly ask: (body: string, fields: number) => Promise<Judged>
  readonly signal: AbortSignal
}

export interface TurnEnd {
  /** Something left the outbox, or came into it in the place of what was missing over there. */
  readonly hasSent: boolean
  /** The node's words about what waits for something it does not have. */
  readonly waits?: string
  /** The node cannot go on now. */
  readonly later?: { readonly said: string; readonly retryAfterMs?: number }
}

/** Requests in a row that nothing came of: then the node is left alone for a while. */
const maxFruitless = 12

interface Draft {
  readonly open: Map<Hash, OutboxRow>
  readonly logs: Set<string>
  readonly schemas: Set<SchemaId>
  limit: number
  fruitless: number
  hasSent: boolean
  waits?: string
  later?: { readonly said: string; readonly retryAfterMs?: number }
}

type Refusal = { readonly row: OutboxRow; readonly said: string }

/** Publishes rows until none is left that can go on now: one of a log at a time, many logs at once. */
export async function publishTurn(turn: Turn, rows: readonly OutboxRow[]): Promise<TurnEnd> {
  const draft: Draft = {
    open: new Map(rows.map((row) => [row.id, row])),
    logs: new Set(),
    schemas: new Set(),
    limit: Infinity,
    fruitless: 0,
    hasSent: false,
  }
  while (!draft.later && draft.fruitless < maxFruitless) {
    const batch = nextBatch(draft.open.values(), draft, draft.limit)
    if (batch.length === 0) break
    const isFruitful = await publishBatch(turn, draft, batch)
    draft.fruitless = isFruitful ? 0 : draft.fruitless + 1
    draft.hasSent ||= isFruitful
  }
  const { hasSent, waits, later } = draft
  return { hasSent, ...(waits !== undefined && { waits }), ...(later && { later }) }
}

const wait = (draft: Draft, { log }: OutboxRow, said: string): void => {
  draft.logs.add(log)
  draft.waits = said
}

/** One request and what follows from its answer. Resolves with whether anything got on. */
async function publishBatch(turn: Turn, draft: Draft, batch: readonly OutboxRow[]): Promise<boolean> {
  const found = await readRows(turn.store, batch)
  for (const row of batch) if (!found.some(({ id }) => id === row.id)) draft.open.delete(row.id)
  if (found.length === 0) return false
  const judged = await turn.ask(publishBody(found), found.length)
  if (judged.is === 'later') {
    draft.later = judged
    return false
  }
  if (judged.is === 'too-much') {
    if (found.length > 1) draft.limit = Math.ceil(found.length / 2)
    else if (found[0]) wait(draft, found[0], judged.said)
    return false
  }
  return takeAnswers(turn, draft, found, judged.fields)
}

async function takeAnswers(
  turn: Turn,
  draft: Draft,
  rows: readonly OutboxRow[],
  fields: readonly FieldAnswer[],
): Promise<boolean> {
  const delivered: OutboxRow[] = []
  const refused: Refusal[] = []
  const doubtful: Refusal[] = []
  const firstRefused = fields.findIndex(({ is }) => is === 'refused')
  for (const [at, row] of rows.entries()) {
    const answer = fields[at]
    if (answer?.is === 'answered' && answer.next.backlink === row.id) delivered.push(row)
    else if (answer?.is === 'refused') {
      const meaning = meaningOf(answer.said)
      if (meaning === 'taken') doubtful.push({ row, said: answer.said })
      else if (meaning === 'deleted' || meaning === 'refused') refused.push({ row, said: answer.said })
      else wait(draft, row, answer.said)
      if (meaning === 'schema-unknown') draft.schemas.add(row.schemaId)
    }
    // An error takes the answers to all before it along, though they were executed; what comes after it was not.
    else if (at < firstRefused) doubtful.push({ row, said: '' })
    else if (firstRefused < 0) draft.later = { said: 'It did not answer as a p2panda node does' }
  }
  const asked =
    doubtful.length > 0 ? await askAgain(turn, draft, doubtful) : { delivered: [], refused: [], missing: [] }
  delivered.push(...asked.delivered)
  refused.push(...asked.refused)
  await settle(turn, draft, delivered, refused, asked.missing)
  return delivered.length + refused.length + asked.missing.length > 0
}

/** Writes what came of a request in one commit. */
async function settle(
  { store, clock, target, onProgress }: Turn,
  draft: Draft,
  delivered: readonly OutboxRow[],
  refused: readonly Refusal[],
  missing: readonly Hash[],
): Promise<void> {
  const at = Math.trunc(clock.now())
  const changes: Change[] = refused.map(({ row, said }) => putRefused(target, { id: row.id, said, at }))
  if (delivered.length > 0) changes.push({ delete: 'outbox', target, ids: delivered.map(({ id }) => id) })
  if (missing.length > 0) changes.push({ put: 'outbox', target, ids: missing })
  if (changes.length === 0) return
  await store.commit(changes, [])
  for (const { id } of delivered) draft.open.delete(id)
  // What stands behind it in its log would not fit.
  for (const { row } of refused) draft.logs.add(row.log)
  onProgress()
}

interface AskedAgain {
  readonly delivered: readonly OutboxRow[]
  readonly refused: readonly Refusal[]
  /** Entries the node lacks below one that waits: they were taken for delivered, or it lost them. */
  readonly missing: readonly Hash[]
}

/** Asks where the logs go on of entries whose place is taken, or of which the node said nothing. */
async function askAgain(turn: Turn, draft: Draft, doubtful: readonly Refusal[]): Promise<AskedAgain> {
  const judged = await turn.ask(nextArgsBody(doubtful.map(({ row }) => row)), doubtful.length)
  const delivered: OutboxRow[] = []
  const refused: Refusal[] = []
  const missing: Hash[] = []
  if (judged.is === 'later') draft.later = judged
  const miss = async (row: OutboxRow, from: bigint, said: string): Promise<void> => {
    const below = await entriesBelow(turn.store, row, from)
    missing.push(...below)
    if (below.length > 0) draft.logs.add(row.log)
    else wait(draft, row, said)
  }
  for (const [at, { row, said }] of doubtful.entries()) {
    const answer = judged.is === 'answer' ? judged.fields[at] : undefined
    // Nothing certain: of those that were not refused themselves the next request tells.
    if (!answer || answer.is === 'unsaid') {
      if (said !== '') wait(draft, row, said)
      continue
    }
    if (answer.is === 'refused') {
      if (said === '') continue
      const meaning = meaningOf(answer.said)
      // Its place is taken and its document gone: nothing of it is wanted any more.
      if (meaning === 'deleted') delivered.push(row)
      else if (row.entry.seqNum > 1n && meaning === 'waits') {
        await miss(row, 1n, said)
      } else refused.push({ row, said })
      continue
    }
    switch (placeOf(row, answer.next)) {
      case 'there':
        delivered.push(row)
        break
      case 'other':
        refused.push({ row, said: said === '' ? 'Another entry is at its place' : said })
        break
      case 'next':
        if (said !== '') wait(draft, row, said)
        break
      case 'above':
        await miss(row, answer.next.seqNum, said)
    }
  }
  return { delivered, refused, missing }
}

/** How an entry stands to where its log goes on over there. */
function placeOf({ id, entry }: OutboxRow, { seqNum, backlink }: LogGoesOn): 'there' | 'other' | 'next' | 'above' {
  if (seqNum === entry.seqNum) return 'next'
  if (seqNum < entry.seqNum) return 'above'
  return seqNum === entry.seqNum + 1n && backlink !== id ? 'other' : 'there'
}

/** The entries of its log from a sequence number up to it, without it. */
async function entriesBelow(store: Store, { documentId, entry }: OutboxRow, from: bigint): Promise<readonly Hash[]> {
  const document = await store.document(documentId)
  return (document?.items ?? []).flatMap((item) => {
    const other = decodeEntry(item.entry)
    if (!other.ok) return []
    const { publicKey, logId, seqNum, hash } = other.value
    const isBelow = item.operation !== null && seqNum >= from && seqNum < entry.seqNum
    return publicKey === entry.publicKey && logId === entry.logId && isBelow ? [hash] : []
  })
}
