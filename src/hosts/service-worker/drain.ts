import { openIndexedDbStore } from '../../adapters/web/indexeddb-store.ts'
import { openWebBroadcast } from '../../adapters/web/web-broadcast.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import { webHttp } from '../../adapters/web/web-http.ts'
import { webLocks } from '../../adapters/web/web-locks.ts'
import { webRandom } from '../../adapters/web/web-random.ts'
import { schemaVersion } from '../../adapters/layout/tables.ts'
import { type DrainReason, drainOutbox } from '../../engine/outbox/drain.ts'
import { outboxLock, tellChanged } from '../../engine/outbox/turns.ts'

/** Browsers end a service worker's event after five minutes; what is left then goes with the next one. */
const longestMs = 4 * 60_000

const nameOf = (database: string): string => `takibi/${database}`

/** Only a database of the very version this code knows: a service worker makes none, and changes none under the pages that use it. */
export async function isKnown(database: string): Promise<boolean> {
  const all = await indexedDB.databases()
  return all.some(({ name, version }) => name === nameOf(database) && version === schemaVersion)
}

async function drain(database: string, reason: DrainReason): Promise<{ readonly isLate: boolean }> {
  if (!(await isKnown(database))) return { isLate: false }
  const signal = AbortSignal.timeout(longestMs)
  const body = async (): Promise<{ readonly isLate: boolean }> => {
    await using store = await openIndexedDbStore(nameOf(database))
    using broadcast = openWebBroadcast(nameOf(database))
    const onProgress = (): void => tellChanged(broadcast.post)
    return await drainOutbox({ store, http: webHttp, clock: webClock, random: webRandom, onProgress }, reason, signal)
  }
  try {
    return await webLocks(navigator.locks).hold(outboxLock(database), body, signal)
  } catch (thrown) {
    // A page that upgrades or deletes the database, a full disk, the end of the time: all of it is there the next time.
    if (signal.aborted || (typeof thrown === 'object' && thrown !== null && 'code' in thrown)) return { isLate: true }
    throw thrown
  }
}

/** Under way, by database. Who asks meanwhile is answered by a drain that begins after this one. */
const now = new Map<string, Promise<{ readonly isLate: boolean }>>()
const next = new Map<string, Promise<{ readonly isLate: boolean }>>()

const start = (database: string, reason: DrainReason): Promise<{ readonly isLate: boolean }> => {
  const running = drain(database, reason).finally(() => now.delete(database))
  now.set(database, running)
  return running
}

/** Sends what waits in a database, one drain at a time. Resolves with whether it is to be tried again. */
export function drainDatabase(database: string, reason: DrainReason): Promise<{ readonly isLate: boolean }> {
  const running = now.get(database)
  if (!running) return start(database, reason)
  const waiting = next.get(database)
  if (waiting) return waiting
  const after = running
    .catch(() => undefined)
    .then(() => {
      next.delete(database)
      return start(database, reason)
    })
  next.set(database, after)
  return after
}
