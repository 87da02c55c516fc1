import type { Store } from '../../ports/store.ts'
import { rowStore } from '../layout/row-store.ts'
import { type IndexedDbOptions, openIndexedDb } from './indexeddb-open.ts'
import { indexedDbRows } from './indexeddb-rows.ts'

/**
 * Opens the store of one database in this browser, made or brought to the newest version where needed.
 * Rejects with `store/unavailable` (no IndexedDB here), `store/blocked` (another tab holds an older version and does not let go),
 * `store/newer` (a newer app was here) or what any call can meet.
 */
export const openIndexedDbStore = async (name: string, options: IndexedDbOptions = {}): Promise<Store> =>
  rowStore(indexedDbRows(await openIndexedDb(name, options)))
