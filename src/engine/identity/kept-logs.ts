import type { KeptLog } from '../../core/identity/keep-rows.ts'
import type { OperationId, PublicKey } from '../../core/ids.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import type { Head, StoredDocument, ViewRow } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import { readStored } from '../stored-document.ts'

type Deps = Pick<EngineDeps, 'store'>

/**
 * The logs of a key as far as this device holds them, for keeping them when the key is taken out (identity.md §1.5): each to its head, or, where
 * somebody else may have the key since some time, to the last entry that came before.
 * @param before milliseconds since the Unix epoch, by this device's clock; absent: everything
 */
export async function keptLogs(
  deps: Deps,
  publicKey: PublicKey,
  before: number | undefined,
  signal: AbortSignal,
): Promise<readonly KeptLog[]> {
  const kept: KeptLog[] = []
  for await (const page of deps.store.allHeads(publicKey, signal))
    for (let at = 0; at < page.length; at += maxIngestBatch)
      kept.push(...(await keepHeads(deps, page.slice(at, at + maxIngestBatch), before)))
  return kept
}

async function keepHeads(
  { store }: Deps,
  heads: readonly Head[],
  before: number | undefined,
): Promise<readonly KeptLog[]> {
  const ids = heads.map(({ documentId }) => documentId)
  const views = await store.views(ids)
  const documents = before === undefined ? [] : await store.documents(ids)
  return heads.flatMap((head, at) => {
    const stored = documents[at]
    const end =
      before === undefined ? endOf(head) : endBefore(head, stored && 'items' in stored ? stored : undefined, before)
    return end ? [{ logId: head.logId, ...end, ...sharing(views[at]) }] : []
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

/** Logs of documents without owner share rows. What belongs to a group, its control logs first of all, has rows of its own, by which forks are settled. */
const sharing = (view: ViewRow | undefined): Pick<KeptLog, 'together'> => {
  const isOwned = !view || Object.values(view.fields).some(({ kind }) => kind === 'owner') || isControl(view)
  return isOwned ? {} : { together: '' }
}

const isControl = ({ schemaId }: ViewRow): boolean => schemaId.startsWith('key_group_')
