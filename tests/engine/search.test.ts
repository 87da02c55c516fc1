import { expect, test } from 'vitest'
import type { SchemaId } from '../../src/core/ids.ts'
import type { EngineApi } from '../../src/engine/api.ts'
import { memoryClock } from '../../src/adapters/memory/memory-clock.ts'
import { memoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { createSearch } from '../../src/engine/search.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { shared } from './door.ts'
import { call, createAll, define, valueOf } from './support.ts'

const find = async (
  api: EngineApi,
  text: string,
  schemas?: readonly SchemaId[],
  limit = 10,
): Promise<readonly unknown[]> =>
  valueOf(await api.search(text, { limit, ...(schemas && { schemas }) }, call)).map(
    ({ document }) => document.fields['title'],
  )

/** The same by name, where relevance is not the point. */
const findSorted = async (api: EngineApi, text: string): Promise<readonly string[]> =>
  (await find(api, text)).map(String).sort((a, b) => (a < b ? -1 : 1))

test('search finds beginnings of words, words with a letter wrong, and words without their accents', async () => {
  const { api } = memoryEngine(81)
  const { id: schema } = await define(api, { title: 'str', notes: 'str', amount: 'int' })
  await createAll(api, schema, [
    { title: 'Oat flakes', notes: 'the good ones', amount: 1 },
    { title: 'Crème fraîche', notes: '', amount: 2 },
    { title: 'Rye bread', notes: 'with oat', amount: 3 },
  ])
  expect(await find(api, 'fla')).toEqual(['Oat flakes'])
  expect(await find(api, 'breod')).toEqual(['Rye bread'])
  expect(await find(api, 'CREME')).toEqual(['Crème fraîche'])
  expect(await findSorted(api, 'oat')).toEqual(['Oat flakes', 'Rye bread'])
  expect(await find(api, 'oat good')).toEqual(['Oat flakes'])
  expect(await find(api, 'nothing')).toEqual([])
  expect(await find(api, '')).toEqual([])
  await api.close()
})

test('search follows changes, forgets what was deleted, and keeps to the families asked for', async () => {
  const { api } = memoryEngine(82)
  const one = await define(api, { title: 'str' }, { name: 'one' })
  const two = await define(api, { title: 'str' }, { name: 'two' })
  const [a, b] = await createAll(api, one.id, [{ title: 'apple' }, { title: 'apple pie' }])
  await createAll(api, two.id, [{ title: 'apple tree' }])
  expect(await findSorted(api, 'apple')).toEqual(['apple', 'apple pie', 'apple tree'])
  expect(await find(api, 'apple', [two.id])).toEqual(['apple tree'])
  expect(await find(api, 'apple', undefined, 2)).toHaveLength(2)
  valueOf(await api.publish([{ action: 'update', document: a!, fields: { title: 'pear' } }], call))
  valueOf(await api.publish([{ action: 'delete', document: b! }], call))
  expect(await find(api, 'apple')).toEqual(['apple tree'])
  expect(await find(api, 'pear')).toEqual(['pear'])
  await api.close()
})

test('an index that nobody used for some minutes is dropped, and comes back when somebody searches', async () => {
  const database = memoryDatabase()
  const { api } = memoryEngine(83, { store: openMemoryStore(database) })
  const { id: schema } = await define(api, { title: 'str' })
  await createAll(api, schema, [{ title: 'apple' }, { title: 'apple tree' }])
  valueOf(await api.query({ schema }, call))
  const clock = memoryClock()
  const search = createSearch(shared(database).open({ clock }))
  const findApples = async (): Promise<number> => valueOf(await search.find('apple', { limit: 10 }, call)).length
  expect(await findApples()).toBe(2)
  expect(search.size()).toBe(2)
  await clock.advance(11 * 60 * 1000)
  expect(search.size()).toBe(0)
  expect(await findApples()).toBe(2)
  await api.close()
})
