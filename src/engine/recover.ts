import type { LogKey } from '../core/entry/entry.ts'
import type { LogId, PublicKey } from '../core/ids.ts'
import type { Store } from '../ports/store.ts'
import type { EngineDeps } from './deps.ts'
import { wakeFor } from './ingest.ts'
import { arrivedOperations } from './wake.ts'

/** Rows of `pending` looked at after a start. What lies beyond them goes on when the next entry of its log comes. */
const recoveryWindow = 10_000

/**
 * What a crash may have left half done, done: views of what was stored, then entries that wait although what they waited for came. All of
 * it was committed, so nothing is lost by waiting for this; it runs in the background of the engine that leads.
 */
export async function recover(deps: EngineDeps): Promise<void> {
  await deps.materialiser.drain((documents) => deps.log.debug('Bringing views up to date after a start', { documents }))
  const places = await arrivedPlaces(deps.store)
  if (places.length > 0) await wakeFor(deps, places, deps.life)
  await deps.materialiser.settled()
}

async function arrivedPlaces(store: Store): Promise<readonly string[]> {
  const awaited = [...new Set((await store.allPending(recoveryWindow)).map(({ awaits }) => awaits))]
  const links = awaited.flatMap(parseLink)
  const heads = links.length > 0 ? await store.heads(links) : []
  return [
    ...links.filter(({ seqNum }, at) => (heads[at]?.seqNum ?? 0n) >= seqNum).map(({ awaits }) => awaits),
    ...(await arrivedOperations(store, awaited)),
  ]
}

/** `link:<publicKey>/<logId>/<seqNum>`, as `awaitsLink` wrote it. */
function parseLink(awaits: string): readonly (LogKey & { readonly seqNum: bigint; readonly awaits: string })[] {
  const [, publicKey, logId, seqNum] = /^link:(.+)\/(\d+)\/(\d+)$/.exec(awaits) ?? []
  if (publicKey === undefined || logId === undefined || seqNum === undefined) return []
  return [{ publicKey: publicKey as PublicKey, logId: BigInt(logId) as LogId, seqNum: BigInt(seqNum), awaits }]
}
