import { Client, Pool, type PoolClient } from 'pg'
import type { StoreFailure } from '../../ports/store.ts'
import { storeFailure } from './postgres-failure.ts'

/** Connections to one database that commits and reads take turns on. */
export type Database = Pool

/** Connections of one process: PostgreSQL allows some 100 in all. */
const maxConnections = 10
/** Milliseconds until a database that does not answer counts as gone. */
const connectTimeoutMs = 10_000

/**
 * Opens connections to the database of this URL (`postgres://user:password@host/name`).
 * @param onLost told when a connection that nobody was using broke; the next question makes a new one
 */
export function openDatabase(url: string, onLost: (reason: string) => void): Database {
  try {
    const pool = new Pool({
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: connectTimeoutMs,
      application_name: 'takibi',
    })
    pool.on('error', (error) => onLost(error.message))
    return pool
  } catch (error) {
    throw { code: 'store/unavailable', reason: String(error) } satisfies StoreFailure as unknown as Error
  }
}

/** A connection of its own, for what waits (locks, announcements). Ends with the process or by `end`. */
export async function openConnection(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'takibi',
  })
  await client.connect()
  return client
}

/** Runs something in one transaction, or in none: whatever it throws takes all of it back. */
export async function inTransaction<T>(database: Database, body: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.connect()
  let broken: Error | undefined
  // The question that is asked hears of a broken connection by itself; nobody listening would end the process.
  const onError = (error: Error): void => void (broken = error)
  client.on('error', onError)
  try {
    await client.query('BEGIN')
    const done = await body(client)
    await client.query('COMMIT')
    return done
  } catch (thrown) {
    // A connection that cannot even take back is thrown away.
    await client.query('ROLLBACK').catch((error: Error) => (broken = error))
    throw thrown
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/** What a call rejects with, in the store's words. */
export const answer = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    throw storeFailure(error)
  }
}
