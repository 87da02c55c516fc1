import 'fake-indexeddb/auto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { openLevelDbStore } from '../../src/adapters/node/leveldb-store.ts'
import { openIndexedDbStore } from '../../src/adapters/web/indexeddb-store.ts'
import type { DocumentId, DocumentViewId, PublicKey, SchemaId } from '../../src/core/ids.ts'
import { valuesToFields } from '../../src/core/operation/values.ts'
import type { FieldKind } from '../../src/core/operation/operation.ts'
import type { Schema } from '../../src/core/schema/schema.ts'
import type { Query, Values } from '../../src/engine/api.ts'
import { documentView } from '../../src/engine/document-view.ts'
import type { Family, SortableKind } from '../../src/engine/family.ts'
import { indexKeysOf } from '../../src/engine/index-keys.ts'
import { positionOf } from '../../src/engine/query/order.ts'
import { narrow, rangeOfOrder, understand } from '../../src/engine/query/plan.ts'
import { takeInOrder } from '../../src/engine/query/walk.ts'
import type { Store, ViewRow } from '../../src/ports/store.ts'
import { answer, anyOrder, anyWhere, id, things, types } from './query-cases.ts'
import { call, valueOf } from './support.ts'

const schema: Schema = {
  id: `thing_${id(1)}` as SchemaId,
  name: 'thing',
  description: '',
  fields: Object.entries(types).map(([name, type]) => ({ name, kind: type.split('(')[0] as FieldKind })),
}
const indexed = ['title', 'amount', 'price', 'done', 'parent']
const family: Family = {
  number: 3,
  id: id(1) as DocumentId,
  sortable: indexed.map((name, i) => ({
    name,
    kind: (schema.fields.find((field) => field.name === name)?.kind ?? 'int') as SortableKind,
    index: 16 + i,
    isReady: true,
  })),
}

/** Views without the documents they are of: the walk asks for no more. */
const storeViews = async (store: Store, all: readonly Values[]): Promise<readonly ViewRow[]> => {
  const rows = all.map((thing, i): ViewRow => {
    const row = {
      documentId: id(1000 + ((i * 7919) % 9000)) as DocumentId,
      viewId: id(i) as DocumentViewId,
      schemaId: schema.id,
      owner: '00'.repeat(32) as PublicKey,
      fields: valueOf(valuesToFields(thing, schema, { partial: true })),
      isDeleted: false,
      isEdited: false,
      mark: 'private',
      pendingOperations: 0,
      createdAt: i,
      changedAt: i % 5,
    } as const
    return { ...row, keys: indexKeysOf(row, family) }
  })
  await store.commit(
    rows.map((value) => ({ put: 'view', value })),
    [],
  )
  return rows
}

/** All pages, each by a walk along the index of the order. */
const walkAll = async (store: Store, query: Query): Promise<readonly DocumentId[]> => {
  const found: DocumentId[] = []
  const understood = valueOf(understand(query, schema))
  const range = rangeOfOrder(understood, family, narrow(understood, family))
  if ('missing' in range) throw new Error('All orders have their index here')
  let { after } = understood
  for (;;) {
    const walk = { ...range, order: understood.order, matches: understood.matches }
    const taken = await takeInOrder(store, walk, after, understood.first, call.signal)
    const rows = taken?.rows ?? []
    found.push(...rows.map(({ documentId }) => documentId))
    const last = rows.at(-1)
    if (!last || rows.length < understood.first) return found
    after = positionOf(last, understood.order)
  }
}

const stores: readonly (readonly [name: string, runs: number, open: () => Promise<Store>])[] = [
  ['memory', 400, async () => openMemoryStore()],
  ['IndexedDB', 60, () => openIndexedDbStore('walks')],
  ['LevelDB', 60, async () => openLevelDbStore(await mkdtemp(join(tmpdir(), 'takibi-walks-')))],
]

test.each(stores)(
  'in %s a walk along an index finds what looking at everything finds, whatever the page size',
  async (_, numRuns, open) => {
    await using store = await open()
    const rows = await storeViews(
      store,
      things.map((thing) => ({ ...thing })),
    )
    const all = rows.map(documentView)
    await fc.assert(
      fc.asyncProperty(
        anyWhere,
        fc.array(anyOrder, { maxLength: 3 }),
        fc.integer({ min: 1, max: 150 }),
        async (where, orderBy, first) => {
          const query = { schema: schema.id, where, orderBy, first }
          expect(await walkAll(store, query)).toEqual(answer(all, query))
        },
      ),
      { numRuns },
    )
  },
)

test('thousands of titles that agree in their first 64 characters are ordered by the rest, a page at a time', async () => {
  const store = openMemoryStore()
  const start = 'the same beginning '.repeat(5)
  const rows = await storeViews(
    store,
    Array.from({ length: 3000 }, (_, i) => ({ title: `${start}${(i * 7) % 3000}` })),
  )
  const query: Query = { schema: schema.id, orderBy: [{ by: 'title', direction: 'desc' }], first: 700 }
  expect(await walkAll(store, query)).toEqual(answer(rows.map(documentView), query))
})

test('a first page reads little of a long index', async () => {
  const store = openMemoryStore()
  await storeViews(
    store,
    Array.from({ length: 3000 }, (_, i) => ({ amount: i })),
  )
  let read = 0
  const counting: Store = {
    ...store,
    viewsIn: async (range) => {
      const rows = await store.viewsIn(range)
      read += rows.length
      return rows
    },
  }
  const understood = valueOf(
    understand({ schema: schema.id, orderBy: [{ by: 'amount', direction: 'asc' }], first: 100 }, schema),
  )
  const range = rangeOfOrder(understood, family, [])
  if ('missing' in range) throw new Error('All orders have their index here')
  const walk = { ...range, order: understood.order, matches: understood.matches }
  const taken = await takeInOrder(counting, walk, undefined, 101, call.signal)
  expect(taken?.rows).toHaveLength(101)
  expect(read).toBe(101)
})
