import type { DocumentId } from '../core/ids.ts'
import type { Change, DamagedRow, Expectation, Store, StoredDocument } from '../ports/store.ts'
import type { Verifier } from '../ports/verifier.ts'
import { isEnvironmentFailure } from './attempt.ts'
import { type SoundItem, prepareItems } from './ingest-prepare.ts'

/**
 * A document is mended by copies of its entries, which come through the door like everything else:
 *
 *     damaged, or gone although a head names it --CREATE comes--> begins anew with what is still sound, then the copies
 *     shorter than the heads of its logs        --entry comes---> goes on, up to the head and past it
 *
 * Heads never go back. So what is missing stays known, `check` names it, and nobody signs a second entry at a place that was taken.
 */
const mendsKey = 'engine/mends'

/** How often documents were mended here. To be read before the documents are. */
export const readMends = (store: Store): Promise<unknown> => store.local(mendsKey)

/** What a commit that mends expects and leaves: no other one came in between, as no head would tell. */
export const mending = (mends: unknown): { readonly expect: Expectation; readonly change: Change } => ({
  expect: { local: mendsKey, value: mends },
  change: { put: 'local', key: mendsKey, value: Number(mends ?? 0) + 1 },
})

/** Whether a commit was refused because the row of a document is damaged. */
export const isDamagedDocument = (thrown: unknown): thrown is DamagedRow & { readonly key: DocumentId } =>
  isEnvironmentFailure(thrown) && thrown.code === 'store/corrupt' && thrown.table === 'docs'

/** What is still sound of damaged documents, ready to go through the door again with the marks and times it had. */
export async function salvage(
  verifier: Verifier,
  damaged: ReadonlyMap<DocumentId, StoredDocument | undefined>,
  signal: AbortSignal,
): Promise<readonly SoundItem[]> {
  const items = [...damaged.values()].flatMap((document) =>
    (document?.items ?? []).map(
      (item) => [item, { origin: item.origin, receivedAt: item.receivedAt, mark: document!.mark }] as const,
    ),
  )
  if (items.length === 0) return []
  const prepared = await prepareItems(verifier, items, signal)
  return prepared.flatMap((item) => (item.ok ? [item.value] : []))
}
