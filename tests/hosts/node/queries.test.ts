import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openNode } from '../../../src/sdk/node.ts'
import { aClient } from '../../interop/a-client.ts'
import { type GraphQLBody, type TestNode, ask, errorOf, startTestNode, listAt, shownAt, textAt } from './a-node.ts'

let node: TestNode
let folder = ''
let ids: {
  readonly thing: string
  readonly shelf: string
  readonly rope: string
  readonly oats: string
  readonly salt: string
  readonly gone: string
}
let ownersKey = ''

/** A shelf of three things, one thing that was removed, and what lies on this node without being shared. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'takibi-'))
  const own = await openNode({ dataDir: folder })
  const secret = await own.defineSchema('secret', 'Not shared', { text: 'str' })
  await own.create(secret, { text: 'nobody may see this' })
  await own.create('schema_field_definition_v1', { name: 'hidden', type: 'str' })
  await own.close()
  node = await startTestNode({ dataDir: folder })

  const client = aClient(node)
  ownersKey = client.publicKey
  const thing = await client.defineSchema('thing', { name: 'str', count: 'int', dry: 'bool', weight: 'float' })
  const shelf = await client.defineSchema('shelf', { things: `relation_list(${thing})`, best: `relation(${thing})` })
  const create = (name: string, count: number | bigint, dry: boolean, weight: number): Promise<string> =>
    client.create(thing, [
      ['name', 'str', name],
      ['count', 'int', count],
      ['dry', 'bool', dry],
      ['weight', 'float', weight],
    ])
  const rope = await create('Rope', 1, true, 0.5)
  const oats = await create('Oats', 5, true, 1.25)
  const salt = await create('Salt', 9_007_199_254_740_993n, false, 2)
  const gone = await create('Gone', 0, false, 0)
  await client.remove(thing, gone)
  await client.create(shelf, [
    ['things', 'relation_list', [salt, rope, gone, salt]],
    ['best', 'relation', oats],
  ])
  ids = { thing, shelf, rope, oats, salt, gone }
})
afterAll(async () => {
  await node.stop()
  await rm(folder, { recursive: true, force: true })
})

const all = (args: string, show = 'documents { fields { name } }'): Promise<GraphQLBody> =>
  ask(node, `{ found: all_${ids.thing}${args && `(${args})`} { ${show} } }`)
const namesIn = (body: GraphQLBody): readonly unknown[] => {
  if (body.errors) throw new Error(body.errors[0]?.message)
  return listAt(body, 'found', 'documents').map((_, at) => shownAt(body, 'found', 'documents', at, 'fields', 'name'))
}
const typesIn = (body: GraphQLBody): readonly string[] =>
  listAt(body, 'schema', 'types').map((type) => (type as { readonly name: string }).name)
const names = async (args: string): Promise<readonly unknown[]> => namesIn(await all(args))

describe('[N4] documents of a schema', () => {
  test('come by id, without those that are deleted', async () => {
    const byId = new Map([
      [ids.rope, 'Rope'],
      [ids.oats, 'Oats'],
      [ids.salt, 'Salt'],
    ])
    expect(await names('')).toEqual([...byId.keys()].sort().map((id) => byId.get(id)))
    expect(shownAt(await all('', 'totalCount hasNextPage'), 'found')).toEqual({ totalCount: 3, hasNextPage: false })
  })

  test.each([
    ['filter: { name: { contains: "o" } }', ['Rope', 'Oats']],
    ['filter: { name: { in: ["Salt", "Oats"] }, dry: { eq: true } }', ['Oats']],
    ['filter: { name: { notEq: "Salt", gt: "P" } }', ['Rope']],
    ['filter: { count: { gte: 5 } }', ['Oats', 'Salt']],
    ['filter: { count: { eq: 9007199254740993 } }', ['Salt']],
    ['filter: { count: { eq: 9007199254740992 } }', []],
    ['filter: { weight: { lt: 2.0, notIn: [0.5] } }', ['Oats']],
    ['filter: { dry: { notEq: true } }', ['Salt']],
    ['filter: { dry: null }', ['Rope', 'Oats', 'Salt']],
    ['meta: { edited: { eq: true } }', []],
  ])('%s', async (args, expected) => {
    expect(new Set(await names(args))).toEqual(new Set(expected))
  })

  test('meta filters look at the document itself; deleted ones show no fields', async () => {
    expect(await names(`meta: { documentId: { eq: "${ids.oats}" } }`)).toEqual(['Oats'])
    expect(await names(`meta: { viewId: { in: ["${ids.rope}"] } }`)).toEqual(['Rope'])
    expect(await names(`meta: { owner: { notEq: "${ownersKey}" } }`)).toEqual([])
    const deleted = await all('meta: { deleted: { eq: true } }', 'documents { meta { documentId } fields { name } }')
    expect(shownAt(deleted, 'found', 'documents')).toEqual([{ meta: { documentId: ids.gone }, fields: null }])
  })

  test('are ordered by any sortable field, both ways', async () => {
    expect(await names('orderBy: name')).toEqual(['Oats', 'Rope', 'Salt'])
    expect(await names('orderBy: count, orderDirection: DESC')).toEqual(['Salt', 'Oats', 'Rope'])
    expect(await names('orderBy: DOCUMENT_ID, orderDirection: DESC')).toEqual((await names('')).toReversed())
    // None of them was changed, so their views are called as they are.
    expect(await names('orderBy: DOCUMENT_VIEW_ID')).toEqual(await names(''))
    expect(await names('orderBy: DOCUMENT_VIEW_ID, orderDirection: DESC, first: 2')).toEqual(
      (await names('')).toReversed().slice(0, 2),
    )
    const first = await names('orderBy: DOCUMENT_VIEW_ID, first: 1')
    const end = textAt(await all('orderBy: DOCUMENT_VIEW_ID, first: 1', 'endCursor'), 'found', 'endCursor')
    const rest = await names(`orderBy: DOCUMENT_VIEW_ID, after: "${end}"`)
    expect([...first, ...rest]).toEqual(await names(''))
  })

  test('come in pages; an empty page has no end to go on from', async () => {
    const show = 'totalCount hasNextPage endCursor documents { cursor fields { name } }'
    const first = await all('orderBy: name, first: 2', show)
    expect(namesIn(first)).toEqual(['Oats', 'Rope'])
    expect(shownAt(first, 'found')).toMatchObject({ totalCount: 3, hasNextPage: true })
    const end = textAt(first, 'found', 'endCursor')
    expect(shownAt(first, 'found', 'documents', 1, 'cursor')).toBe(end)
    const next = await all(`orderBy: name, first: 2, after: "${end}"`, show)
    expect(namesIn(next)).toEqual(['Salt'])
    expect(shownAt(next, 'found')).toMatchObject({ totalCount: 3, hasNextPage: false })
    const behind = `orderBy: name, after: "${textAt(next, 'found', 'endCursor')}"`
    expect(await names(behind)).toEqual([])
    expect(errorOf(await all(behind, 'endCursor'))).toContain('non-nullable')
    expect(errorOf(await all('first: 0'))).not.toBe('none')
    expect(errorOf(await all('after: "0"'))).toBe('Invalid value for argument "after", expected type "Cursor"')
  })

  test('keep the digits of a large number', async () => {
    const response = await fetch(`${node.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ ${ids.thing}(id: "${ids.salt}") { fields { count } } }` }),
    })
    expect(await response.text()).toContain('{"count":9007199254740993}')
  })
})

describe('[N4] relations', () => {
  const shelf = async (show: string): Promise<unknown> =>
    shownAt(
      await ask(node, `{ found: all_${ids.shelf} { documents { fields { ${show} } } } }`),
      'found',
      'documents',
      0,
      'fields',
    )

  test('lead to a document, or to none', async () => {
    expect(await shelf('best { fields { name } meta { documentId } }')).toEqual({
      best: { fields: { name: 'Oats' }, meta: { documentId: ids.oats } },
    })
  })

  test('lists keep their order and repetitions, without what is deleted', async () => {
    expect(await shelf('things { totalCount documents { fields { name } } }')).toEqual({
      things: {
        totalCount: 3,
        documents: [{ fields: { name: 'Salt' } }, { fields: { name: 'Rope' } }, { fields: { name: 'Salt' } }],
      },
    })
  })

  test('lists are filtered, ordered and cut into pages too', async () => {
    expect(await shelf('things(filter: { dry: { eq: true } }) { documents { fields { name } } }')).toEqual({
      things: { documents: [{ fields: { name: 'Rope' } }] },
    })
    expect(await shelf('things(orderBy: name, first: 1) { hasNextPage documents { fields { name } } }')).toEqual({
      things: { hasNextPage: true, documents: [{ fields: { name: 'Rope' } }] },
    })
    const { things } = (await shelf('things(first: 1) { endCursor }')) as {
      readonly things: { readonly endCursor: string }
    }
    expect(await shelf(`things(after: "${things.endCursor}") { documents { fields { name } } }`)).toEqual({
      things: { documents: [{ fields: { name: 'Rope' } }, { fields: { name: 'Salt' } }] },
    })
  })
})

describe('[N4] what is not shared', () => {
  test('has no types, no documents and no count', async () => {
    const shown = await ask(
      node,
      '{ schema: __schema { types { name } } all_schema_definition_v1 { totalCount documents { fields { name } } } all_schema_field_definition_v1(first: 100) { documents { fields { name } } } }',
    )
    const types = typesIn(shown)
    expect(types.filter((name) => name.startsWith('secret'))).toEqual([])
    expect(types).toContain(ids.thing)
    expect(shownAt(shown, 'all_schema_definition_v1', 'totalCount')).toBe(2)
    const text = JSON.stringify(shown.data)
    expect(text).not.toContain('hidden')
    expect(text).not.toContain('secret')
  })
})

describe('[N4] the types', () => {
  test('are called as the client API calls them', async () => {
    const shown = await ask(
      node,
      '{ schema: __schema { queryType { name } mutationType { name } types { name kind } } }',
    )
    expect(shownAt(shown, 'schema', 'queryType', 'name')).toBe('Query')
    expect(shownAt(shown, 'schema', 'mutationType', 'name')).toBe('MutationRoot')
    const types = typesIn(shown)
    const scalars = [
      'LogId',
      'SeqNum',
      'PublicKey',
      'DocumentId',
      'DocumentViewId',
      'EntryHash',
      'EncodedEntry',
      'EncodedOperation',
      'HexBytes',
      'Cursor',
    ]
    const own = ['', 'Item', 'Fields', 'Collection', 'OrderBy', 'Filter'].map((ending) => `${ids.thing}${ending}`)
    expect(types).toEqual(
      expect.arrayContaining([
        ...scalars,
        ...own,
        'NextArguments',
        'DocumentMeta',
        'OrderDirection',
        'MetaFilterInputObject',
        'blob_v1',
      ]),
    )
  })
})

describe('[N5] a request is refused', () => {
  test.each([
    [
      'with too many levels',
      '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } } } } } } } } } } } }',
    ],
    ['with too many fields', `{ ${Array.from({ length: 700 }, (_, n) => `a${n}: __typename`).join(' ')} }`],
    [
      'that multiplies',
      '{ all_blob_v1(first: 1000) { documents { fields { pieces(first: 1000) { documents { fields { data } } } } } } }',
    ],
    ['for a page that is too large', '{ all_blob_v1(first: 1001) { totalCount } }'],
    ['of too many words', `{ nextArgs(publicKey: "${'a '.repeat(10)}") ${'{ logId } '.repeat(3000)} }`],
  ])('%s', async (_, query) => {
    const body = await ask(node, query)
    expect(body.data ?? null).toBeNull()
    expect(errorOf(body)).not.toBe('none')
  })

  test('with more than 50 entries', async () => {
    const one = 'publish(entry: "00", operation: "00") { logId }'
    const many = (count: number): string =>
      `mutation { ${Array.from({ length: count }, (_, n) => `e${n}: ${one}`).join(' ')} }`
    expect(errorOf(await ask(node, many(50)))).toContain('InvalidEncoding')
    expect(errorOf(await ask(node, many(51)))).toContain('at most 50')
  })
})
