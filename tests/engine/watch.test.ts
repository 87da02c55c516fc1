import { expect, test } from 'vitest'
import type { Change, DocumentView, QueryPage } from '../../src/engine/api.ts'
import { memoryBroadcastHub } from '../../src/adapters/memory/memory-broadcast.ts'
import { memoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { call, createAll, define, listen, until, valueOf } from './support.ts'

test('a watched query reports now and after changes of its family, and stays silent about others', async () => {
  const { api } = memoryEngine(41)
  const { id: schema } = await define(api, { title: 'str' })
  const other = await define(api, { title: 'str' }, { name: 'other' })
  const watched = listen<QueryPage>((to) =>
    api.watchQuery({ schema, orderBy: [{ by: 'title', direction: 'asc' }] }, to),
  )
  await until(() => watched.said.length === 1)
  await createAll(api, schema, [{ title: 'b' }])
  await until(() => watched.said.length === 2)
  await createAll(api, other.id, [{ title: 'x' }])
  const [a] = await createAll(api, schema, [{ title: 'a' }])
  await until(() => watched.said.at(-1)?.documents.length === 2)
  expect(watched.said.map(({ documents }) => documents.map(({ fields }) => fields['title']))).toEqual([
    [],
    ['b'],
    ['a', 'b'],
  ])
  valueOf(await api.publish([{ action: 'delete', document: a! }], call))
  await until(() => watched.said.at(-1)?.documents.length === 1)
  await watched.end()
  const before = watched.said.length
  await createAll(api, schema, [{ title: 'c' }])
  expect(watched.said).toHaveLength(before)
  await api.close()
})

test('many changes at once make few reports, and the last one is right', async () => {
  const { api } = memoryEngine(42)
  const { id: schema } = await define(api, { title: 'str' })
  const watched = listen<QueryPage>((to) => api.watchQuery({ schema, first: 1000 }, to))
  await Promise.all(Array.from({ length: 30 }, (_, i) => createAll(api, schema, [{ title: `${i}` }])))
  await until(() => watched.said.at(-1)?.documents.length === 30)
  expect(watched.said.length).toBeLessThanOrEqual(32)
  expect(watched.said.at(-1)?.totalCount).toBe(30)
  await watched.end()
  await api.close()
})

test('the total of a filtered query follows every kind of change', async () => {
  const { api } = memoryEngine(49)
  const { id: schema } = await define(api, { title: 'str', done: 'bool' }, { sortable: ['done'] })
  const other = { title: 'x', done: true }
  const ids = await createAll(
    api,
    schema,
    Array.from({ length: 5 }, (_, i) => ({ title: `${i}`, done: i < 2 })),
  )
  const watched = listen<QueryPage>((to) => api.watchQuery({ schema, where: { done: { eq: true } }, first: 1 }, to))
  const total = (): number | null | undefined => watched.said.at(-1)?.totalCount
  await until(() => total() === 2)
  valueOf(await api.publish([{ action: 'update', document: ids[3]!, fields: { done: true } }], call))
  await until(() => total() === 3)
  valueOf(await api.publish([{ action: 'update', document: ids[0]!, fields: { title: 'still done' } }], call))
  valueOf(await api.publish([{ action: 'update', document: ids[1]!, fields: { done: false } }], call))
  await until(() => total() === 2)
  valueOf(await api.publish([{ action: 'delete', document: ids[3]! }], call))
  await until(() => total() === 1)
  // More at once than anybody is told of one by one.
  await createAll(
    api,
    schema,
    Array.from({ length: 100 }, () => other),
  )
  await until(() => total() === 101)
  expect(watched.said.at(-1)).toMatchObject({ totalCount: 101, hasNextPage: true })
  await watched.end()
  await api.close()
})

test('an order that nobody asked for before builds its index, says how far it is, and keeps it for the next time', async () => {
  const { api, store } = memoryEngine(43)
  const { id: schema } = await define(api, { title: 'str', size: 'float' }, { sortable: ['title'] })
  await createAll(
    api,
    schema,
    Array.from({ length: 40 }, (_, i) => ({ title: `${i}`, size: -i })),
  )
  const query = { schema, orderBy: [{ by: 'size', direction: 'asc' }], first: 3 } as const
  const watched = listen<QueryPage>((to) => api.watchQuery(query, to))
  await until(() => (watched.said.at(-1)?.documents.length ?? 0) > 0)
  expect(watched.said[0]).toMatchObject({ documents: [], indexing: 0 })
  expect(watched.said.at(-1)?.documents.map(({ fields }) => fields['size'])).toEqual([-39, -38, -37])
  await watched.end()
  expect(valueOf(await api.schemas()).find(({ id }) => id === schema)?.sortable).toEqual(['title', 'size'])
  await createAll(api, schema, [{ title: 'new', size: -100 }])
  expect(valueOf(await api.query(query, call)).documents[0]?.fields['size']).toBe(-100)
  const rows = await store.localWith('engine/family/')
  expect(JSON.stringify(rows)).toContain('"name":"size"')
  await api.close()
})

test('a filter that no index can count shows its page at once, and its total when it was counted', async () => {
  const { api } = memoryEngine(44)
  const { id: schema } = await define(api, { title: 'str' })
  await createAll(
    api,
    schema,
    Array.from({ length: 300 }, (_, i) => ({ title: `${i}` })),
  )
  valueOf(await api.query({ schema }, call))
  const watched = listen<QueryPage>((to) =>
    api.watchQuery({ schema, where: { title: { contains: '1' } }, first: 2 }, to),
  )
  await until(() => watched.said.length === 2)
  expect(watched.said.map(({ totalCount, hasNextPage }) => [totalCount, hasNextPage])).toEqual([
    [null, true],
    [138, true],
  ])
  await watched.end()
  await api.close()
})

test('engines on one database hear of each other’s changes', async () => {
  const database = memoryDatabase()
  const hub = memoryBroadcastHub()
  const one = memoryEngine(45, { store: openMemoryStore(database), broadcast: hub() })
  const two = memoryEngine(46, { store: openMemoryStore(database), broadcast: hub() })
  const { id: schema } = await define(one.api, { title: 'str' })
  const [id] = await createAll(one.api, schema, [{ title: 'a' }])
  const query = listen<QueryPage>((to) => two.api.watchQuery({ schema }, to))
  const document = listen<DocumentView | undefined>((to) => two.api.watchDocument(id!, to))
  const history = listen<readonly Change[]>((to) => two.api.watchHistory(id!, to))
  await until(() => query.said.length === 1 && document.said.length === 1 && history.said.length === 1)
  valueOf(await one.api.publish([{ action: 'update', document: id!, fields: { title: 'b' } }], call))
  await until(() => query.said.at(-1)?.documents[0]?.fields['title'] === 'b')
  await until(() => document.said.at(-1)?.fields['title'] === 'b' && history.said.at(-1)?.length === 2)
  expect(valueOf(await two.api.history(id!))).toEqual(history.said.at(-1))
  for (const watcher of [query, document, history]) await watcher.end()
  await one.api.close()
  await two.api.close()
})
