import type { LogKey } from '../../core/entry/entry.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { SeqNum } from '../../core/ids.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Head, PartKey, Store, ViewRow } from '../../ports/store.ts'
import type { CarriedEntry } from '../../sync/log-ranges.ts'
import { readCarried } from './carried.ts'
import { documentsInPart } from './parts.ts'

/** A log to send: from this entry on, up to that one or to its end. */
export interface ServedLog extends LogKey {
  readonly fromSeq: SeqNum
  readonly toSeq?: SeqNum
}

/** Documents read at once. With pieces of 256,000 bytes that is what may lie in memory. */
const documentsPerRead = 32
/**
 * Bytes of operations that are handed on together: what makes a full message of them, so that they are compressed well. And no more entries
 * than whoever gets them stores at once.
 */
const bytesTogether = 60 * 1024

const ranks = new Map(
  (['schema_field_definition_v1', 'schema_definition_v1', 'blob_piece_v1', 'blob_v1'] as const).map((id, at) => [
    systemSchemaId(id),
    at < 2 ? at : at + 1,
  ]),
)

/**
 * What goes first (sync.md §5): definitions, so that the rest can be judged as it comes; logs that hold a DELETE; pieces, then files; then
 * things. Of a document the log with its CREATE first.
 */
function rankOf(view: ViewRow | undefined, { publicKey }: LogKey): number {
  const byKind = view ? (ranks.get(view.schemaId) ?? (view.isDeleted ? 2 : 5)) : 6
  return byKind * 2 + (view?.owner === publicKey ? 0 : 1)
}

type Placed = ServedLog & { readonly head: Head }

/** The logs that may be sent: here, and in this part. In order of sending. */
async function placeLogs(store: Store, key: PartKey, logs: readonly ServedLog[]): Promise<readonly Placed[]> {
  const heads = await store.heads(logs)
  const inPart = await documentsInPart(
    store,
    key,
    heads.map((head) => head?.documentId),
  )
  const placed = logs.flatMap((log, at): Placed[] => {
    const head = heads[at]
    return head && inPart.has(head.documentId) && log.fromSeq <= head.seqNum ? [{ ...log, head }] : []
  })
  const ids = [...new Set(placed.map(({ head }) => head.documentId))]
  const rows = ids.length > 0 ? await store.views(ids) : []
  const views = new Map(ids.map((id, at) => [id, rows[at]]))
  return placed
    .map((log) => ({ log, rank: rankOf(views.get(log.head.documentId), log) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ log }) => log)
}

/** Entries of some logs in ascending order, log by log, as many as share a message; and at the end the logs that could not be sent. */
export async function* entriesOfLogs(
  store: Store,
  key: PartKey,
  logs: readonly ServedLog[],
): AsyncGenerator<readonly CarriedEntry[], readonly ServedLog[], undefined> {
  const placed = await placeLogs(store, key, logs)
  const sent = new Set<string>()
  let together: CarriedEntry[] = []
  let bytes = 0
  for (let at = 0; at < placed.length; at += documentsPerRead) {
    const some = placed.slice(at, at + documentsPerRead)
    const items = await readCarried(
      store,
      some.map(({ head }) => head.documentId),
    )
    const carried = some.flatMap((log) => {
      const entries = (items.get(log.head.documentId) ?? []).filter(
        ({ entry }) =>
          logName(entry) === logName(log) &&
          entry.seqNum >= log.fromSeq &&
          (log.toSeq === undefined || entry.seqNum <= log.toSeq),
      )
      if (entries.length > 0) sent.add(logName(log))
      return entries
    })
    for (const item of carried) {
      together.push(item)
      bytes += item.operation?.length ?? 0
      if (bytes < bytesTogether && together.length < maxIngestBatch) continue
      yield together
      together = []
      bytes = 0
    }
  }
  if (together.length > 0) yield together
  return logs.filter((log) => !sent.has(logName(log)))
}
