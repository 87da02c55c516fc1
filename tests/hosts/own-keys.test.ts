import { expect, test } from 'vitest'
import { memoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { memoryKeys } from '../../src/adapters/memory/memory-keys.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { ownKeys } from '../../src/hosts/own-keys.ts'
import type { Keys } from '../../src/ports/index.ts'

const { signal } = new AbortController()
const seeded = (byte: number): Keys => memoryKeys([new Uint8Array(32).fill(byte)])
const noKeys: Keys = {
  publicKeys: () => Promise.reject({ code: 'signer/unavailable', reason: 'its database is damaged' }),
  signEntries: () => Promise.reject({ code: 'signer/unavailable', reason: 'its database is damaged' }),
  signHello: () => Promise.reject({ code: 'signer/unavailable', reason: 'its database is damaged' }),
}

test('a database keeps the key it was first opened with', async () => {
  const store = openMemoryStore()
  const keys = seeded(1)
  const first = await ownKeys(keys, store)
  const again = await ownKeys(keys, store)
  for (const own of [first, again]) {
    expect(await own.publicKeys()).toEqual(await keys.publicKeys())
    expect(await own.signEntries([], signal)).toEqual([])
  }
})

test('another key in its place may read and not write', async () => {
  const store = openMemoryStore()
  const first = await (await ownKeys(seeded(1), store)).publicKeys()
  const keys = await ownKeys(seeded(2), store)
  expect(await keys.publicKeys()).toEqual(first)
  await expect(keys.signEntries([], signal)).rejects.toEqual({ code: 'signer/gone' })
  await expect(keys.signHello(0, new Uint8Array(32), signal)).rejects.toEqual({ code: 'signer/gone' })
})

test('no key at all is a failure of a new database, and no reason not to read an old one', async () => {
  const store = openMemoryStore()
  await expect(ownKeys(noKeys, store)).rejects.toMatchObject({ code: 'signer/unavailable' })
  const first = await (await ownKeys(seeded(1), store)).publicKeys()
  const keys = await ownKeys(noKeys, store)
  expect(await keys.publicKeys()).toEqual(first)
  await expect(keys.signEntries([], signal)).rejects.toMatchObject({ code: 'signer/unavailable' })
})

test('of two who open a new database at once, one key stays', async () => {
  const database = memoryDatabase()
  const opened = await Promise.all([1, 2].map((byte) => ownKeys(seeded(byte), openMemoryStore(database))))
  const [a, b] = await Promise.all(opened.map((keys) => keys.publicKeys()))
  expect(a).toEqual(b)
})
