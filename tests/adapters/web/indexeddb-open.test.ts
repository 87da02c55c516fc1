import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { openDB } from 'idb'
import { expect, test, vi } from 'vitest'
import { openIndexedDbStore } from '../../../src/adapters/web/indexeddb-store.ts'
import { item, view, documentIdOf } from '../../contracts/store-samples.ts'
import { upgradeContract } from '../../contracts/store-upgrade.ts'
import { readRows } from '../../fixtures/rows-json.ts'

type Tables = Readonly<Record<string, readonly (readonly [IDBValidKey, unknown])[]>>

upgradeContract(async () => {
  const tables = readRows(readFileSync('tests/fixtures/database-v1/indexeddb.json', 'utf8')) as Tables
  const database = await openDB('from version 1', 1, {
    upgrade: (fresh) => {
      for (const [table, rows] of Object.entries(tables)) {
        const made = fresh.createObjectStore(table)
        if (table === 'views') made.createIndex('k', 'keys', { multiEntry: true })
        if (table === 'pending') made.createIndex('awaits', 'awaits')
        for (const [key, value] of rows) void made.put(value, key)
      }
    },
  })
  database.close()
  return openIndexedDbStore('from version 1')
})

test('[S21] an upgrade closes the connections of older code, which tells its host', async () => {
  const onClosed = vi.fn<() => void>()
  await using old = await openIndexedDbStore('upgraded', { version: 1, onClosed })
  await old.commit([{ put: 'local', key: 'k', value: 1 }], [])
  await using store = await openIndexedDbStore('upgraded')
  expect(onClosed).toHaveBeenCalledOnce()
  await expect(old.commit([item({ document: 'b', log: 1 })], [])).rejects.toEqual({ code: 'store/closed' })
  expect(await store.local('k')).toBe(1)
})

test('[S21] an upgrade that another connection does not let through is blocked, and leaves nothing open', async () => {
  const stubborn = await openDB('blocked', 1)
  await expect(openIndexedDbStore('blocked')).rejects.toEqual({ code: 'store/blocked' })
  stubborn.close()
  await using store = await openIndexedDbStore('blocked again')
  expect(await store.queue(1)).toEqual([])
  // The late connection of the first attempt was closed, so deleting is not blocked.
  const deleting = indexedDB.deleteDatabase('blocked')
  await new Promise((resolve, reject) => {
    deleting.addEventListener('success', resolve)
    deleting.addEventListener('blocked', () => reject(new Error('somebody holds on')))
  })
})

test('[S22] a database of a newer app is left alone', async () => {
  const newer = await openDB('newer', 30)
  newer.close()
  await expect(openIndexedDbStore('newer', { version: 2 })).rejects.toEqual({
    code: 'store/newer',
    found: 30,
    known: 2,
  })
})

test('[S23] a browser without IndexedDB, or with storage switched off, says why', async () => {
  const factory = globalThis.indexedDB
  vi.stubGlobal('indexedDB', undefined)
  await expect(openIndexedDbStore('x')).rejects.toMatchObject({ code: 'store/unavailable' })
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    },
  })
  const failure = { code: 'store/unavailable', reason: 'SecurityError: The operation is insecure.' }
  await expect(openIndexedDbStore('x')).rejects.toEqual(failure)
  vi.stubGlobal('indexedDB', factory)
})

test('[S12] browsers without getAllRecords find the same rows by cursor', async () => {
  const getAllRecords = Object.getOwnPropertyDescriptor(IDBIndex.prototype, 'getAllRecords')!
  await using store = await openIndexedDbStore('cursors')
  const rows = ['b', 'a', 'c'].map((name) => view(name, [[1, name, documentIdOf(name)]]))
  await store.commit(
    rows.map((value) => ({ put: 'view', value }) as const),
    [],
  )
  Object.defineProperty(IDBIndex.prototype, 'getAllRecords', { value: undefined, configurable: true })
  const found = await store.viewsIn({ prefix: [1], direction: 'desc', limit: 2 })
  expect(found.map(({ row }) => row)).toEqual([rows[2], rows[0]])
  Object.defineProperty(IDBIndex.prototype, 'getAllRecords', getAllRecords)
})
