import { randomBytes } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import type { Client } from 'pg'
import type { Broadcast } from '../../ports/broadcast.ts'
import type { Log } from '../../ports/log.ts'
import { type Database, openConnection } from './postgres-database.ts'

/** Kept so long for a process that lost its connection for a while. */
const keptFor = '10 minutes'
/** Messages between two clean-ups. */
const messagesPerCleanup = 200
/** Milliseconds between two attempts to listen again: at first, and at most. */
const patience = { first: 100, most: 5_000 } as const
/** The second number of our advisory locks: the one under which messages get their numbers. */
const postLock = 0x7461_6b62

/** The lock is let go with the statement's end, so numbers appear in their order, and none appears below one that was heard. */
const post = `
  WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock(${postLock}, 'takibi_messages'::regclass::oid::int)),
  put AS (INSERT INTO takibi_messages (sender, body) SELECT $1, $2 FROM held RETURNING id)
  SELECT pg_notify('takibi_' || 'takibi_messages'::regclass::oid, '') FROM put`

interface Message {
  readonly id: string
  readonly sender: string
  readonly body: Buffer
}

export interface PostgresBroadcast extends Broadcast, AsyncDisposable {}

/**
 * Announcements lie in a table, whose numbers tell what was heard already; NOTIFY, which takes no more than 8,000 bytes, only wakes. So nothing is
 * missed while a connection is broken for less than ten minutes.
 *
 * Listens on a connection of its own, and listens again when that breaks. Rejects where it cannot listen at first. The store is open already: the
 * table came with its own.
 */
export async function openPostgresBroadcast(url: string, database: Database, log: Log): Promise<PostgresBroadcast> {
  const self = randomBytes(12).toString('hex')
  const listeners = new Set<(message: unknown) => void>()
  const life = new AbortController()
  let connection: Client | undefined
  let posted = 0
  let lastPost: Promise<unknown> = Promise.resolve()
  let lastRead: Promise<void> = Promise.resolve()

  const { rows } = await database.query<{ readonly last: string }>(
    'SELECT coalesce(max(id), 0) AS last FROM takibi_messages',
  )
  let heard = rows[0]?.last ?? '0'

  const read = async (): Promise<void> => {
    const found = await database.query<Message>(
      'SELECT id, sender, body FROM takibi_messages WHERE id > $1 ORDER BY id',
      [heard],
    )
    for (const { id, sender, body } of found.rows) {
      heard = id
      if (sender === self) continue
      const message: unknown = deserialize(body)
      for (const listener of listeners) listener(message)
    }
  }
  /** One reading at a time, so that each message is heard once and in its turn. */
  const readInTurn = (): void => {
    lastRead = lastRead.then(read).catch((error: unknown) => {
      if (!life.signal.aborted) log.warn('Could not read what other processes announced', { reason: String(error) })
    })
  }
  const listen = async (): Promise<void> => {
    const client = await openConnection(url)
    client.on('notification', readInTurn)
    client.on('error', () => undefined)
    client.on('end', () => void listenAgain())
    const channel = await client.query<{ readonly name: string }>(
      "SELECT 'takibi_' || 'takibi_messages'::regclass::oid AS name",
    )
    await client.query(`LISTEN ${channel.rows[0]?.name}`)
    connection = client
  }
  const listenAgain = async (): Promise<void> => {
    for (let wait: number = patience.first; !life.signal.aborted; wait = Math.min(2 * wait, patience.most)) {
      await new Promise((resolve) => setTimeout(resolve, wait).unref())
      try {
        await listen()
        readInTurn()
        return
      } catch (error) {
        log.warn('Lost the database; trying again', { reason: String(error) })
      }
    }
  }
  await listen()
  readInTurn()

  const send = async (body: Uint8Array): Promise<void> => {
    await database.query(post, [self, body])
    if (++posted % messagesPerCleanup === 0)
      await database.query(`DELETE FROM takibi_messages WHERE at < now() - interval '${keptFor}'`)
  }
  return {
    post: (message) => {
      const body = serialize(message)
      lastPost = lastPost
        .then(() => send(body))
        .catch((error: unknown) => log.warn('Could not announce a change', { reason: String(error) }))
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    [Symbol.asyncDispose]: async () => {
      life.abort()
      await connection?.end()
      await Promise.all([lastPost, lastRead])
    },
  }
}
