import type { LogKey } from '../../core/entry/entry.ts'
import type { DocumentId } from '../../core/ids.ts'
import type { Change, DamagedRow, Expectation, Fork, Head, IndexKey, Pending } from '../../ports/store.ts'
import { type RowName, type RowsRead, type Write, rowName } from './commit-rows.ts'
import { isSame } from './equality.ts'
import { headOf, isHeadChunk, reachedIn, withHead } from './head-chunk.ts'
import { isPartChunk } from './part-chunk.ts'
import { type PartDraft, draftParts, membersRow, rowsOfEntering, rowsOfMembers } from './part-plan.ts'
import { type Counters, isCounters, isLocalRow, isMemberRow, isPartRow } from './rows.ts'
import { type Tail, appendItem, newTail, readTail, withOperation, writeTail } from './segment.ts'
import { type Table, chunkKey, chunkName, countersKey, damagedRow, forkKey, outboxKey, segmentKey } from './tables.ts'

/**
 * A commit in three steps without effects, so that each adapter only moves rows:
 *
 *     changes, expectations --rowsNeeded--> keys --(read)--> rows --moreRowsNeeded--> keys --(read)--> rows --planCommit--> writes
 *                                                                                                        | 'stale' | a damaged row
 *
 * Reading and writing happen in one transaction of the adapter. Mostly no document is in any part, and the second reading is of nothing.
 */

type ItemChange = Extract<Change, { readonly put: 'item' }>
type RefillChange = Extract<Change, { readonly put: 'refill' }>
type OperationChange = Extract<Change, { readonly put: 'operation' }>

const countersRow: RowName = { table: 'meta', key: countersKey }

type Removal = Extract<Change, { readonly delete: 'document' }>
/** Whatever was stored of its document before does not count: there was nothing, or it is taken away. */
const isBeginning = (change: Change): change is ItemChange | Removal =>
  'delete' in change ? change.delete === 'document' : change.put === 'item' && change.operationId === change.documentId

/** Whether it changes what is stored of a document. */
const goesOnWith = (
  change: Change,
): change is Extract<Change, { readonly put: 'item' | 'refill' | 'operation' | 'mark' }> =>
  'put' in change && ['item', 'refill', 'operation', 'mark'].includes(change.put)

/** Tables that a commit reads or writes: what its transaction must span. */
export const tablesTouched = (changes: readonly Change[], expect: readonly Expectation[]): readonly Table[] => {
  const touched = new Set<Table>(expect.map((expected) => ('head' in expected ? 'heads' : 'local')))
  for (const change of changes) for (const table of tablesOf[kindOf(change)]) touched.add(table)
  return [...touched]
}

type Kind = Extract<Change, { readonly put: string }>['put'] | Extract<Change, { readonly delete: string }>['delete']
const kindOf = (change: Change): Kind => ('put' in change ? change.put : change.delete)
const tablesOf: Readonly<Record<Kind, readonly Table[]>> = {
  item: ['docs', 'heads', 'ids', 'meta', 'members', 'parts', 'partLogs'],
  refill: ['docs', 'ids', 'meta'],
  operation: ['docs'],
  document: ['docs'],
  mark: ['docs'],
  pending: ['pending'],
  fork: ['forks', 'heads', 'members', 'parts', 'partLogs'],
  part: ['heads', 'members', 'parts', 'partLogs'],
  queue: ['queue', 'meta'],
  view: ['views'],
  outbox: ['outbox'],
  local: ['local'],
}

/** The rows to read before `planCommit`, each once. */
export const rowsNeeded = (changes: readonly Change[], expect: readonly Expectation[]): readonly RowName[] => {
  const needed = new Map<string, RowName>()
  const need = (table: Table, key: IndexKey): void => void needed.set(rowName({ table, key }), { table, key })
  // A document that begins here has no segment yet: its CREATE could not move the head of its log otherwise.
  const begun = new Set(changes.filter(isBeginning).map(({ documentId }) => documentId))
  // One that is made anew may have been in parts before.
  const removed = new Set(
    changes.flatMap((change) => ('delete' in change && change.delete === 'document' ? [change.documentId] : [])),
  )
  const needAll = (rows: readonly RowName[]): void => {
    for (const { table, key } of rows) need(table, key)
  }

  const chunks = new Set<string>()
  const needChunk = (log: LogKey): void => {
    const name = chunkName(log)
    if (chunks.has(name)) return
    chunks.add(name)
    need('heads', chunkKey(log))
  }

  for (const expected of expect) {
    if ('head' in expected) needChunk(expected.head)
    else need('local', [expected.local])
  }
  for (const change of changes) {
    if (!('put' in change)) continue
    if (change.put === 'item') {
      needChunk(change.head)
      if (!begun.has(change.documentId) || removed.has(change.documentId)) needAll([membersRow(change.documentId)])
    }
    if (change.put === 'fork' && change.documentId) {
      needChunk(change.value)
      needAll([membersRow(change.documentId)])
    }
    if (change.put === 'part') needAll(rowsOfEntering(change))
    if (change.put === 'item' || change.put === 'refill' || change.put === 'queue') need('meta', countersKey)
    if (goesOnWith(change) && !begun.has(change.documentId)) need('docs', segmentKey(change.documentId, 0))
  }
  return [...needed.values()]
}

/** The rows to read besides, once those of `rowsNeeded` are there: of the parts whose documents change, and of long documents that get an operation. */
export const moreRowsNeeded = (
  changes: readonly Change[],
  needed: readonly RowName[],
  rows: readonly unknown[],
): readonly RowName[] => {
  const known = new Map(needed.map((row, at) => [rowName(row), rows[at]]))
  const all = [...rowsOfMembers(changes, known), ...changes.flatMap((change) => fullSegments(change, known))]
  const more = new Map(all.map((row) => [rowName(row), row]))
  return [...more].filter(([name]) => !known.has(name)).map(([, row]) => row)
}

/** Where the entry may lie whose operation came. */
const fullSegments = (change: Change, known: RowsRead): readonly RowName[] => {
  if (!('put' in change) || change.put !== 'operation') return []
  const open = known.get(rowName({ table: 'docs', key: segmentKey(change.documentId, 0) }))
  const count = open instanceof Uint8Array ? (readTail(open)?.fullSegments ?? 0) : 0
  return Array.from({ length: count }, (_, n) => ({ table: 'docs', key: segmentKey(change.documentId, n + 1) }))
}

/** A commit in the making: rows that several changes rewrite are held here until all have been taken. */
interface Draft {
  readonly read: RowsRead
  readonly chunks: Map<string, { readonly key: IndexKey; chunk: Uint8Array; isChanged: boolean }>
  readonly tails: Map<DocumentId, Tail>
  readonly parts: PartDraft
  writes: Write[]
  counters: Counters
  isCounted: boolean
}

/**
 * What a commit writes, given the rows it asked for (`rowsNeeded`, then `moreRowsNeeded`).
 * @param spare what to count on from where the row of counters is damaged or gone (`countAnew`)
 * @returns `stale` where an expectation does not hold or an item would not move its head forward; the damaged row where one is in the way
 */
export const planCommit = (
  changes: readonly Change[],
  expect: readonly Expectation[],
  needed: readonly RowName[],
  rows: readonly unknown[],
  spare?: Counters,
): readonly Write[] | 'stale' | DamagedRow => {
  const isDamaged = ({ table }: RowName, row: unknown): boolean =>
    table === 'meta' ? !isCounters(row) && spare === undefined : row !== undefined && !isWhole[table]?.(row)
  const damage = needed.find((row, at) => isDamaged(row, rows[at]))
  if (damage) return damagedRow(damage.table, damage.table === 'docs' ? damage.key.slice(0, 1) : damage.key)
  const read = new Map(needed.map((row, at) => [rowName(row), rows[at]]))
  const counters = read.get(rowName(countersRow))
  const draft: Draft = {
    read,
    chunks: new Map(),
    tails: new Map(),
    parts: draftParts(read),
    writes: [],
    counters: isCounters(counters) ? counters : (spare ?? { arrival: 0, queue: 0 }),
    isCounted: false,
  }
  if (!expect.every((expected) => holds(draft, expected))) return 'stale'
  if (!changes.every((change) => take(draft, change))) return 'stale'
  return writesOf(draft)
}

const isWhole: { readonly [T in Table]?: (row: unknown) => boolean } = {
  heads: isHeadChunk,
  docs: (row) => row instanceof Uint8Array && readTail(row) !== undefined,
  local: isLocalRow,
  parts: isPartRow,
  partLogs: isPartChunk,
  members: isMemberRow,
}

const put = (draft: Draft, table: Table, key: IndexKey, value: unknown): true => {
  draft.writes.push({ table, key, value })
  return true
}

const count = (draft: Draft, name: keyof Counters): number => {
  draft.counters = { ...draft.counters, [name]: draft.counters[name] + 1 }
  draft.isCounted = true
  return draft.counters[name]
}

const chunkFor = (draft: Draft, log: LogKey) => {
  const name = chunkName(log)
  const held = draft.chunks.get(name)
  if (held) return held
  const key = chunkKey(log)
  const stored = draft.read.get(rowName({ table: 'heads', key })) as Uint8Array | undefined
  const fresh = { key, chunk: stored ?? new Uint8Array(0), isChanged: false }
  draft.chunks.set(name, fresh)
  return fresh
}

const headFor = (draft: Draft, log: LogKey): Head | undefined =>
  headOf(chunkFor(draft, log).chunk, log.publicKey, log.logId)

const tailOf = (draft: Draft, documentId: DocumentId): Tail | undefined => {
  const held = draft.tails.get(documentId)
  if (held) return held
  const stored = draft.read.get(rowName({ table: 'docs', key: segmentKey(documentId, 0) }))
  const tail = stored === undefined ? undefined : readTail(stored as Uint8Array)
  if (tail) draft.tails.set(documentId, tail)
  return tail
}

const holds = (draft: Draft, expected: Expectation): boolean => {
  if ('head' in expected) return headFor(draft, expected.head)?.hash === expected.hash
  const row = draft.read.get(rowName({ table: 'local', key: [expected.local] }))
  return isSame((row as { readonly value: unknown } | undefined)?.value, expected.value)
}

const moveHead = (draft: Draft, { head, documentId }: ItemChange): boolean => {
  const held = chunkFor(draft, head)
  if (head.seqNum <= reachedIn(held.chunk, head.logId)) return false
  if (draft.parts.has(documentId)) draft.parts.move(documentId, headFor(draft, head), head)
  held.chunk = withHead(held.chunk, head)
  held.isChanged = true
  return true
}

const append = (draft: Draft, { documentId, operationId, item, mark }: ItemChange | RefillChange): true => {
  const tail = tailOf(draft, documentId) ?? newTail(mark)
  draft.tails.set(documentId, tail)
  const full = appendItem(tail, { ...item, arrival: count(draft, 'arrival') })
  if (full) put(draft, 'docs', segmentKey(documentId, tail.fullSegments), full)
  if (operationId !== documentId) put(draft, 'ids', [operationId], documentId)
  return true
}

/** The open segment is looked through first, then those that this commit made full or found so. */
const putOperation = (draft: Draft, { documentId, entry, operation }: OperationChange): boolean => {
  const tail = tailOf(draft, documentId)
  if (!tail) return false
  const open = withOperation(writeTail(tail), entry, operation)
  if (open) draft.tails.set(documentId, readTail(open)!)
  if (open) return true
  for (let n = tail.fullSegments; n > 0; n--) {
    const row = { table: 'docs', key: segmentKey(documentId, n) } as const
    const written = draft.writes.findLast((write) => rowName(write) === rowName(row))?.value
    const segment = (written ?? draft.read.get(rowName(row))) as Uint8Array | undefined
    const filled = segment && withOperation(segment, entry, operation)
    if (filled) return put(draft, row.table, row.key, filled)
  }
  return false
}

const removeDocument = (draft: Draft, documentId: DocumentId): true => {
  draft.tails.delete(documentId)
  draft.writes = draft.writes.filter(({ table, key }) => table !== 'docs' || key[0] !== documentId)
  draft.writes.push({ table: 'docs', key: [documentId], isPrefix: true })
  return true
}

/** False where the change does not fit what is stored. */
const take = (draft: Draft, change: Change): boolean => {
  if ('delete' in change) {
    if (change.delete === 'document') return removeDocument(draft, change.documentId)
    draft.writes.push(...rowsDeleted(change))
    return true
  }
  switch (change.put) {
    case 'item':
      return moveHead(draft, change) && append(draft, change)
    case 'refill':
      return append(draft, change)
    case 'operation':
      return putOperation(draft, change)
    case 'mark': {
      const tail = tailOf(draft, change.documentId)
      if (tail) tail.mark = change.mark
      return true
    }
    case 'queue': {
      const id = count(draft, 'queue')
      return put(draft, 'queue', [id], { id, documentIds: change.documentIds })
    }
    case 'outbox':
      return change.ids.every((id) => put(draft, 'outbox', outboxKey(change.target, id), id))
    case 'pending':
      return put(draft, 'pending', [change.value.id], compactPending(change.value))
    case 'fork': {
      const { value, documentId } = change
      if (documentId) draft.parts.fork(documentId, value, headFor(draft, value))
      return put(draft, 'forks', forkKey(value), compactFork(value))
    }
    case 'part':
      draft.parts.enter(change, (log) => headFor(draft, log))
      return true
    case 'view':
      return put(draft, 'views', [change.value.documentId], change.value)
    case 'local':
      return put(draft, 'local', [change.key], { value: change.value })
  }
}

/** Bytes without what surrounds them: a database that copies a view into a large buffer copies the buffer. */
const compact = <T extends Uint8Array>(bytes: T): T =>
  bytes.length === bytes.buffer.byteLength ? bytes : (bytes.slice() as T)

const compactPending = (value: Pending): Pending => {
  if (!value.item) return value
  const { entry, operation } = value.item
  return { ...value, item: { ...value.item, entry: compact(entry), operation: operation && compact(operation) } }
}

const compactFork = (value: Fork): Fork => ({
  ...value,
  a: { ...value.a, entry: compact(value.a.entry) },
  b: { ...value.b, entry: compact(value.b.entry) },
})

const writesOf = (draft: Draft): readonly Write[] => {
  for (const { key, chunk, isChanged } of draft.chunks.values()) if (isChanged) put(draft, 'heads', key, compact(chunk))
  for (const [documentId, tail] of draft.tails) put(draft, 'docs', segmentKey(documentId, 0), writeTail(tail))
  if (draft.isCounted) put(draft, 'meta', countersKey, draft.counters)
  draft.writes.push(...draft.parts.writes())
  return draft.writes
}

const rowsDeleted = (change: Exclude<Extract<Change, { readonly delete: string }>, Removal>): readonly RowName[] => {
  switch (change.delete) {
    case 'pending':
      return [{ table: 'pending', key: [change.id] }]
    case 'queue':
      return [{ table: 'queue', key: [change.id] }]
    case 'view':
      return [{ table: 'views', key: [change.documentId] }]
    case 'outbox':
      return change.ids.map((id) => ({ table: 'outbox', key: outboxKey(change.target, id) }))
    case 'local':
      return [{ table: 'local', key: [change.key] }]
  }
}
