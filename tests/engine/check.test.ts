import { expect, test } from 'vitest'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import type { DocumentId, EncodedEntry, Hash } from '../../src/core/ids.ts'
import type { Store, StoredDocument } from '../../src/ports/store.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { call, codeOf, createAll, define, valueOf } from './support.ts'

/** An engine with five documents of two operations each, and the same store with some rows as a failing disk gives them back. */
const withDamage = async (
  seed: number,
  damage: (document: StoredDocument, at: number) => StoredDocument | undefined,
) => {
  const store = openMemoryStore()
  const sound = memoryEngine(seed, { store })
  const { id: schema } = await define(sound.api, { title: 'str' })
  const ids = await createAll(
    sound.api,
    schema,
    Array.from({ length: 5 }, (_, i) => ({ title: `${i}` })),
  )
  for (const document of ids)
    valueOf(await sound.api.publish([{ action: 'update', document, fields: { title: 'new' } }], call))
  const failing: Store = {
    ...store,
    allDocuments: async function* (signal) {
      for await (const page of store.allDocuments(signal))
        yield page.flatMap((row): typeof page => {
          if ('code' in row) return [row]
          const at = ids.indexOf(row.documentId)
          const left = at < 0 ? row : damage(row, at)
          return left ? [left] : []
        })
    },
  }
  return { ids, api: memoryEngine(seed + 1, { store: failing }).api, sound }
}

const changed = <T extends Uint8Array>(bytes: T, at: number): T => {
  const copy = bytes.slice() as T
  copy[at < 0 ? copy.length + at : at]! ^= 1
  return copy
}

test('check finds nothing in a sound store, and says how far it is', async () => {
  const { api } = await withDamage(91, (document) => document)
  const progress: number[] = []
  const report = valueOf(await api.check({ ...call, report: ({ documents }) => progress.push(documents) }))
  expect(report).toEqual({ documents: 7, entries: 12, damaged: [] })
  expect(progress.at(-1)).toBe(7)
})

test('check names every damaged row with what is wrong with it, and goes on with the rest', async () => {
  const { ids, api } = await withDamage(93, (document, at) => {
    const [first, second] = document.items as [StoredDocument['items'][0], StoredDocument['items'][0]]
    const entry = (bytes: Uint8Array): EncodedEntry => bytes as EncodedEntry
    switch (at) {
      case 0:
        return { ...document, items: [{ ...first, entry: entry(changed(first.entry, -1)) }, second] }
      case 1:
        return {
          ...document,
          items: [first, { ...second, operation: changed(second.operation!, -1) }],
        }
      case 2:
        return { ...document, items: [{ ...first, entry: entry(first.entry.slice(0, 20)) }, second] }
      case 3:
        return { ...document, items: [first] }
      default:
        return undefined
    }
  })
  const { damaged, documents } = valueOf(await api.check(call))
  expect(documents).toBe(6)
  const codesOf = (id: DocumentId | undefined): readonly string[] =>
    damaged.filter(({ table, key }) => table === 'docs' && key === id).map(({ failure }) => failure.code)
  expect(codesOf(ids[0])).toEqual(['entry/signature-invalid', 'store/corrupt', 'entry/backlink-mismatch'])
  expect(codesOf(ids[1])).toContain('payload/hash-mismatch')
  expect(codesOf(ids[2])).toContain('entry/malformed')
  expect(codesOf(ids[3])).toEqual([])
  const heads = damaged.filter(({ table }) => table === 'heads')
  expect(heads.map(({ failure }) => failure.code)).toEqual(heads.map(() => 'store/corrupt'))
  expect(heads.length).toBeGreaterThanOrEqual(2)
})

test('[S15] check names a view that cannot be read, and whoever opens the document makes it anew', async () => {
  const store = openMemoryStore()
  const { api } = memoryEngine(99, { store })
  const { id: schema } = await define(api, { title: 'str' })
  const [id] = await createAll(api, schema, [{ title: 'a' }])
  valueOf(await api.document(id!))
  const damage = { code: 'store/corrupt', table: 'views', key: id! } as const
  let isDamaged = true
  const failing: Store = {
    ...store,
    view: async (asked) => {
      if (isDamaged && asked === id) throw damage
      return store.view(asked)
    },
    views: async (ids) =>
      (await store.views(ids)).map((row) => (isDamaged && row?.documentId === id ? undefined : row)),
    commit: (changes, expected, isAllowed) => {
      if (changes.some((change) => 'put' in change && change.put === 'view')) isDamaged = false
      return store.commit(changes, expected, isAllowed)
    },
  }
  const other = memoryEngine(99, { store: failing }).api
  expect(valueOf(await other.check(call)).damaged).toEqual([{ table: 'views', key: id, failure: damage }])
  expect(valueOf(await other.document(id!))?.fields).toEqual({ title: 'a' })
  expect(valueOf(await other.check(call)).damaged).toEqual([])
})

test('check ends when it is told to', async () => {
  const { api } = await withDamage(95, (document) => document)
  const end = new AbortController()
  end.abort()
  expect(codeOf(await api.check({ signal: end.signal }))).toBe('call/aborted')
})

test('the inspector shows logs, entries by document and by id, and keeps notes apart from the engine', async () => {
  const { api, store } = memoryEngine(97)
  const [key] = valueOf(await api.publicKeys())
  const { id: schema } = await define(api, { title: 'str' })
  const [id] = await createAll(api, schema, [{ title: 'a' }])
  const [update] = valueOf(await api.publish([{ action: 'update', document: id!, fields: { title: 'b' } }], call))
  const logs = valueOf(await api.logs(key))
  expect(logs.map(({ logId, seqNum }) => [logId, seqNum])).toEqual([
    [0n, 1n],
    [1n, 1n],
    [2n, 2n],
  ])
  const entries = valueOf(await api.entriesOf(id!))
  expect(entries.map(({ documentId, origin }) => [documentId, origin])).toEqual([
    [id, 'local'],
    [id, 'local'],
  ])
  expect(valueOf(await api.entry(update!.operationId))?.bytes).toEqual(entries[1]?.bytes)
  expect(valueOf(await api.entry(`0020${'1'.repeat(64)}` as Hash))).toBeUndefined()
  expect(valueOf(await api.forks())).toEqual([])
  expect(valueOf(await api.pendingItems(10))).toEqual([])
  expect(valueOf(await api.usage()).length).toBeGreaterThan(0)
  await api.putNote('engine/families', { mine: [1, 2] })
  expect(valueOf(await api.note('engine/families'))).toEqual({ mine: [1, 2] })
  expect(await store.local('engine/families')).not.toEqual({ mine: [1, 2] })
  await api.putNote('engine/families', undefined)
  expect(valueOf(await api.note('engine/families'))).toBeUndefined()
  await api.close()
})
