import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgresBroadcast } from '../../../src/adapters/node/postgres-broadcast.ts'
import { type Database, openDatabase } from '../../../src/adapters/node/postgres-database.ts'
import { postgresLocks } from '../../../src/adapters/node/postgres-locks.ts'
import { openPostgresStore } from '../../../src/adapters/node/postgres-store.ts'
import type { Store } from '../../../src/ports/store.ts'
import { locksContract } from '../../contracts/locks.ts'
import { aDatabaseUrl, breakConnections } from '../../postgres/a-database.ts'

const databases: Database[] = []
const open = (url: string): Database => {
  const database = openDatabase(url, () => undefined)
  databases.push(database)
  return database
}
const quiet = { debug: () => undefined, warn: () => undefined }
const until = async (isSo: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500 && !isSo(); turn++) await new Promise((resolve) => setTimeout(resolve, 10))
  if (!isSo()) throw new Error('It never came to be so')
}

let url = ''
let store: Store
beforeAll(async () => {
  url = await aDatabaseUrl()
  store = await openPostgresStore(openDatabase(url, () => undefined))
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await Promise.all(databases.map((database) => database.end()))
})

locksContract('PostgreSQL', () => [postgresLocks(open(url), open(url)), postgresLocks(open(url), open(url))], 'each')

describe('announcements through PostgreSQL', () => {
  const two = async () => {
    const [a, b] = await Promise.all([0, 1].map(() => openPostgresBroadcast(url, open(url), quiet)))
    if (!a || !b) throw new Error('two were opened')
    return { a, b, close: () => Promise.all([a[Symbol.asyncDispose](), b[Symbol.asyncDispose]()]) }
  }

  test('[C6] all others hear a message, of any size, in its turn; the sender does not', async () => {
    const { a, b, close } = await two()
    const heard: unknown[] = []
    const own: unknown[] = []
    a.subscribe((message) => own.push(message))
    b.subscribe((message) => heard.push(message))
    const large = { documentIds: new Set(Array.from({ length: 2_000 }, (_, n) => `0020${n}`)), schemas: true }
    const message = { n: [1] }
    a.post(message)
    message.n.push(2)
    a.post(large)
    for (let n = 0; n < 50; n++) a.post(n)
    await until(() => heard.length === 52)
    expect(heard).toEqual([{ n: [1] }, large, ...Array.from({ length: 50 }, (_, n) => n)])
    expect(own).toEqual([])
    await close()
  })

  test('[C6] what is said while a connection is broken is heard when it is there again', async () => {
    const { a, b, close } = await two()
    const heard: unknown[] = []
    b.subscribe((message) => heard.push(message))
    await breakConnections(url, 'LISTEN')
    a.post('meanwhile')
    await until(() => heard.length === 1)
    a.post('later')
    await until(() => heard.length === 2)
    expect(heard).toEqual(['meanwhile', 'later'])
    await close()
  })
})

test('[L3] a lock whose process is gone is free again', async () => {
  const lost = open(url)
  const stop = new AbortController()
  const never = new AbortController().signal
  let isHeld = false
  const holding = postgresLocks(lost, open(url)).hold(
    'lost',
    () =>
      new Promise<void>((resolve) => {
        isHeld = true
        stop.signal.addEventListener('abort', () => resolve())
      }),
    never,
  )
  await until(() => isHeld)
  await breakConnections(url, 'SELECT pg_advisory_lock')
  expect(await postgresLocks(open(url), open(url)).hold('lost', async () => 'free', never)).toBe('free')
  stop.abort()
  await holding
})
