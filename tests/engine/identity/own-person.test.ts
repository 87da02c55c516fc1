import { expect, test } from 'vitest'
import { memoryDatabase } from '../../../src/adapters/memory/memory-database.ts'
import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { memoryLocks } from '../../../src/adapters/memory/memory-locks.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import { keySubject } from '../../../src/core/authority/entry.ts'
import { readOwnPerson } from '../../../src/engine/identity/own-person.ts'
import { memoryEngine } from '../../../src/hosts/memory-engine.ts'
import { call, createAll, define, valueOf } from '../support.ts'
import { personalEngine, standing } from './a-person.ts'

const device = async (engine: ReturnType<typeof personalEngine>) => valueOf(await engine.api.publicKeys())[0]!
const personOf = async ({ store }: ReturnType<typeof personalEngine>) => {
  const person = await readOwnPerson(store)
  if (!person) throw new Error('nobody writes here')
  return person
}

test('[ID9] the first write makes a person, silently, before anything else', async () => {
  const engine = personalEngine(1)
  expect(await readOwnPerson(engine.store)).toBeUndefined()
  const schema = await define(engine.api, { title: 'str' })
  await createAll(engine.api, schema.id, [{ title: 'First' }])

  const person = await personOf(engine)
  const paper = await engine.paper.publicKey()
  const logs = valueOf(await engine.api.logs(undefined))
  const ofPaper = logs.filter(({ publicKey }) => publicKey === paper)
  expect(ofPaper.map(({ logId, seqNum }) => [logId, seqNum])).toEqual([0n, 1n, 2n, 3n].map((logId) => [logId, 1n]))
  expect(ofPaper[0]?.documentId).toBe(person)
  const own = await device(engine)
  const ofDevice = logs.filter(({ publicKey }) => publicKey === own)
  expect(ofDevice.find(({ logId }) => logId === 1n)?.documentId).toBe(person)
})

test('[ID9] the words stand above the device: the resolver says so of what was stored', async () => {
  const engine = personalEngine(2)
  await define(engine.api, { title: 'str' })
  const person = await personOf(engine)
  const [paper, own] = [keySubject((await engine.paper.publicKey())!), keySubject(await device(engine))]
  const { founder, levels, members } = (await standing(engine)).group(person)
  expect(founder).toBe(paper)
  expect(levels).toEqual([
    { subject: paper, range: '*', level: 0 },
    { subject: own, range: '*', level: 1 },
  ])
  expect([...members].sort()).toEqual([paper, own].sort())
})

test('[ID9] the group lists its memberships, sorted', async () => {
  const engine = personalEngine(3)
  await define(engine.api, { title: 'str' })
  const group = valueOf(await engine.api.document(await personOf(engine)))
  const members = group?.fields['members'] as readonly string[]
  expect(members).toHaveLength(2)
  expect(members).toEqual([...members].sort())
  expect(group?.fields['name']).toBe('g')
  expect(group?.fields['founder']).toBeUndefined()
})

test('[ID10] whoever wrote before there were persons gets one, and keeps everything', async () => {
  const store = openMemoryStore()
  const keys = memoryKeys([new Uint8Array(32).fill(9)])
  const before = memoryEngine(4, { store, keys }).api
  const schema = await define(before, { title: 'str' })
  const [old] = await createAll(before, schema.id, [{ title: 'From before' }])
  expect(await readOwnPerson(store)).toBeUndefined()

  const engine = personalEngine(4, { store, keys })
  await createAll(engine.api, schema.id, [{ title: 'From now on' }])
  valueOf(await engine.api.publish([{ action: 'update', document: old!, fields: { title: 'Changed' } }], call))
  const { documents } = valueOf(await engine.api.query({ schema: schema.id }, call))
  expect(new Set(documents.map(({ fields }) => fields['title']))).toEqual(new Set(['Changed', 'From now on']))
  expect(await readOwnPerson(store)).toBeDefined()
})

test('[ID10] of many who write first at once one makes the person', async () => {
  const database = memoryDatabase()
  const [keys, locks] = [memoryKeys([new Uint8Array(32).fill(8)]), memoryLocks()]
  const first = personalEngine(5, { store: openMemoryStore(database), keys, locks })
  const second = personalEngine(5, { store: openMemoryStore(database), keys, locks })
  const schema = await define(first.api, { title: 'str' })
  const writers = [first, second, first, second]
  await Promise.all(writers.map(({ api }, n) => createAll(api, schema.id, [{ title: `${n}` }])))
  const groups = valueOf(await first.api.query({ schema: 'key_group_v1' as never }, call))
  expect(groups.documents).toHaveLength(1)
})

test('[ID10] what only reads makes nobody', async () => {
  const engine = personalEngine(6)
  valueOf(await engine.api.schemas())
  valueOf(await engine.api.query({ schema: 'key_group_v1' as never }, call))
  expect(await readOwnPerson(engine.store)).toBeUndefined()
  expect(await engine.paper.publicKey()).toBeUndefined()
})

test('[ID10] a paper key that cannot be read does not keep anybody from writing', async () => {
  const { paper } = personalEngine(7)
  const broken = { ...paper, make: () => Promise.reject({ code: 'signer/paper-damaged', reason: 'a test' }) }
  const { api, store } = memoryEngine(7, { paper: broken })
  const schema = await define(api, { title: 'str' })
  expect(await createAll(api, schema.id, [{ title: 'Written' }])).toHaveLength(1)
  expect(await readOwnPerson(store)).toBeUndefined()
})
