import { describe, expect, onTestFinished, test } from 'vitest'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { connect, serve } from '../../src/hosts/remote.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import { P2pandaError } from '../../src/sdk/errors.ts'
import type { KnownSchema, TakibiNode } from '../../src/sdk/testing.ts'
import type { EngineApi } from '../../src/engine/api.ts'

/** A node right over an engine, and one with a port between: whoever uses them cannot tell. */
const ways: Readonly<Record<string, () => Promise<TakibiNode>>> = {
  direct: () => nodeOver(memoryEngine(1).api, () => undefined),
  'behind a port': () => {
    const { port1, port2 } = new MessageChannel()
    serve(memoryEngine(1).api, port1)
    return nodeOver(connect<EngineApi>(port2).api, () => {
      port1.close()
      port2.close()
    })
  },
}

async function aNode(open: () => Promise<TakibiNode>): Promise<{ node: TakibiNode; item: KnownSchema }> {
  const node = await open()
  onTestFinished(() => node.close())
  const item = await node.defineSchema('item', 'What we need', { title: 'str', amount: 'int', done: 'bool' })
  return { node, item }
}
const collect = async (source: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}
/** The failure of a promise that must reject as the library does. */
const failureOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const thrown = await promise.catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(P2pandaError)
  return (thrown as P2pandaError).failure
}

describe.each(Object.entries(ways))('a node, %s', (_, open) => {
  test('creates, changes, removes, and finds again', async () => {
    const { node, item } = await aNode(open)
    const oats = await node.create(item, { title: 'Oats', amount: 2, done: false })
    await node.update(oats, { done: true })
    const salt = await node.create(item.id, { title: 'Salt', amount: 1, done: true })
    await node.remove(salt)
    const { documents, totalCount } = await node.query(item, { where: { done: { eq: true } } }).once()
    expect(totalCount).toBe(1)
    expect(documents).toMatchObject([{ id: oats, fields: { title: 'Oats', amount: 2, done: true }, isEdited: true }])
    const { document } = await node.document(oats).once()
    expect(document).toEqual({ ...documents[0], cursor: undefined })
    const { changes } = await node.history(oats).once()
    expect(changes.map(({ action }) => action)).toEqual(['create', 'update'])
    expect(await node.documentAt(oats)).toMatchObject({ fields: { done: false } })
  })

  test('publishes drafts that refer to each other as one', async () => {
    const { node, item } = await aNode(open)
    const list = await node.defineSchema('list', 'A list', { items: `relation_list(${item.id})` })
    const published = await node.publishBatch([
      { action: 'create', schema: item.id, fields: { title: 'Oats', amount: 1, done: false }, as: 'oats' },
      { action: 'create', schema: list.id, fields: { items: [{ ref: 'oats' }] } },
    ])
    expect(published.map(({ documentId }) => documentId)).toHaveLength(2)
    const { documents } = await node.query(list, { select: ['items'] }).once()
    expect(documents[0]?.related?.['items']?.[0]?.fields).toMatchObject({ title: 'Oats' })
  })

  test('orders by a leading minus and goes on after a cursor', async () => {
    const { node, item } = await aNode(open)
    for (const [title, amount] of Object.entries({ a: 1, b: 3, c: 2 }))
      await node.create(item, { title, amount, done: false })
    const first = await node.query(item, { orderBy: ['-amount'], first: 2 }).once()
    expect(first.documents.map(({ fields }) => fields['title'])).toEqual(['b', 'c'])
    expect(first.hasNextPage).toBe(true)
    const second = await node.query(item, { orderBy: ['-amount'], first: 2, after: first.endCursor! }).once()
    expect(second.documents.map(({ fields }) => fields['title'])).toEqual(['a'])
  })

  test('is loading until an index for a new order is built, then ready', async () => {
    const { node } = await aNode(open)
    const item = await node.defineSchema('plan', 'A plan', { title: 'str', size: 'int' }, { sortable: ['title'] })
    for (const size of [2, 1]) await node.create(item, { title: 'Oats', size })
    const { documents, status, indexing } = await node.query(item, { orderBy: ['size'] }).once()
    expect({ status, indexing }).toEqual({ status: 'ready', indexing: undefined })
    expect(documents.map(({ fields }) => fields['size'])).toEqual([1, 2])
  })

  test('shows a change to everybody who subscribes, until nobody does', async () => {
    const { node, item } = await aNode(open)
    const view = node.query(item)
    expect(view.getState()).toMatchObject({ status: 'loading', documents: [] })
    const seen: number[] = []
    const second = Promise.withResolvers?.<void>() ?? withResolvers()
    const stop = view.subscribe(({ status, documents }) => {
      if (status === 'ready') seen.push(documents.length)
      if (documents.length === 2) second.resolve()
    })
    await view.once()
    await node.create(item, { title: 'Oats', amount: 2, done: false })
    await node.create(item, { title: 'Salt', amount: 1, done: false })
    await second.promise
    expect(seen.at(0)).toBe(0)
    expect(seen.at(-1)).toBe(2)
    stop()
    const last = view.getState()
    await node.create(item, { title: 'Rice', amount: 1, done: false })
    await node.query(item).once()
    expect(view.getState()).toBe(last)
    expect((await view.once()).documents).toHaveLength(3)
  })

  test('keeps the objects of documents that did not change', async () => {
    const { node, item } = await aNode(open)
    const oats = await node.create(item, { title: 'Oats', amount: 2, done: false })
    const salt = await node.create(item, { title: 'Salt', amount: 1, done: false })
    const view = node.query(item)
    const before = await view.once()
    await node.update(salt, { done: true })
    const after = await view.once()
    const find = (documents: typeof after.documents, id: string) => documents.find((document) => document.id === id)
    expect(find(after.documents, oats)).toBe(find(before.documents, oats))
    expect(find(after.documents, salt)).not.toBe(find(before.documents, salt))
  })

  test('throws a typed failure with a sentence for what cannot be', async () => {
    const { node, item } = await aNode(open)
    const nowhere = `0020${'00'.repeat(32)}`
    expect(await failureOf(node.create('item', {}))).toMatchObject({ code: 'schema/id-malformed' })
    expect(await failureOf(node.update('oats', {}))).toMatchObject({ code: 'hash/malformed' })
    expect(await failureOf(node.create(item, { title: 'Oats' }))).toMatchObject({ code: 'operation/field-missing' })
    expect(await failureOf(node.update(nowhere, { title: 'x' }))).toMatchObject({ code: /^document\// })
    expect(await failureOf(node.query('item').once())).toMatchObject({ code: 'schema/id-malformed' })
    expect(node.query('item').getState()).toMatchObject({ status: 'failed', documents: [] })
    expect(await failureOf(node.documentAt('view'))).toMatchObject({ code: 'hash/malformed' })
  })

  test('stops when told so', async () => {
    const { node, item } = await aNode(open)
    const signal = AbortSignal.abort()
    const fields = { title: 'Oats', amount: 2, done: false }
    expect(await failureOf(node.create(item, fields, { signal }))).toEqual({ code: 'call/aborted' })
    expect(await failureOf(node.query(item).once({ signal }))).toEqual({ code: 'call/aborted' })
  })

  test('carries everything to another node in a bundle', async () => {
    const { node, item } = await aNode(open)
    const oats = await node.create(item, { title: 'Oats', amount: 2, done: false })
    let report: unknown
    const bundle = await collect(await node.export({ all: true }, { onReport: (told) => void (report = told) }))
    expect(report).toMatchObject({ entries: 5, documents: 5, bytes: bundle.length })

    const other = await nodeOver(memoryEngine(2).api, () => undefined)
    for (const source of [bundle, new Blob([bundle as BlobPart]), new Blob([bundle as BlobPart]).stream()])
      expect(await other.import(source)).toMatchObject({ entries: 5, rejected: [] })
    expect((await other.document(oats).once()).document?.fields).toMatchObject({ title: 'Oats' })
    expect(await other.verify()).toMatchObject({ documents: 5, damaged: [] })
    await other.close()
  })

  test('keeps notes of this device, and lets one look under the hood', async () => {
    const { node, item } = await aNode(open)
    await node.notes.put('draft', { title: 'Oa' })
    expect(await node.notes.get('draft')).toEqual({ title: 'Oa' })
    await node.notes.put('draft', undefined)
    expect(await node.notes.get('draft')).toBeUndefined()
    const oats = await node.create(item, { title: 'Oats', amount: 2, done: false })
    expect(await node.inspect.logs(node.publicKey)).toHaveLength(5)
    const [entry] = await node.inspect.entriesOf(oats)
    expect(await node.inspect.entry(oats)).toEqual(entry)
    expect(await node.inspect.forks()).toEqual([])
  })

  test('answers nothing more once it is closed, and closes once', async () => {
    const node = await open()
    await Promise.all([node.close(), node.close()])
    expect(await Promise.race([failureOf(node.inspect.forks()), Promise.resolve('no answer')])).toBeTruthy()
  })
})

test('the same seed gives the same ids', async () => {
  const idsOf = async (seed: number): Promise<readonly string[]> => {
    const node = await nodeOver(memoryEngine(seed).api, () => undefined)
    const item = await node.defineSchema('item', 'What we need', { title: 'str' })
    const ids = [node.publicKey, item.id, await node.create(item, { title: 'Oats' })]
    await node.close()
    return ids
  }
  expect(await idsOf(7)).toEqual(await idsOf(7))
  expect(await idsOf(8)).not.toEqual(await idsOf(7))
})

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
