import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { Locks } from '../../ports/locks.ts'
import { memoryLocks } from '../memory/memory-locks.ts'
import { type Database, answer } from './postgres-database.ts'

/** PostgreSQL knows locks by number: the first 64 bits of the name's hash. */
const numberOf = (name: string): string => createHash('sha256').update(name).digest().readBigInt64BE().toString()

const ignore = (): void => undefined

/** How often the waiting is cancelled until it is over: a cancellation that comes before the question finds nothing to cancel. */
const cancelMs = 50

/**
 * Waits for the lock on this connection. `pg_cancel_backend` ends the waiting when the signal says so, and then the connection is not used again:
 * the cancellation might come late and hit what it is asked next.
 */
async function take(database: Database, client: PoolClient, number: string, signal: AbortSignal): Promise<void> {
  const pid = (client as PoolClient & { readonly processID: number }).processID
  // It may have been said while the connection was made.
  signal.throwIfAborted()
  const over = new AbortController()
  const cancelUntilOver = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await database.query('SELECT pg_cancel_backend($1)', [pid]).catch(ignore)
      await sleep(cancelMs, undefined, { signal: over.signal }).catch(ignore)
    }
  }
  let cancelling: Promise<void> | undefined
  const cancel = (): void => {
    cancelling = cancelUntilOver()
  }
  signal.addEventListener('abort', cancel, { once: true })
  try {
    await client.query('SELECT pg_advisory_lock($1)', [number])
  } finally {
    over.abort()
    signal.removeEventListener('abort', cancel)
    await cancelling
  }
  signal.throwIfAborted()
}

/**
 * Locks among all processes on one database. Those of one process stand in line here, in the order of asking, and processes take turns; so each
 * name takes one connection, however many wait. A connection that breaks lets go of its locks: whoever thinks to hold one still is kept from harm by
 * what its commits expect.
 * @param database connections for nothing else; `others` for a word beside them
 */
export function postgresLocks(database: Database, others: Database): Locks {
  const here = memoryLocks()
  const holdThere = async <T>(name: string, body: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    const number = numberOf(name)
    const client = await answer(() => database.connect())
    let isBroken = false
    const onError = (): void => {
      isBroken = true
    }
    client.on('error', onError)
    try {
      await answer(() => take(others, client, number, signal)).catch((thrown: unknown) => {
        isBroken = true
        signal.throwIfAborted()
        throw thrown
      })
      return await body()
    } finally {
      if (!isBroken) await client.query('SELECT pg_advisory_unlock($1)', [number]).catch(onError)
      client.off('error', onError)
      client.release(isBroken)
    }
  }
  return { hold: (name, body, signal) => here.hold(name, () => holdThere(name, body, signal), signal) }
}
