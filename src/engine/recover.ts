import type { LogKey } from '../core/entry/entry.ts'
import type { LogId, PublicKey } from '../core/ids.ts'
import type { Store } from '../ports/store.ts'
import { wholeMinute } from './attention.ts'
import { isEnvironmentFailure } from './attempt.ts'
import type { EngineDeps } from './deps.ts'
import { wakeFor } from './ingest.ts'
import { enterEarlier } from './sync/enter-groups.ts'
import { finishSharing } from './sync/share.ts'
import { arrivedOperations } from './wake.ts'

/** Rows of `pending` looked at after a start. What lies beyond them goes on when the next entry of its log comes. */
const recoveryWindow = 10_000

/**
 * What a crash may have left half done, done: views of what was stored, then entries that wait although what they waited for came,
 * then what was to be shared. All of
 * it was committed, so nothing is lost by waiting for this; it runs in the background of the engine that leads.
 */
export async function recover(deps: EngineDeps): Promise<void> {
  await enterEarlier(deps.store)
  await deps.materialiser.drain((documents) => deps.log.debug('Bringing views up to date after a start', { documents }))
  const places = await arrivedPlaces(deps.store)
  if (places.length > 0) await wakeFor(deps, places, deps.life)
  await deps.materialiser.settled()
  await finishSharing(deps)
}

/** How long a row of the queue may lie there before its engine is taken for dead. */
const patienceMs = 10_000

/**
 * Does for the others what `recover` did for an earlier start: an engine that ended between storing something and making its views, as a
 * tab does that is closed, leaves rows that nobody else knows of. Until life ends.
 */
export async function lookAfterOthers({ store, materialiser, clock, attention, life, log }: EngineDeps): Promise<void> {
  const oldest = async (): Promise<number | undefined> => {
    await materialiser.settled()
    return (await store.queue(1))[0]?.id
  }
  for (let before: number | undefined; ;) {
    const now = clock.now()
    await clock.sleep(attention.isVisible() ? patienceMs : wholeMinute(now + patienceMs) - now, life)
    try {
      const row = await oldest()
      if (row !== undefined && row === before) await materialiser.drain(() => undefined)
      before = row
    } catch (thrown) {
      if (!isEnvironmentFailure(thrown)) throw thrown
      log.debug('What other engines left undone stays so for now', { thrown })
    }
  }
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
