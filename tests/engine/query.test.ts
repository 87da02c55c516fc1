import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DocumentId, SchemaId } from '../../src/core/ids.ts'
import type { DocumentView, Query, QueryPage, Value } from '../../src/engine/api.ts'
import { memoryEngine, type MemoryEngine } from '../../src/hosts/memory-engine.ts'
import { answer, anyOrder, anyWhere, id, things, types } from './query-cases.ts'
import { call, codeOf, createAll, define, valueOf } from './support.ts'

const openFull = async (): Promise<MemoryEngine & { schema: SchemaId; all: readonly DocumentView[] }> => {
  const engine = memoryEngine(7)
  const { id: schema } = await define(engine.api, types, { sortable: ['title', 'amount', 'done'] })
  await createAll(engine.api, schema, things)
  const all = valueOf(await engine.api.query({ schema, first: 1000 }, call)).documents
  return { ...engine, schema, all }
}

/** All pages of a query, one after the other. */
const readPages = async ({ api }: MemoryEngine, query: Query): Promise<readonly QueryPage[]> => {
  const pages: QueryPage[] = []
  for (let after: string | undefined; ;) {
    const page = valueOf(await api.query({ ...query, ...(after !== undefined && { after }) }, call))
    pages.push(page)
    if (!page.hasNextPage || page.endCursor === null) return pages
    after = page.endCursor
  }
}

describe('a query', () => {
  test(
    'finds what looking at everything finds, in that order, page by page, and counts it',
    { timeout: 60_000 },
    async () => {
      const engine = await openFull()
      expect(engine.all).toHaveLength(things.length)
      await fc.assert(
        fc.asyncProperty(
          anyWhere,
          fc.array(anyOrder, { maxLength: 2 }),
          fc.integer({ min: 5, max: 60 }),
          async (where, orderBy, first) => {
            const query: Query = { schema: engine.schema, where, orderBy, first }
            const expected = answer(engine.all, query)
            const pages = await readPages(engine, query)
            expect(pages.flatMap(({ documents }) => documents.map((document) => document.id))).toEqual(expected)
            for (const { totalCount } of pages) expect(totalCount ?? expected.length).toBe(expected.length)
          },
        ),
        { numRuns: 250 },
      )
      await engine.api.close()
    },
  )

  test('goes on after its cursor when the row there changed or is gone, and neither skips nor repeats the others', async () => {
    const { api } = memoryEngine(8)
    const { id: schema } = await define(api, { title: 'str', amount: 'int' })
    await createAll(
      api,
      schema,
      Array.from({ length: 60 }, (_, i) => ({ title: `t${i % 4}`, amount: i })),
    )
    const orderBy = [{ by: 'title', direction: 'asc' }] as const
    const before = valueOf(await api.query({ schema, orderBy, first: 1000 }, call)).documents.map(
      (document) => document.id,
    )
    const seen: DocumentId[] = []
    let after: string | undefined
    for (let turn = 0; ; turn++) {
      const page = valueOf(await api.query({ schema, orderBy, first: 7, ...(after !== undefined && { after }) }, call))
      seen.push(...page.documents.map((document) => document.id))
      if (page.endCursor === null || !page.hasNextPage) break
      after = page.endCursor
      const last = page.documents.at(-1)!.id
      const change =
        turn % 2 === 0
          ? ({ action: 'update', document: last, fields: { title: 't0' } } as const)
          : ({ action: 'delete', document: last } as const)
      valueOf(await api.publish([change], call))
    }
    expect(seen).toEqual(before)
    await api.close()
  })

  test('spans all versions of its family; a field that a version lacks counts as absent, and stands last', async () => {
    const { api } = memoryEngine(9)
    const first = await define(api, { title: 'str' })
    const second = await define(
      api,
      { title: 'str', amount: 'int' },
      { newVersionOf: first.id, sortable: ['title', 'amount'] },
    )
    await createAll(api, first.id, [{ title: 'old b' }, { title: 'old a' }])
    await createAll(api, second.id, [
      { title: 'new', amount: 3 },
      { title: 'newer', amount: -1 },
    ])
    const titlesOf = async (query: Omit<Query, 'schema'>): Promise<readonly (Value | undefined)[]> =>
      valueOf(await api.query({ schema: second.id, ...query }, call)).documents.map(({ fields }) => fields['title'])
    expect(await titlesOf({ orderBy: [{ by: 'title', direction: 'asc' }] })).toEqual(['new', 'newer', 'old a', 'old b'])
    const byAmount = [
      { by: 'amount', direction: 'asc' },
      { by: 'title', direction: 'desc' },
    ] as const
    expect(await titlesOf({ orderBy: byAmount })).toEqual(['newer', 'new', 'old b', 'old a'])
    expect(await titlesOf({ where: { amount: { notEq: 3 } }, orderBy: byAmount })).toEqual(['newer', 'old b', 'old a'])
    expect(await titlesOf({ where: { amount: { gte: -9 } }, orderBy: byAmount })).toEqual(['newer', 'new'])
    await api.close()
  })

  test('leaves out deleted documents unless asked for them, and then orders those too', async () => {
    const engine = memoryEngine(10)
    const { api } = engine
    const { id: schema } = await define(api, { title: 'str' })
    const ids = await createAll(
      api,
      schema,
      ['c', 'a', 'b', 'd'].map((title) => ({ title })),
    )
    for (const document of [ids[2]!, ids[0]!]) {
      await engine.clock.advance(5)
      valueOf(await api.publish([{ action: 'delete', document }], call))
    }
    const find = async (query: Partial<Query>): Promise<readonly unknown[]> =>
      valueOf(await api.query({ schema, ...query }, call)).documents.map(({ fields }) => fields['title'])
    expect(await find({ orderBy: [{ by: 'title', direction: 'asc' }] })).toEqual(['a', 'd'])
    const deleted = { meta: { deleted: { eq: true } } }
    expect(await find({ ...deleted, orderBy: [{ by: 'title', direction: 'desc' }] })).toEqual(['c', 'b'])
    expect(await find({ ...deleted, orderBy: [{ by: 'CHANGED_AT', direction: 'asc' }] })).toEqual(['b', 'c'])
    expect(valueOf(await api.query({ schema, ...deleted, first: 1 }, call))).toMatchObject({
      totalCount: 2,
      hasNextPage: true,
    })
    await api.close()
  })

  test('filters by document, view, owner and whether it was edited', async () => {
    const { api } = memoryEngine(11)
    const [key] = valueOf(await api.publicKeys())
    const { id: schema } = await define(api, { title: 'str' })
    const [one, two] = (await createAll(api, schema, [{ title: 'one' }, { title: 'two' }])) as [DocumentId, DocumentId]
    const [edit] = valueOf(await api.publish([{ action: 'update', document: two, fields: { title: 'too' } }], call))
    const find = async (meta: NonNullable<Query['meta']>): Promise<readonly unknown[]> =>
      valueOf(await api.query({ schema, meta, orderBy: [{ by: 'title', direction: 'asc' }] }, call)).documents.map(
        ({ id: found }) => found,
      )
    expect(await find({ documentId: { in: [two, id(9)] } })).toEqual([two])
    expect(await find({ documentId: { notEq: two } })).toEqual([one])
    expect(await find({ viewId: { eq: edit!.operationId } })).toEqual([two])
    expect(await find({ owner: { eq: key! } })).toEqual([one, two])
    expect(await find({ edited: { eq: false } })).toEqual([one])
    await api.close()
  })

  test('follows relations one step, where the documents are here', async () => {
    const { api } = memoryEngine(12)
    const place = await define(api, { name: 'str' }, { name: 'place' })
    const [home, work] = (await createAll(api, place.id, [{ name: 'home' }, { name: 'work' }])) as [
      DocumentId,
      DocumentId,
    ]
    const thing = await define(api, { at: `relation(${place.id})`, seen: `pinned_relation_list(${place.id})` })
    await createAll(api, thing.id, [{ at: home, seen: [work, id(5)] }])
    valueOf(await api.publish([{ action: 'update', document: work, fields: { name: 'office' } }], call))
    const [found] = valueOf(await api.query({ schema: thing.id, select: ['at', 'seen'] }, call)).documents
    expect(found?.related?.['at']?.map(({ fields }) => fields['name'])).toEqual(['home'])
    expect(found?.related?.['seen']?.map(({ fields }) => fields['name'])).toEqual(['work'])
    await api.close()
  })

  test('says what is wrong with it', async () => {
    const { api } = memoryEngine(13)
    const { id: schema } = await define(api, { title: 'str', amount: 'int', raw: 'bytes' })
    const wrong = async (query: Partial<Query>): Promise<string> => codeOf(await api.query({ schema, ...query }, call))
    expect(await wrong({ schema: `nothing_${id(4)}` as SchemaId })).toBe('schema/unknown')
    expect(await wrong({ where: { size: { eq: 1 } } })).toBe('query/unknown-field')
    expect(await wrong({ where: { constructor: { eq: 1 } } })).toBe('query/unknown-field')
    expect(await wrong({ where: { amount: { contains: '1' } } })).toBe('query/wrong-filter')
    expect(await wrong({ where: { amount: { eq: 1.5 } } })).toBe('query/wrong-value')
    expect(await wrong({ where: { title: { in: 'abc' as never } } })).toBe('query/wrong-value')
    expect(await wrong({ orderBy: [{ by: 'raw', direction: 'asc' }] })).toBe('query/unsortable-field')
    expect(await wrong({ orderBy: [{ by: 'size', direction: 'asc' }] })).toBe('query/unknown-field')
    expect(await wrong({ first: 0 })).toBe('query/first-out-of-range')
    expect(await wrong({ first: 1001 })).toBe('query/first-out-of-range')
    expect(await wrong({ select: ['title'] })).toBe('query/no-relation')
    expect(await wrong({ after: 'x' })).toBe('query/bad-cursor')
    const page = valueOf(await api.query({ schema, orderBy: [{ by: 'title', direction: 'asc' }] }, call))
    expect(page).toEqual({ documents: [], totalCount: 0, hasNextPage: false, endCursor: null })
    await api.close()
  })

  test('takes no cursor of another order, and none that was tampered with', async () => {
    const { api } = memoryEngine(14)
    const { id: schema } = await define(api, { title: 'str', amount: 'int' })
    await createAll(api, schema, [
      { title: 'a', amount: 1 },
      { title: 'b', amount: 2 },
    ])
    const byTitle = [{ by: 'title', direction: 'asc' }] as const
    const { endCursor } = valueOf(await api.query({ schema, orderBy: byTitle, first: 1 }, call))
    const byAmount = [{ by: 'amount', direction: 'asc' }] as const
    expect(codeOf(await api.query({ schema, orderBy: byAmount, after: endCursor! }, call))).toBe('query/bad-cursor')
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (after) => {
        expect(codeOf(await api.query({ schema, orderBy: byAmount, after }, call))).toBe('query/bad-cursor')
      }),
    )
    await api.close()
  })
})
