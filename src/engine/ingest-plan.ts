import type { Entry, LogKey } from '../core/entry/entry.ts'
import type { DocumentId, Hash, OperationId, SchemaId } from '../core/ids.ts'
import type { Change, Expectation, Fork, Head, Mark, Pending } from '../ports/store.ts'
import type { Verdict } from './api.ts'
import { type Bench, type Snapshot, admit, awaitsLink, awaitsOperation, judge, openBench } from './ingest-judge.ts'
import type { SoundItem } from './ingest-prepare.ts'
import { mending } from './mend.ts'
import type { ReadDocument, StoredOperation } from './stored-document.ts'

/** What is to be written, what it takes for granted, and a verdict per item, in their order. */
export interface Plan {
  readonly verdicts: readonly Verdict[]
  readonly changes: readonly Change[]
  readonly expect: readonly Expectation[]
  /** Where each log is after each stored entry. */
  readonly heads: readonly { readonly head: Head; readonly schemaId: SchemaId | undefined }[]
  /** What gets stored, and so may have been waited for. */
  readonly stored: readonly SoundItem[]
  readonly pending: readonly Pending[]
  readonly documentIds: ReadonlySet<DocumentId>
  /** Documents that begin in this batch, whole. */
  readonly fresh: ReadonlyMap<DocumentId, ReadDocument>
}

type ItemChange = Extract<Change, { readonly put: 'item' | 'refill' }>

interface FreshDocument {
  readonly documentId: DocumentId
  readonly mark: Mark
  readonly operations: StoredOperation[]
}

/** A plan while it is made. */
interface Draft {
  readonly items: readonly SoundItem[]
  readonly bench: Bench
  readonly verdicts: Verdict[]
  readonly changes: Change[]
  readonly heads: { readonly head: Head; readonly schemaId: SchemaId | undefined }[]
  readonly stored: SoundItem[]
  readonly documentIds: Set<DocumentId>
  readonly fresh: Map<DocumentId, FreshDocument>
  /** Items that came too early, by what they wait for. */
  readonly early: Map<string, number[]>
  isMending: boolean
}

/**
 * Judges a batch against a snapshot of the store and against itself. Pure: reads nothing, writes nothing; whoever commits the plan and
 * hears `stale` throws it away and plans anew. Items may come in any order: one that waits for another of its batch is judged after it.
 *
 *     fit, filling: stored · early: kept until what it waits for is there · duplicate · forked: the proof is kept, the first stays · rejected
 */
export function planIngest(items: readonly SoundItem[], snapshot: Snapshot): Plan {
  const draft: Draft = {
    items,
    bench: openBench(snapshot),
    verdicts: [],
    changes: [],
    heads: [],
    stored: [],
    documentIds: new Set(),
    fresh: new Map(),
    early: new Map(),
    isMending: false,
  }
  for (const at of items.keys()) enter(draft, at)
  const pending = leaveWaiting(draft)
  const { verdicts, heads, stored, documentIds, fresh } = draft
  const mend = draft.isMending ? [mending(snapshot.mends)] : []
  return {
    verdicts,
    changes: [...draft.changes, ...mend.map(({ change }) => change)],
    expect: [...expectations(items, snapshot), ...mend.map(({ expect }) => expect)],
    heads,
    stored,
    pending,
    documentIds,
    fresh,
  }
}

/** Judges one item, then whatever of the batch waited for it; a stack, as a log may come in backwards. */
function enter(draft: Draft, index: number): void {
  const work = [index]
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    const item = draft.items[at]!
    const { entry, log } = item
    const judged = judge(draft.bench, item)
    switch (judged.is) {
      case 'fit':
        draft.verdicts[at] = store(draft, item, judged.documentId)
        for (const awaits of [awaitsLink(log, entry.seqNum), awaitsOperation(entry.hash)]) {
          for (const waiting of draft.early.get(awaits) ?? []) work.push(waiting)
          draft.early.delete(awaits)
        }
        break
      case 'early': {
        const waiting = draft.early.get(judged.awaits)
        if (waiting) waiting.push(at)
        else draft.early.set(judged.awaits, [at])
        break
      }
      case 'filling':
        draft.verdicts[at] = fill(draft, item, judged.documentId)
        break
      case 'duplicate':
        draft.verdicts[at] = { verdict: 'duplicate', id: entry.hash }
        break
      case 'forked': {
        const fork = forkOf(entry, judged.there)
        const { publicKey, logId, seqNum, a, b } = fork
        draft.bench.forked.add(entry.hash)
        const documentId = draft.bench.heads.get(item.log)?.documentId
        draft.changes.push({ put: 'fork', value: fork, ...(documentId ? { documentId } : {}) })
        // From a fork on nothing of a log counts in a group (R25).
        if (documentId) draft.documentIds.add(documentId)
        draft.verdicts[at] = { verdict: 'forked', publicKey, logId, seqNum, a: a.hash, b: b.hash }
        break
      }
      case 'rejected':
        draft.verdicts[at] = { verdict: 'rejected', failure: judged.failure, id: entry.hash }
    }
  }
}

function store(draft: Draft, item: SoundItem, documentId: DocumentId): Verdict {
  const { entry, payload, arrival } = item
  const { mark, origin, receivedAt } = arrival
  const id = entry.hash as OperationId
  const { bench } = draft
  const isLost = entry.seqNum <= (bench.lost.get(item.log)?.seqNum ?? 0n)
  const beginsAnew = documentId === id && bench.damaged.has(documentId)
  const head: Head = admit(bench, item, documentId)
  const stored = {
    documentId,
    operationId: id,
    item: { entry: entry.bytes, operation: payload && payload.bytes, receivedAt, origin },
    mark,
  }
  if (beginsAnew) draft.changes.push({ delete: 'document', documentId })
  draft.changes.push(isLost ? { put: 'refill', ...stored } : { put: 'item', head, ...stored })
  draft.isMending ||= isLost || beginsAnew
  if (documentId === id) draft.fresh.set(documentId, { documentId, mark, operations: [] })
  draft.fresh.get(documentId)?.operations.push({ id, entry, operation: payload && payload.operation, receivedAt })
  draft.stored.push(item)
  if (!isLost) draft.heads.push({ head, schemaId: payload?.operation.schemaId })
  draft.documentIds.add(documentId)
  return verdictOf(draft, item, documentId)
}

/** Gives an entry its operation: one that is stored already, or one of this batch that came without. */
function fill(draft: Draft, item: SoundItem, documentId: DocumentId): Verdict {
  const { entry, payload } = item
  const id = entry.hash as OperationId
  const { bytes: operation, operation: read } = payload!
  const isIts = (change: Change): change is ItemChange =>
    'put' in change && (change.put === 'item' || change.put === 'refill') && change.operationId === id
  const at = draft.changes.findIndex(isIts)
  const change = draft.changes[at] as ItemChange | undefined
  if (change) draft.changes[at] = { ...change, item: { ...change.item, operation } }
  else draft.changes.push({ put: 'operation', documentId, entry: entry.bytes, operation })
  const fresh = draft.fresh.get(documentId)?.operations ?? []
  for (const [place, one] of fresh.entries()) if (one.id === id) fresh[place] = { ...one, operation: read }
  draft.bench.bare.delete(id)
  draft.documentIds.add(documentId)
  return verdictOf(draft, item, documentId)
}

const verdictOf = ({ bench }: Draft, { entry, payload }: SoundItem, documentId: DocumentId): Verdict => {
  const isReadable = !payload || bench.known.schemas.get(payload.operation.schemaId) !== undefined
  const id = entry.hash
  return isReadable ? { verdict: 'stored', id, documentId } : { verdict: 'pending', id, reason: 'unknown-schema' }
}

/** The rows of those that still wait when the batch is through. An entry that waits twice is a duplicate. */
function leaveWaiting({ early, items, verdicts }: Draft): readonly Pending[] {
  const rows = new Map<Hash, Pending>()
  for (const [awaits, waiting] of early)
    for (const at of waiting) {
      const { entry, payload, arrival } = items[at]!
      const reason = awaits.startsWith('link:') ? 'missing-link' : 'missing-previous'
      verdicts[at] = rows.has(entry.hash)
        ? { verdict: 'duplicate', id: entry.hash }
        : { verdict: 'pending', id: entry.hash, reason }
      const item = { entry: entry.bytes, operation: payload && payload.bytes, ...arrival }
      if (payload || !rows.has(entry.hash)) rows.set(entry.hash, { id: entry.hash, awaits, item })
    }
  return [...rows.values()]
}

/** Every log that was looked at still has the head it was judged by. */
function expectations(items: readonly SoundItem[], snapshot: Snapshot): readonly Expectation[] {
  const logs = new Map<string, LogKey>(items.map(({ log, entry }) => [log, entry]))
  return [...logs].map(([log, { publicKey, logId }]) => ({
    head: { publicKey, logId },
    hash: snapshot.heads.get(log)?.hash,
  }))
}

/** The record of a fork: the same, whichever of the two came first. */
function forkOf(one: Entry, other: Entry): Fork {
  const [a, b] = one.hash < other.hash ? [one, other] : [other, one]
  const { publicKey, logId, seqNum } = one
  return { publicKey, logId, seqNum, a: { hash: a.hash, entry: a.bytes }, b: { hash: b.hash, entry: b.bytes } }
}
