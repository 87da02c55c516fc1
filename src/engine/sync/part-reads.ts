import type { LogKey } from '../../core/entry/entry.ts'
import { addHashes, forkHash, hashToNumber } from '../../core/entry/log-item.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { Hash } from '../../core/ids.ts'
import type { Head, PartKey, Store } from '../../ports/store.ts'
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

const asHeld = (head: Head, isForked: boolean): HeldLog => {
  const { publicKey, logId, seqNum } = head
  return { publicKey, logId, seqNum, hash: isForked ? forkHash(head) : head.hash, isForked }
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
      const log = asHeld(head, isForked)
      if (!refused.has(log.hash)) logs.push(log)
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

/** Logs of a part that are read in the time of one that is looked for by itself, since neighbours share a row. */
const logsPerLook = 16

/** Of these logs those that are in the part, by name. */
export async function heldLogs(
  store: Store,
  { key }: PartView,
  logs: readonly LogKey[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, HeldLog>> {
  if (logs.length === 0) return new Map()
  const { count } = await store.part(key)
  return count < logs.length * logsPerLook ? walkForLogs(store, key, logs, signal) : lookForLogs(store, key, logs)
}

/** By going through all logs of the part: soon done where it is many of them, or the part is small. */
async function walkForLogs(
  store: Store,
  key: PartKey,
  logs: readonly LogKey[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, HeldLog>> {
  const wanted = new Set(logs.map(logName))
  const held = new Map<string, HeldLog>()
  for await (const page of store.partLogs(key, 0, signal))
    for (const { head, isForked } of page) {
      const name = logName(head)
      if (wanted.has(name)) held.set(name, asHeld(head, isForked))
    }
  return held
}

async function lookForLogs(store: Store, key: PartKey, logs: readonly LogKey[]): Promise<ReadonlyMap<string, HeldLog>> {
  const held = new Map<string, HeldLog>()
  const heads = (await store.heads(logs)).filter((head) => head !== undefined)
  if (heads.length === 0) return held
  const inPart = await documentsInPart(
    store,
    key,
    heads.map(({ documentId }) => documentId),
  )
  const forked = await forkedLogs(store)
  for (const head of heads) {
    if (inPart.has(head.documentId)) held.set(logName(head), asHeld(head, forked.has(logName(head))))
  }
  return held
}

/** Of the heads another side named, those logs that are held here, in this part. */
export const heldOf = (
  store: Store,
  view: PartView,
  heads: readonly LogsOf<LogHead>[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, HeldLog>> => heldLogs(store, view, eachHead(heads), signal)

/** A part as a set to be reconciled: log ids as timestamps (sync.md §4). */
export const itemsOf = (logs: readonly HeldLog[]): ItemSet =>
  itemSetOf(logs.map(({ logId, hash }) => ({ timestamp: logId, id: hash })))
