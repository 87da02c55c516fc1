import { openDB, unwrap } from 'idb'
import type { StoreFailure } from '../../ports/store.ts'
import { schemaVersion } from '../layout/tables.ts'
import { storeFailure } from './indexeddb-failure.ts'

/** Names of the two indexes. */
export const viewIndex = 'k'
export const pendingIndex = 'awaits'

/** Step n makes a database of version n out of one of version n - 1. A step that was released is never changed. */
const steps: readonly ((database: IDBDatabase) => void)[] = [
  (database) => {
    for (const table of ['docs', 'heads', 'ids', 'forks', 'queue', 'local', 'meta'] as const)
      database.createObjectStore(table)
    database.createObjectStore('views').createIndex(viewIndex, 'keys', { multiEntry: true })
    database.createObjectStore('pending').createIndex(pendingIndex, 'awaits')
  },
  (database) => {
    database.createObjectStore('outbox')
  },
  (database) => {
    for (const table of ['parts', 'partLogs', 'members'] as const) database.createObjectStore(table)
  },
]

export interface IndexedDbOptions {
  /** For tests of upgrades: an older version than the newest. */
  readonly version?: number
  /** Called once when the database goes away under the store: another tab upgrades or deletes it, or the browser takes it back. */
  readonly onClosed?: () => void
}

/** The version of a database that is newer than this code, found by opening it as it is. */
const versionFound = async (name: string): Promise<number> => {
  const database = await openDB(name)
  const { version } = database
  database.close()
  return version
}

const openFailure = async (name: string, version: number, error: unknown): Promise<StoreFailure> => {
  const kind = error instanceof Error ? error.name : ''
  if (kind === 'VersionError') return { code: 'store/newer', found: await versionFound(name), known: version }
  // SecurityError and InvalidStateError: storage is switched off, by private browsing or by the person.
  if (kind === 'SecurityError' || kind === 'InvalidStateError' || kind === 'NotSupportedError')
    return { code: 'store/unavailable', reason: String(error) }
  return storeFailure(error)
}

/** Opens the database, brought to `version`. It closes itself when another connection wants to upgrade or delete it. */
export const openIndexedDb = async (
  name: string,
  { version = schemaVersion, onClosed }: IndexedDbOptions,
): Promise<IDBDatabase> => {
  if (!('indexedDB' in globalThis) || !globalThis.indexedDB)
    throw { code: 'store/unavailable', reason: 'it has no IndexedDB' } satisfies StoreFailure

  let reportBlocked: (failure: StoreFailure) => void = () => {}
  const blocked = new Promise<never>((_, reject) => {
    reportBlocked = reject
  })
  // Async, since a browser may also throw at once.
  const open = async (): Promise<IDBDatabase> => {
    const database = await openDB(name, version, {
      upgrade: (fresh, from) => {
        for (const step of steps.slice(from, version)) step(unwrap(fresh))
      },
      blocked: () => reportBlocked({ code: 'store/blocked' }),
      blocking: (_from, _to, event) => {
        ;(event.target as IDBDatabase).close()
        onClosed?.()
      },
      terminated: () => onClosed?.(),
    })
    return unwrap(database)
  }
  const opening = open()
  try {
    return await Promise.race([opening, blocked])
  } catch (error) {
    // A blocked request goes on waiting: when it gets through after all, nobody wants its connection any more.
    void opening.then((late) => late.close()).catch(() => {})
    throw await openFailure(name, version, error)
  }
}
