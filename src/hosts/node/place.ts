import { join } from 'node:path'
import { memoryBroadcastHub } from '../../adapters/memory/memory-broadcast.ts'
import { memoryLocks } from '../../adapters/memory/memory-locks.ts'
import { keysWithPaper } from '../../adapters/memory/keys-with-paper.ts'
import { broadcastOn } from '../../adapters/node/broadcast-topic.ts'
import { keysOfSeed, openKeyFile } from '../../adapters/node/key-file.ts'
import { openPaperKeyFile, openPaperKeyRow } from '../../adapters/node/paper-key-file.ts'
import { openLevelDbStore } from '../../adapters/node/leveldb-store.ts'
import { openPostgresBroadcast } from '../../adapters/node/postgres-broadcast.ts'
import { openDatabase } from '../../adapters/node/postgres-database.ts'
import { openFailure } from '../../adapters/node/postgres-failure.ts'
import { postgresLocks } from '../../adapters/node/postgres-locks.ts'
import { openPostgresStore } from '../../adapters/node/postgres-store.ts'
import { openSeedRow } from '../../adapters/node/seed-row.ts'
import { openTransportKeyFile, transportKeyOfSeed } from '../../adapters/node/transport-key-file.ts'
import type { Broadcast, Keys, Locks, Log, PaperKey, Store, TransportKey } from '../../ports/index.ts'

/** Where the data lies: in a folder of its own, or in a PostgreSQL that several processes may share. */
export type Place = { readonly dataDir: string } | { readonly databaseUrl: string }

/** The ports that depend on where the data lies. Disposing of the store ends all of them. */
export interface Ground {
  /** Names the database in the locks. */
  readonly database: string
  readonly store: Store
  /** The paper key signs here too, while it is kept. */
  readonly keys: Keys
  readonly paper: PaperKey
  readonly transportKey: TransportKey
  readonly locks: Locks
  /** Between the processes that have it open: each of them hears what the others said about the same. */
  readonly broadcastOn: (topic: string) => Broadcast
}

/**
 * A data directory, made where it is not there:
 *
 *     <dataDir>/key             the device key, mode 0600
 *     <dataDir>/transport-key   the key by which its peers know it, mode 0600
 *     <dataDir>/paper-key       the founder of its person, mode 0600, until its words are confirmed
 *     <dataDir>/store           LevelDB
 *
 * LevelDB lets one process in at a time, so locks and announcements need not leave it.
 */
async function openFolder(dataDir: string): Promise<Ground> {
  const paper = openPaperKeyFile(join(dataDir, 'paper-key'))
  const keys = keysWithPaper(await openKeyFile(join(dataDir, 'key')), paper)
  const transportKey = await openTransportKeyFile(join(dataDir, 'transport-key'))
  const store = await openLevelDbStore(join(dataDir, 'store'))
  return {
    database: dataDir,
    store,
    keys,
    paper,
    transportKey,
    locks: memoryLocks(),
    broadcastOn: () => memoryBroadcastHub()(),
  }
}

/** A PostgreSQL. The keys lie in it too, so that all processes on it are one node. */
async function openDatabaseUrl(databaseUrl: string, log: Log): Promise<Ground> {
  const open = () => openDatabase(databaseUrl, (reason) => log.warn('A connection to the database broke', { reason }))
  const database = open()
  const store = await openPostgresStore(database)
  const waiting = open()
  try {
    const paper = openPaperKeyRow(store)
    const keys = keysWithPaper(keysOfSeed(await openSeedRow(store, 'device')), paper)
    const transportKey = transportKeyOfSeed(await openSeedRow(store, 'transport'))
    const { rows } = await database.query<{ readonly name: string }>(
      "SELECT current_database() || '/' || current_schema() AS name",
    )
    const broadcast = await openPostgresBroadcast(databaseUrl, database, log)
    const end = async (): Promise<void> => {
      await broadcast[Symbol.asyncDispose]()
      await waiting.end()
      await store[Symbol.asyncDispose]()
    }
    let ended: Promise<void> | undefined
    return {
      database: rows[0]?.name ?? 'postgres',
      store: { ...store, [Symbol.asyncDispose]: () => (ended ??= end()) },
      keys,
      paper,
      transportKey,
      locks: postgresLocks(waiting, database),
      broadcastOn: (topic) => broadcastOn(broadcast, topic),
    }
  } catch (thrown) {
    await waiting.end()
    await store[Symbol.asyncDispose]()
    throw openFailure(thrown)
  }
}

/** Opens a place. Rejects with a plain failure: `store/…` or `host/key-file`. */
export const openPlace = (place: Place, log: Log): Promise<Ground> =>
  'dataDir' in place ? openFolder(place.dataDir) : openDatabaseUrl(place.databaseUrl, log)
