import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'

/** Says one thing to the server, on a connection of its own. */
export async function tell(url: string, text: string, values: readonly unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text, [...values])
  } finally {
    await client.end()
  }
}

/** Breaks all connections to this database whose last question began like this. */
export const breakConnections = (url: string, question = ''): Promise<void> =>
  tell(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid() AND starts_with(query, $1)`,
    [question],
  )

/** An empty place to keep a database in. */
export async function aDatabaseUrl(): Promise<string> {
  const server = inject('postgresUrl')
  const schema = `test_${randomBytes(6).toString('hex')}`
  await tell(server, `CREATE SCHEMA ${schema}`)
  return `${server}?options=${encodeURIComponent(`-c search_path=${schema}`)}&application_name=${schema}`
}
