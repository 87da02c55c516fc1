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

/** An empty place to keep a database in. */
export async function aDatabaseUrl(): Promise<string> {
  const server = inject('postgresUrl')
  const schema = `test_${randomBytes(6).toString('hex')}`
  await tell(server, `CREATE SCHEMA ${schema}`)
  return `${server}?options=${encodeURIComponent(`-c search_path=${schema}`)}`
}
