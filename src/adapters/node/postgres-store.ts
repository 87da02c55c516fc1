import type { ClientBase } from 'pg'
import type { Store, StoreFailure } from '../../ports/store.ts'
import { rowStore } from '../layout/row-store.ts'
import { schemaVersion } from '../layout/tables.ts'
import { type Database, inTransaction } from './postgres-database.ts'
import { openFailure } from './postgres-failure.ts'
import { rowKey } from './postgres-keys.ts'
import { postgresRows } from './postgres-rows.ts'

/**
 * Everything lies in two tables, in the layout of adapters/layout: rows by key, and the index over views and pending entries. What is signed and
 * hashed does not get smaller by packing, so the database need not try. `name` is the whole key where that is too long for a B-tree. What processes
 * tell each other lies in a third (postgres-broadcast.ts).
 */
const makeTables = `
  CREATE TABLE IF NOT EXISTS takibi_rows (key bytea PRIMARY KEY, name bytea, value bytea NOT NULL);
  ALTER TABLE takibi_rows ALTER COLUMN value SET STORAGE EXTERNAL;
  CREATE TABLE IF NOT EXISTS takibi_index (key bytea PRIMARY KEY, row bytea NOT NULL);
  CREATE INDEX IF NOT EXISTS takibi_index_row ON takibi_index (row);
  CREATE TABLE IF NOT EXISTS takibi_messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sender text NOT NULL,
    body bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  );
`
const openLock = 0x7461_6b6f
const versionKey = rowKey('meta', ['version'])

/** Makes the tables where there are none, and stamps them. The first version that lay in a PostgreSQL was 3, so there is nothing to bring up to it. */
async function prepare(client: ClientBase, version: number): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${openLock})`)
  await client.query(makeTables)
  const { rows } = await client.query<{ readonly value: Buffer }>('SELECT value FROM takibi_rows WHERE key = $1', [
    versionKey,
  ])
  const found = rows[0]?.value[0] ?? version
  if (found > version) throw { code: 'store/newer', found, known: version } satisfies StoreFailure as unknown as Error
  await client.query(
    'INSERT INTO takibi_rows (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value',
    [versionKey, Uint8Array.of(version)],
  )
}

/**
 * Opens the store in this database, made where there is none; closes the connections with it.
 * Rejects with `store/unavailable` (the database does not answer, or does not let us in) or `store/newer`.
 */
export async function openPostgresStore(
  database: Database,
  options: { readonly version?: number } = {},
): Promise<Store> {
  try {
    await inTransaction(database, (client) => prepare(client, options.version ?? schemaVersion))
  } catch (error) {
    await database.end()
    throw openFailure(error)
  }
  return rowStore(postgresRows(database))
}
