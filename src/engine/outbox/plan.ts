import type { Entry } from '../../core/entry/entry.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { DocumentId, EncodedEntry, EncodedOperation, Hash, OperationId, SchemaId } from '../../core/ids.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Store } from '../../ports/store.ts'
import { readStored } from '../stored-document.ts'

/** One entry that waits for a node, without its bytes. */
export interface OutboxRow {
  readonly id: Hash
  readonly documentId: DocumentId
  readonly entry: Pick<Entry, 'publicKey' | 'logId' | 'seqNum'>
  /** Its log as text, for maps. */
  readonly log: string
  readonly schemaId: SchemaId
  readonly arrival: number
  /** Of entry and operation. */
  readonly bytes: number
  readonly isDelete: boolean
}

export interface OutboxPlan {
  /** In order of arrival, and so in the order of each log, and definitions before what they define. */
  readonly rows: readonly OutboxRow[]
  /** What is not here any more. */
  readonly gone: readonly Hash[]
}

/** Documents in memory at once. With pieces of 256,000 bytes that is ten megabytes. */
const documentsAtOnce = 40

/** Puts rows in the order in which they are published. Those whose operation is not here, or whose document cannot be read, wait for a session. */
export async function planRows(store: Store, ids: readonly Hash[]): Promise<OutboxPlan> {
  const wanted = new Set(ids)
  const found = ids.length > 0 ? await store.documentsOf(ids.map((id) => id as OperationId)) : []
  const documentIds = [...new Set(found.flatMap((id) => (id ? [id] : [])))]
  const rows: OutboxRow[] = []
  for (let at = 0; at < documentIds.length; at += documentsAtOnce)
    for (const stored of await store.documents(documentIds.slice(at, at + documentsAtOnce))) {
      const read = stored && !('code' in stored) ? readStored(stored) : undefined
      if (!stored || 'code' in stored || !read || 'code' in read) continue
      for (const [place, { id, entry, operation }] of read.operations.entries()) {
        const item = stored.items[place]
        if (!wanted.has(id) || !item || !operation) continue
        rows.push({
          id,
          documentId: stored.documentId,
          entry: { publicKey: entry.publicKey, logId: entry.logId, seqNum: entry.seqNum },
          log: logName(entry),
          schemaId: operation.schemaId,
          arrival: item.arrival,
          bytes: item.entry.length + (item.operation?.length ?? 0),
          isDelete: operation.action === 'delete',
        })
      }
    }
  return { rows: rows.sort((a, b) => a.arrival - b.arrival), gone: ids.filter((_, at) => !found[at]) }
}

/** Entries in one request (sync.md §8). */
const maxRowsAtOnce = 50
/** Of entries and operations in one request; as hex they are twice as many. A larger one goes alone. */
const maxBytesAtOnce = 384 * 1024

const definitions: ReadonlySet<SchemaId> = new Set(
  (['schema_definition_v1', 'schema_field_definition_v1'] as const).map(systemSchemaId),
)

/** What is left out for now: logs that one of their entries holds up, and schemas the node does not know. */
export interface Held {
  readonly logs: ReadonlySet<string>
  readonly schemas: ReadonlySet<SchemaId>
}

/** The rows of the next request, in order: at most one of each log, since it waits for the answer to the one before. */
export function nextBatch(rows: Iterable<OutboxRow>, { logs, schemas }: Held, limit: number): readonly OutboxRow[] {
  const batch: OutboxRow[] = []
  const taken = new Set<string>()
  let bytes = 0
  for (const row of rows) {
    if (logs.has(row.log) || schemas.has(row.schemaId)) {
      // What comes later in this log cannot go before it, also where its schema is another one.
      taken.add(row.log)
      continue
    }
    if (taken.has(row.log)) {
      // What follows may be of the schema that is defined here.
      if (definitions.has(row.schemaId)) break
      continue
    }
    if (batch.length > 0 && bytes + row.bytes > maxBytesAtOnce) break
    batch.push(row)
    taken.add(row.log)
    bytes += row.bytes
    if (batch.length >= Math.min(limit, maxRowsAtOnce)) break
  }
  return batch
}

/** Bytes of rows, in their order. What was lost since it was planned is left out. */
export async function readRows(
  store: Store,
  rows: readonly OutboxRow[],
): Promise<readonly (OutboxRow & { readonly encoded: EncodedEntry; readonly operation: EncodedOperation })[]> {
  const documents = await store.documents(rows.map(({ documentId }) => documentId))
  return rows.flatMap((row, at) => {
    const document = documents[at]
    const item =
      document && !('code' in document) ? document.items.find(({ arrival }) => arrival === row.arrival) : undefined
    return item?.operation ? [{ ...row, encoded: item.entry, operation: item.operation }] : []
  })
}
