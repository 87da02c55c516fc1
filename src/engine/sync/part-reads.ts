import type { LogKey } from '../../core/entry/entry.ts'
import { addHashes, forkHash, hashToNumber } from '../../core/entry/log-item.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { Hash } from '../../core/ids.ts'
import type { PartKey, Store } from '../../ports/store.ts'
import { type HeldLog, eachHead } from '../../sync/compare-heads.ts'
import type { LogHead, LogsOf, StoreId } from '../../sync/messages.ts'
import { fingerprintOf } from '../../sync/negentropy/fingerprint.ts'
import { type ItemSet, itemSetOf } from '../../sync/negentropy/item-set.ts'
import type { PartSummary } from '../../sync/session.ts'
import { forkedLogs } from './enter-scopes.ts'
import { documentsInPart } from './parts.ts'

/** A part of a scope as one peer sees it: without the heads that either of the two refused. */
export interface PartView {
  readonly key: PartKey
  readonly refused: ReadonlySet<Hash>
}

/** All logs of a part whose number is above `since`. */
export async function logsSince(
  store: Store,
  { key, refused }: PartView,
  since: number,
  signal: AbortSignal,
): Promise<readonly HeldLog[]> {
  const logs: HeldLog[] = []
  for await (const page of store.partLogs(key, since, signal))
    for (const { head, isForked } of page) {
      const { publicKey, logId, seqNum } = head
      const hash = isForked ? forkHash(head) : head.hash
      if (!refused.has(hash)) logs.push({ publicKey, logId, seqNum, hash, isForked })
    }
  return logs
}

/** The part in a few numbers: one row read, unless something was refused. */
export async function summarise(
  store: Store,
  view: PartView,
  storeId: StoreId,
  signal: AbortSignal,
): Promise<PartSummary> {
  // One read: a number from after the count would stand for more than was counted.
  const stored = await store.part(view.key)
  let { count, sum } = stored
  if (view.refused.size > 0) {
    const logs = await logsSince(store, view, 0, signal)
    count = logs.length
    sum = logs.reduce((total, { hash }) => addHashes(total, hashToNumber(hash)), 0n)
  }
  return { fingerprint: fingerprintOf(sum, count), count, storeId, number: stored.number }
}

/** Of these logs those that are in the part, by name. */
export async function heldLogs(
  store: Store,
  { key }: PartView,
  logs: readonly LogKey[],
): Promise<ReadonlyMap<string, HeldLog>> {
  const held = new Map<string, HeldLog>()
  if (logs.length === 0) return held
  const heads = (await store.heads(logs)).filter((head) => head !== undefined)
  if (heads.length === 0) return held
  const inPart = await documentsInPart(
    store,
    key,
    heads.map(({ documentId }) => documentId),
  )
  const forked = await forkedLogs(store)
  for (const head of heads) {
    if (!inPart.has(head.documentId)) continue
    const { publicKey, logId, seqNum } = head
    const isForked = forked.has(logName(head))
    held.set(logName(head), { publicKey, logId, seqNum, hash: isForked ? forkHash(head) : head.hash, isForked })
  }
  return held
}

/** Of the heads another side named, those logs that are held here, in this part. */
export const heldOf = (
  store: Store,
  view: PartView,
  heads: readonly LogsOf<LogHead>[],
): Promise<ReadonlyMap<string, HeldLog>> => heldLogs(store, view, eachHead(heads))

/** A part as a set to be reconciled: log ids as timestamps (sync.md §4). */
export const itemsOf = (logs: readonly HeldLog[]): ItemSet =>
  itemSetOf(logs.map(({ logId, hash }) => ({ timestamp: logId, id: hash })))
