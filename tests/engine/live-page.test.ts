import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DocumentId, SchemaId } from '../../src/core/ids.ts'
import type { Draft, EngineApi, Query, QueryPage } from '../../src/engine/api.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import type { Store } from '../../src/ports/store.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { call, createAll, define, listen, until, valueOf } from './support.ts'

const byRank = [{ by: 'rank', direction: 'asc' }] as const
const open = { done: { eq: false } } as const

/** A list of things, each with a rank, so many of them ticked off. */
const listOf = async (
  seed: number,
  length: number,
  store?: Store,
): Promise<{ readonly api: EngineApi; readonly schema: SchemaId; readonly ids: readonly DocumentId[] }> => {
  const { api } = memoryEngine(seed, store ? { store } : {})
  const { id: schema } = await define(api, { rank: 'int', done: 'bool' }, { sortable: ['rank', 'done'] })
  const things = Array.from({ length }, (_, rank) => ({ rank, done: rank % 3 === 0 }))
  return { api, schema, ids: await createAll(api, schema, things) }
}

const anyStep = fc.oneof(
  fc.record({ do: fc.constant('add' as const), rank: fc.integer({ min: -3, max: 40 }), done: fc.boolean() }),
  fc.record({ do: fc.constant('tick' as const), at: fc.nat(), done: fc.boolean() }),
  fc.record({ do: fc.constant('move' as const), at: fc.nat(), rank: fc.integer({ min: -3, max: 40 }) }),
  fc.record({ do: fc.constant('remove' as const), at: fc.nat() }),
)

test('a watched page says after each change what a new query would find', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 1, maxLength: 40 }),
      fc.record({
        first: fc.integer({ min: 1, max: 8 }),
        isFiltered: fc.boolean(),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
        ends: fc.constantFrom('none', 'after', 'until', 'both'),
      }),
      async (steps, { first, isFiltered, direction, ends }) => {
        const { api, schema, ids } = await listOf(70, 40)
        const whole: Query = {
          schema,
          orderBy: [{ by: 'rank', direction }],
          first: 100,
          ...(isFiltered && { where: open }),
        }
        const { documents } = valueOf(await api.query(whole, call))
        const query: Query = {
          ...whole,
          first,
          ...(['after', 'both'].includes(ends) && { after: documents[4]!.cursor! }),
          ...(['until', 'both'].includes(ends) && { until: documents[9]!.cursor! }),
        }
        const watched = listen<QueryPage>((to) => api.watchQuery(query, to))
        const left = [...ids]
        const draftOf = (step: (typeof steps)[number]): Draft | undefined => {
          if (step.do === 'add') return { action: 'create', schema, fields: { rank: step.rank, done: step.done } }
          const document = left[step.at % left.length]
          if (!document) return undefined
          if (step.do === 'remove') left.splice(step.at % left.length, 1)
          if (step.do === 'remove') return { action: 'delete', document }
          return {
            action: 'update',
            document,
            fields: step.do === 'tick' ? { done: step.done } : { rank: step.rank },
          }
        }
        for (const step of steps) {
          const draft = draftOf(step)
          if (!draft) continue
          const [published] = valueOf(await api.publish([draft], call))
          if (step.do === 'add') left.push(published!.documentId)
          const now = valueOf(await api.query(query, call))
          await until(() => JSON.stringify(watched.said.at(-1)?.documents) === JSON.stringify(now.documents))
          expect(watched.said.at(-1)).toEqual({ ...now, totalCount: watched.said.at(-1)!.totalCount })
        }
        const { totalCount } = valueOf(await api.query(query, call))
        if (totalCount !== null) await until(() => watched.said.at(-1)?.totalCount === totalCount)
        await watched.end()
        await api.close()
      },
    ),
    { numRuns: 20 },
  )
})

test('what leaves a watched page is made up for without a look into the store', async () => {
  const memory = openMemoryStore()
  let reads = 0
  const store: Store = {
    ...memory,
    viewsIn: (range) => {
      reads++
      return memory.viewsIn(range)
    },
  }
  const { api, schema, ids } = await listOf(71, 90, store)
  const watched = listen<QueryPage>((to) => api.watchQuery({ schema, where: open, orderBy: byRank, first: 5 }, to))
  await until(() => watched.said.at(-1)?.totalCount === 60)
  const before = reads
  const saidBefore = watched.said.length
  for (const at of [1, 2, 4, 5])
    valueOf(await api.publish([{ action: 'update', document: ids[at]!, fields: { done: true } }], call))
  await until(() => watched.said.length === saidBefore + 4)
  expect(watched.said.at(-1)!.documents.map(({ fields }) => fields['rank'])).toEqual([7, 8, 10, 11, 13])
  expect(watched.said.at(-1)).toMatchObject({ totalCount: 56, hasNextPage: true })
  expect(reads).toBe(before)
  await watched.end()
  await api.close()
})

test('a page between two cursors holds what stands there now, both ends may be gone', async () => {
  const { api, schema, ids } = await listOf(72, 30)
  const { documents } = valueOf(await api.query({ schema, orderBy: byRank, first: 30 }, call))
  const ends = { after: documents[9]!.cursor!, until: documents[12]!.cursor! }
  const ranks = async (): Promise<readonly unknown[]> =>
    valueOf(await api.query({ schema, orderBy: byRank, ...ends }, call)).documents.map(({ fields }) => fields['rank'])
  expect(await ranks()).toEqual([10, 11, 12])
  for (const at of [9, 12]) valueOf(await api.publish([{ action: 'delete', document: ids[at]! }], call))
  await createAll(api, schema, [
    { rank: 11, done: false },
    { rank: 13, done: false },
  ])
  expect(await ranks()).toEqual([10, 11, 11])
  expect(valueOf(await api.query({ schema, orderBy: byRank, first: 2, ...ends }, call))).toMatchObject({
    hasNextPage: true,
    totalCount: 30,
  })
  await api.close()
})

test('the first rows are said before all are counted, and nothing is counted that nobody wants to know', async () => {
  const memory = openMemoryStore()
  let counts = 0
  const store: Store = {
    ...memory,
    countIn: (range) => {
      counts++
      return memory.countIn(range)
    },
  }
  const { api, schema } = await listOf(73, 60, store)
  const watched = listen<QueryPage>((to) => api.watchQuery({ schema, orderBy: byRank, first: 5 }, to))
  await until(() => watched.said.length === 2)
  expect(watched.said.map(({ documents, totalCount }) => [documents.length, totalCount])).toEqual([
    [5, null],
    [5, 60],
  ])
  await watched.end()
  const before = counts
  const uncounted = listen<QueryPage>((to) => api.watchQuery({ schema, orderBy: byRank, first: 5, count: false }, to))
  await until(() => uncounted.said.length === 1)
  expect(valueOf(await api.query({ schema, orderBy: byRank, first: 5, count: false }, call)).totalCount).toBeNull()
  expect(counts).toBe(before)
  await uncounted.end()
  await api.close()
})
