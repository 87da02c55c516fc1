import { type BundleItem, type BundleFailure, readBundle } from '../../core/bundle/bundle.ts'
import type { DocumentId, OperationId } from '../../core/ids.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Call, ImportProgress, ImportReport } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { commitItems, prepare, type Provenance } from '../ingest.ts'
import { createTally, type Tally } from './import-tally.ts'

/** Bytes of operations in one batch, two of which may lie in memory: one is prepared while the other is committed. */
const maxBatchBytes = 4 * 1024 * 1024
/** Entries that waited, looked up at once at the end. */
const lookUpSize = 500

const provenance: Provenance = { origin: 'import', mark: 'private' }

interface Batch {
  readonly items: readonly BundleItem[]
  readonly broken: readonly BundleFailure[]
}

/** The items of a file in batches, with those that could not be read. */
async function* batchesOf(source: AsyncIterable<Uint8Array>): AsyncIterable<Batch> {
  let items: BundleItem[] = []
  let broken: BundleFailure[] = []
  let bytes = 0
  for await (const item of readBundle(source)) {
    if (!item.ok) broken.push(item.error)
    else {
      items.push(item.value)
      bytes += item.value.operation?.length ?? 0
    }
    if (items.length < maxIngestBatch && broken.length < maxIngestBatch && bytes < maxBatchBytes) continue
    yield { items, broken }
    items = []
    broken = []
    bytes = 0
  }
  if (items.length > 0 || broken.length > 0) yield { items, broken }
}

/** Counts what passes by, and ends when the signal says so: what was read until then stays. */
async function* counted(
  source: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  for await (const chunk of source) {
    if (signal.aborted) return
    count(chunk.length)
    yield chunk
  }
}

/** Entries of this file that still wait, looked at again now that all of it is here: some wait for a schema that has come. */
const settleWaiting = async ({ store, materialiser }: EngineDeps, tally: Tally): Promise<void> => {
  await materialiser.settled()
  const waiting = tally.waiting()
  for (let at = 0; at < waiting.length; at += lookUpSize) {
    const ids = waiting.slice(at, at + lookUpSize)
    const documentIds = await store.documentsOf(ids.map((id) => id as OperationId))
    const known = [...new Set(documentIds.filter((id): id is DocumentId => id !== undefined))]
    const rows = known.length > 0 ? await store.views(known) : []
    const readable = new Set(known.filter((_, i) => rows[i]))
    for (const [i, id] of ids.entries()) {
      const documentId = documentIds[i]
      if (documentId && readable.has(documentId)) tally.settle(id)
    }
  }
}

/**
 * Takes in a bundle, batch by batch: while one is committed the next is read, decoded and verified. Bad items are listed, the good ones stay,
 * also when the signal ends it (between batches: none is half-written). Everything in it gets the local mark `private`.
 *
 * @returns what became of each item; or `bundle/header-invalid`, and what the store rejects with. Batches committed before stay.
 */
export const importBundle = async (
  deps: EngineDeps,
  source: AsyncIterable<Uint8Array>,
  { signal, report }: Call<ImportProgress>,
): Promise<Result<ImportReport, Failure>> => {
  const tally = createTally()
  let bytes = 0
  let entries = 0
  const count = (more: number): void => {
    bytes += more
  }
  const commit = async (batch: Batch, prepared: Awaited<ReturnType<typeof prepare>>): Promise<void> => {
    const { verdicts, woken } = await commitItems(deps, prepared, deps.life)
    for (const [i, verdict] of verdicts.entries()) tally.add(batch.items[i]?.index ?? 0, verdict)
    for (const verdict of woken) tally.wake(verdict)
    for (const failure of batch.broken) if ('index' in failure) tally.reject(failure.index, failure)
    entries += batch.items.length + batch.broken.length
    report?.({ bytes, entries })
  }

  let committing: Promise<void> = Promise.resolve()
  for await (const batch of batchesOf(counted(source, count, signal))) {
    if (signal.aborted) break
    const [first] = batch.broken
    if (first?.code === 'bundle/header-invalid') return fail(first)
    const preparing = prepare(deps, batch.items, provenance, deps.life)
    await Promise.all([preparing, committing])
    if (signal.aborted) break
    committing = commit(batch, await preparing)
    // The next turn, or the line after the loop, hears of a failure; until then nobody listens.
    committing.catch(() => undefined)
  }
  await committing
  await settleWaiting(deps, tally)
  return ok(tally.report(signal.aborted))
}
