import type { KeptLog } from '../../core/identity/keep-rows.ts'
import type { DocumentId, OperationId, PublicKey } from '../../core/ids.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import type { Head, StoredDocument, ViewRow } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import { readStored } from '../stored-document.ts'

type Deps = Pick<EngineDeps, 'store'>

/** Which logs of a key are kept, and how far. */
export interface Keeping {
  /** Milliseconds since the Unix epoch, by this device's clock; what came later is not kept. Absent: everything is. */
  readonly before?: number
  /** Only logs of these documents, all of one group. Absent: all logs. */
  readonly within?: ReadonlySet<DocumentId>
}

/** A log that is kept, and the one document it writes to. */
export interface HeldLog extends KeptLog {
  readonly documentId: DocumentId
}

/**
 * The logs of a key as far as this device holds them, for keeping them when the key is taken out (identity.md §1.5): each to its head, or, where
 * somebody else may have the key since some time, to the last entry that came before.
 */
export async function keptLogs(
  deps: Deps,
  publicKey: PublicKey,
  keeping: Keeping,
  signal: AbortSignal,
): Promise<readonly HeldLog[]> {
  const kept: HeldLog[] = []
  for await (const page of deps.store.allHeads(publicKey, signal)) {
    const heads = page.filter(({ documentId }) => keeping.within?.has(documentId) ?? true)
    for (let at = 0; at < heads.length; at += maxIngestBatch)
      kept.push(...(await keepHeads(deps, heads.slice(at, at + maxIngestBatch), keeping)))
  }
  return kept
}

async function keepHeads(
  { store }: Deps,
  heads: readonly Head[],
  { before, within }: Keeping,
): Promise<readonly HeldLog[]> {
  const ids = heads.map(({ documentId }) => documentId)
  const views = await store.views(ids)
  const documents = before === undefined ? [] : await store.documents(ids)
  return heads.flatMap((head, at) => {
    const stored = documents[at]
    const end =
      before === undefined ? endOf(head) : endBefore(head, stored && 'items' in stored ? stored : undefined, before)
    return end
      ? [{ logId: head.logId, documentId: head.documentId, ...end, ...sharing(views[at], within !== undefined) }]
      : []
  })
}

type End = Pick<KeptLog, 'to' | 'tip'>

const endOf = ({ seqNum, hash }: Head): End => ({ to: seqNum, tip: hash as OperationId })

/** The last entry of a log before one that came too late; nothing after it is kept, whenever it came. */
function endBefore({ publicKey, logId }: Head, stored: StoredDocument | undefined, before: number): End | undefined {
  const document = stored && readStored(stored)
  if (!document || 'code' in document) return undefined
  let end: End | undefined
  for (const { entry, id, receivedAt } of document.operations) {
    if (entry.publicKey !== publicKey || entry.logId !== logId) continue
    if (receivedAt >= before) break
    end = { to: entry.seqNum, tip: id }
  }
  return end
}

/**
 * Logs of documents without owner share rows, as do those of one group. Where more than one group may be among them each has a row of its own; control
 * logs always have, since by those rows forks are settled.
 */
const sharing = (view: ViewRow | undefined, isOneGroup: boolean): Pick<KeptLog, 'together'> => {
  if (!view || isControl(view)) return {}
  const isOwned = Object.values(view.fields).some(({ kind }) => kind === 'owner')
  return isOwned && !isOneGroup ? {} : { together: '' }
}

const isControl = ({ schemaId }: ViewRow): boolean => schemaId.startsWith('key_group_')
