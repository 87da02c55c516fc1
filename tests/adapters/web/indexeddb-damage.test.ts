import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { storeFailure } from '../../../src/adapters/web/indexeddb-failure.ts'
import { openIndexedDbStore } from '../../../src/adapters/web/indexeddb-store.ts'
import type { LogId } from '../../../src/core/ids.ts'
import type { Head } from '../../../src/ports/store.ts'
import { ada, bo, documentIdOf, item, pending, view } from '../../contracts/store-samples.ts'
import { damageRow } from './indexeddb-faults.ts'

let databases = 0
const corrupt = (table: string, key: string) => ({ code: 'store/corrupt', table, key })
const firstLogs = '0000000000000000'

test('[S15] a damaged chunk of heads is named; other logs go on, and nothing is written over it', async () => {
  const name = `damage ${databases++}`
  await using store = await openIndexedDbStore(name)
  const [first, second] = [item({ document: 'a' }), item({ document: 'b', publicKey: bo })]
  await store.commit([first, second], [])
  await damageRow(name, 'heads', [ada, firstLogs])
  const damage = corrupt('heads', `${ada}/${firstLogs}`)
  await expect(store.head(first.head)).rejects.toEqual(damage)
  await expect(store.lastLog(ada)).rejects.toEqual(damage)
  expect(await store.head(second.head)).toEqual(second.head)
  const heads: Head[] = []
  for await (const page of store.allHeads(undefined, new AbortController().signal)) heads.push(...page)
  expect(heads).toEqual([second.head])
  const next = item({ document: 'a', seq: 2 })
  await expect(store.commit([next, { put: 'local', key: 'k', value: 1 }], [])).rejects.toEqual(damage)
  expect(await store.local('k')).toBeUndefined()
  const elsewhere = { publicKey: bo, logId: 0n as LogId }
  const after = item({ document: 'b', publicKey: bo, seq: 2 })
  expect(await store.commit([after], [{ head: elsewhere, hash: second.head.hash }])).toBe('committed')
})

test('[S15] a damaged row is named where it is asked for, and left out of lists', async () => {
  const name = `damage ${databases++}`
  await using store = await openIndexedDbStore(name)
  const [a, b] = [documentIdOf('a'), documentIdOf('b')]
  const [here, there] = [pending('here', 'x'), pending('there', 'x')]
  await store.commit(
    [
      { put: 'view', value: view('a', [[1, a]]) },
      { put: 'view', value: view('b', [[1, b]]) },
      { put: 'pending', value: here },
      { put: 'pending', value: there },
      { put: 'queue', documentIds: [a] },
      { put: 'queue', documentIds: [b] },
      { put: 'local', key: 'one', value: 1 },
      { put: 'local', key: 'two', value: 2 },
    ],
    [],
  )
  await damageRow(name, 'views', [a])
  await damageRow(name, 'pending', [here.id])
  await damageRow(name, 'queue', [1])
  await damageRow(name, 'local', ['one'])
  await expect(store.view(a)).rejects.toEqual(corrupt('views', a))
  await expect(store.local('one')).rejects.toEqual(corrupt('local', 'one'))
  expect(await store.views([a, b])).toEqual([undefined, view('b', [[1, b]])])
  expect(await store.viewsIn({ prefix: [1], direction: 'asc', limit: 9 })).toHaveLength(1)
  expect(await store.allPending(9)).toEqual([there])
  expect(await store.pending(['x'])).toEqual([there])
  expect(await store.queue(9)).toEqual([{ id: 2, documentIds: [b] }])
  expect(await store.localWith('')).toEqual([['two', 2]])
  // A view can be made anew over the damage.
  await store.commit([{ put: 'view', value: view('a', [[1, a]]) }], [])
  expect(await store.countIn({ prefix: [1] })).toBe(2)
})

test('[S15] a long document that lost a segment is damaged, not shorter', async () => {
  const name = `damage ${databases++}`
  await using store = await openIndexedDbStore(name)
  await store.commit(
    Array.from({ length: 200 }, (_, n) => item({ document: 'a', seq: n + 1 })),
    [],
  )
  expect((await store.document(documentIdOf('a')))?.items).toHaveLength(200)
  await damageRow(name, 'docs', [documentIdOf('a'), 2])
  await expect(store.document(documentIdOf('a'))).rejects.toEqual(corrupt('docs', documentIdOf('a')))
})

test('[S17] a transaction that the browser takes away means that the store is closed', async () => {
  await using store = await openIndexedDbStore(`damage ${databases++}`)
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function taken(this: IDBTransaction) {
    this.abort()
  })
  await expect(store.commit([item({ document: 'a' })], [])).rejects.toEqual({ code: 'store/closed' })
  commit.mockRestore()
  expect(await store.document(documentIdOf('a'))).toBeUndefined()
})

test('[S19] what the browser says becomes one of the failures of a store', () => {
  const said = (name: string) => storeFailure(new DOMException('so it is', name))
  expect(said('QuotaExceededError')).toEqual({ code: 'store/full' })
  expect(said('InvalidStateError')).toEqual({ code: 'store/closed' })
  expect(said('UnknownError')).toEqual({ code: 'store/failed', reason: 'UnknownError: so it is' })
  expect(storeFailure(null)).toEqual({ code: 'store/closed' })
  expect(storeFailure({ code: 'store/full' })).toEqual({ code: 'store/full' })
})
