import type { LogKey } from '../../core/entry/entry.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type {
  Change,
  DamagedRow,
  Expectation,
  Head,
  IndexKey,
  Pending,
  Store,
  StoredDocument,
  TableUsage,
} from '../../ports/store.ts'
import { headOf, headsOf, isHeadChunk } from './head-chunk.ts'
import { rangeEnds } from './index-key.ts'
import { isDocumentId, isForkRow, isLocalRow, isPendingRow, isQueueRow, isViewRow, sizeOf } from './rows.ts'
import { type Segment, decodeSegment, readTail } from './segment.ts'
import {
  type Span,
  type Table,
  beginningWith,
  chunkKey,
  damagedRow,
  segmentKey,
  tables,
  textBeginningWith,
} from './tables.ts'

export interface Row {
  readonly key: IndexKey
  readonly value: unknown
}

export interface RangeOptions {
  readonly direction?: 'asc' | 'desc'
  readonly limit?: number
}

/**
 * What a database must offer to be a store: tables of rows in order of their keys, two indexes, and commits. Values are what
 * the database could make of the bytes; the store judges their shape. Each call sees one state of the database.
 */
export interface Rows extends AsyncDisposable {
  readonly getMany: (table: Table, keys: readonly IndexKey[]) => Promise<readonly unknown[]>
  readonly hasMany: (table: Table, keys: readonly IndexKey[]) => Promise<readonly boolean[]>
  readonly range: (table: Table, span: Span, options?: RangeOptions) => Promise<readonly Row[]>
  /** Keys of the index over `views`, each with its row. */
  readonly viewsIn: (span: Span, options: RangeOptions) => Promise<readonly Row[]>
  readonly countIn: (span: Span) => Promise<number>
  /** Rows of `pending` by what they await, in order of id. */
  readonly pendingOn: (awaits: string) => Promise<readonly unknown[]>
  readonly commit: (changes: readonly Change[], expect: readonly Expectation[]) => Promise<'committed' | 'stale'>
}

/** Rows read at once by a walk. A segment can be as large as one operation, so not too many. */
const pageSize = 100

/** Many rows where one damaged row must not hide the others. */
const whole = <T>(rows: readonly unknown[], isWhole: (row: unknown) => row is T): readonly T[] => rows.filter(isWhole)
const valuesOf = (rows: readonly Row[]): readonly unknown[] => rows.map(({ value }) => value)

/** One row that must be whole if it is there. */
const judged = <T>(table: Table, key: IndexKey, row: unknown, isWhole: (row: unknown) => row is T): T | undefined => {
  if (row === undefined || isWhole(row)) return row
  throw damagedRow(table, key)
}

/** Segments in the order of their numbers: the open one, then the full ones from oldest to newest. */
const joinSegments = (documentId: DocumentId, values: readonly unknown[]): StoredDocument | DamagedRow => {
  const segments = values.map(decodeSegment)
  const [open, ...full] = segments
  if (open === undefined || segments.includes(undefined) || full.length !== open.fullSegments)
    return damagedRow('docs', [documentId])
  return { documentId, mark: open.mark, items: [...full, open].flatMap((segment) => (segment as Segment).items) }
}

/** A store over the rows of a database, laid out as `tables.ts` says. */
export const rowStore = (rows: Rows): Store => {
  async function* walk(table: Table, span: Span, signal: AbortSignal): AsyncIterable<readonly Row[]> {
    let rest = span
    for (;;) {
      signal.throwIfAborted()
      const page = await rows.range(table, rest, { limit: pageSize })
      if (page.length > 0) yield page
      if (page.length < pageSize) return
      rest = { ...span, lower: { key: page.at(-1)!.key, isOpen: true } }
    }
  }

  const heads = async (logs: readonly LogKey[]): Promise<readonly (Head | undefined)[]> => {
    const keys = new Map(logs.map((log) => [chunkKey(log).join('/'), chunkKey(log)]))
    const chunks = await rows.getMany('heads', [...keys.values()])
    const chunkByName = new Map(
      [...keys].map(([name, key], at) => [name, judged('heads', key, chunks[at], isHeadChunk)]),
    )
    return logs.map((log) => {
      const chunk = chunkByName.get(chunkKey(log).join('/'))
      return chunk && headOf(chunk, log.publicKey, log.logId)
    })
  }
  const headsIn = (page: readonly Row[]): readonly Head[] =>
    page.flatMap(({ key, value }) =>
      isHeadChunk(value) ? headsOf(value, key[0] as PublicKey, BigInt(`0x${key[1]}`)) : [],
    )

  const longDocument = async (documentId: DocumentId): Promise<StoredDocument | DamagedRow> =>
    joinSegments(documentId, valuesOf(await rows.range('docs', beginningWith([documentId]))))

  const documents: Store['documents'] = async (documentIds) => {
    const open = await rows.getMany(
      'docs',
      documentIds.map((id) => segmentKey(id, 0)),
    )
    const read = async (id: DocumentId, segment: unknown) => {
      if (segment === undefined) return undefined
      const isLong = segment instanceof Uint8Array && (readTail(segment)?.fullSegments ?? 0) > 0
      // Read again as one, since it may have grown between the two calls.
      return isLong ? longDocument(id) : joinSegments(id, [segment])
    }
    return Promise.all(documentIds.map((id, at) => read(id, open[at])))
  }

  async function* allDocuments(signal: AbortSignal): AsyncIterable<readonly (StoredDocument | DamagedRow)[]> {
    let held: { readonly id: DocumentId; readonly values: unknown[] } | undefined
    /** A document that grew while the walk went over it looks damaged; then a second look, at all of it at once, decides. */
    const join = async ({ id, values }: { readonly id: DocumentId; readonly values: readonly unknown[] }) => {
      const document = joinSegments(id, values)
      return 'code' in document ? longDocument(id) : document
    }
    for await (const page of walk('docs', {}, signal)) {
      const complete: (StoredDocument | DamagedRow)[] = []
      for (const { key, value } of page) {
        const id = key[0] as DocumentId
        if (held && held.id !== id) complete.push(await join(held))
        if (held?.id !== id) held = { id, values: [] }
        held.values.push(value)
      }
      if (complete.length > 0) yield complete
    }
    if (held) yield [await join(held)]
  }

  const documentsOf: Store['documentsOf'] = async (operationIds) => {
    const found = await rows.getMany(
      'ids',
      operationIds.map((id) => [id]),
    )
    const others = operationIds.filter((_, at) => found[at] === undefined)
    const isCreate = await rows.hasMany(
      'docs',
      others.map((id) => segmentKey(id as DocumentId, 0)),
    )
    const creates = new Set(others.filter((_, at) => isCreate[at]))
    return operationIds.map((id, at) =>
      creates.has(id) ? (id as DocumentId) : judged('ids', [id], found[at], isDocumentId),
    )
  }

  const usageOf = async (table: Table): Promise<TableUsage> => {
    const usage = { table, rows: 0, bytes: 0 }
    for await (const page of walk(table, {}, new AbortController().signal)) {
      usage.rows += page.length
      for (const { value } of page) usage.bytes += sizeOf(value)
    }
    return usage
  }

  const one = async <T>(table: Table, key: IndexKey, isWhole: (row: unknown) => row is T): Promise<T | undefined> =>
    judged(table, key, (await rows.getMany(table, [key]))[0], isWhole)

  return {
    heads,
    head: async (log) => (await heads([log]))[0],
    allHeads: async function* (publicKey, signal) {
      const span = publicKey === undefined ? {} : beginningWith([publicKey])
      for await (const page of walk('heads', span, signal)) yield headsIn(page)
    },
    lastLog: async (publicKey) => {
      const [last] = await rows.range('heads', beginningWith([publicKey]), { direction: 'desc', limit: 1 })
      if (last) judged('heads', last.key, last.value, isHeadChunk)
      return last && headsIn([last]).at(-1)
    },
    documentsOf,
    documents,
    document: async (documentId) => {
      const [document] = await documents([documentId])
      if (document !== undefined && 'code' in document) throw document
      return document
    },
    allDocuments,
    pending: async (awaits) => whole<Pending>(await rows.pendingOn(awaits), isPendingRow),
    isPending: (ids) =>
      rows.hasMany(
        'pending',
        ids.map((id) => [id]),
      ),
    allPending: async (limit) => whole<Pending>(valuesOf(await rows.range('pending', {}, { limit })), isPendingRow),
    forks: async () => whole(valuesOf(await rows.range('forks', {})), isForkRow),
    queue: async (limit) => whole(valuesOf(await rows.range('queue', {}, { limit })), isQueueRow),
    view: (documentId) => one('views', [documentId], isViewRow),
    views: async (documentIds) => {
      const found = await rows.getMany(
        'views',
        documentIds.map((id) => [id]),
      )
      return found.map((row) => (isViewRow(row) ? row : undefined))
    },
    viewsIn: async ({ direction, limit, ...range }) => {
      const found = await rows.viewsIn(rangeEnds(range), { direction, limit })
      return found.flatMap(({ key, value }) => (isViewRow(value) ? [{ key, row: value }] : []))
    },
    countIn: (range) => rows.countIn(rangeEnds(range)),
    local: async (key) => (await one('local', [key], isLocalRow))?.value,
    localWith: async (prefix) =>
      (await rows.range('local', textBeginningWith(prefix))).flatMap(({ key, value }) =>
        isLocalRow(value) ? [[key[0] as string, value.value] as const] : [],
      ),
    outbox: async (target, limit) =>
      whole(valuesOf(await rows.range('outbox', beginningWith([target]), { limit })), isDocumentId),
    usage: () => Promise.all(tables.map(usageOf)),
    commit: rows.commit,
    [Symbol.asyncDispose]: () => rows[Symbol.asyncDispose](),
  }
}
