import { ClassicLevel } from 'classic-level'
import type { Store, StoreFailure } from '../../ports/store.ts'
import { rowStore } from '../layout/row-store.ts'
import { schemaVersion } from '../layout/tables.ts'
import { openFailure } from './leveldb-failure.ts'
import { encodeKey } from './leveldb-keys.ts'
import type { Database } from './leveldb-read.ts'
import { levelDbRows } from './leveldb-rows.ts'

const versionKey = encodeKey('meta', ['version'])

/** Step n makes a database of version n out of one of version n - 1. A step that was released is never changed. */
const steps: readonly ((database: Database) => Promise<void>)[] = [
  async () => {},
  // Version 2 added the outbox, version 3 the parts of scopes; LevelDB has no tables that would have to be made.
  async () => {},
  async () => {},
]

const versionOf = async (database: Database): Promise<number> => (await database.get(versionKey))?.[0] ?? 0

/** Step by step, each stamped before the next begins, so that a crash goes on where it was. */
const upgrade = async (database: Database, version: number): Promise<void> => {
  const found = await versionOf(database)
  if (found > version) throw { code: 'store/newer', found, known: version } satisfies StoreFailure
  for (let next = found + 1; next <= version; next++) {
    await steps[next - 1]?.(database)
    await database.put(versionKey, Uint8Array.of(next), { sync: true })
  }
}

/**
 * Opens the store in this folder, made or brought to the newest version where needed.
 * Rejects with `store/unavailable` (another process has it, or the folder cannot be used) or `store/newer`.
 */
export const openLevelDbStore = async (folder: string, options: { readonly version?: number } = {}): Promise<Store> => {
  const database: Database = new ClassicLevel(folder, { keyEncoding: 'view', valueEncoding: 'view' })
  try {
    await database.open()
    await upgrade(database, options.version ?? schemaVersion)
  } catch (error) {
    await database.close()
    throw openFailure(error, folder)
  }
  return rowStore(levelDbRows(database))
}
