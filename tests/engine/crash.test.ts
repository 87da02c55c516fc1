import { describe, expect, test } from 'vitest'
import { memoryDatabase, type MemoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { nobleVerifier } from '../../src/adapters/memory/noble-verifier.ts'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import type { Draft } from '../../src/engine/api.ts'
import type { EngineDeps } from '../../src/engine/deps.ts'
import { publishDrafts } from '../../src/engine/publish.ts'
import { recover } from '../../src/engine/recover.ts'
import type { Verifier } from '../../src/ports/verifier.ts'
import { aSchema, anAuthor, named, plainSchema, text, update, type Written } from './author.ts'
import { shared, take } from './door.ts'
import { mortal, nothingMore } from './mortal.ts'
import { call, until, valueOf } from './support.ts'

/** The entries of these tests are signed well; it is their way through the store that counts. */
const verifier: Verifier = { verify: async (claims) => claims.map(() => true) }

/** What is in a database, without times and arrival numbers. */
const contentOf = (database: MemoryDatabase): unknown => ({
  documents: new Map(
    [...database.documents]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { items }]) => [
        id,
        items
          .map(({ entry }) => decodeEntry(entry))
          .map((entry) => (entry.ok ? entry.value.hash : 'damaged'))
          .sort(),
      ]),
  ),
  views: new Map(
    [...database.views.values()]
      .sort((a, b) => (a.documentId < b.documentId ? -1 : 1))
      .map(({ documentId, viewId, fields, isDeleted }) => [documentId, { viewId, fields, isDeleted }]),
  ),
  pending: [...database.pending.keys()],
  queue: [...database.queue.values()],
})

/** Every log is whole: one entry at each place, from 1 to its head. */
const expectWholeLogs = (database: MemoryDatabase): void => {
  const places = new Map<string, number>()
  const heights = new Map<string, bigint>()
  for (const { items } of database.documents.values())
    for (const item of items) {
      const entry = decodeEntry(item.entry)
      if (!entry.ok) throw new Error(entry.error.code)
      const log = `${entry.value.publicKey}/${entry.value.logId}`
      const place = `${log}/${entry.value.seqNum}`
      places.set(place, (places.get(place) ?? 0) + 1)
      const height = heights.get(log) ?? 0n
      heights.set(log, entry.value.seqNum > height ? entry.value.seqNum : height)
    }
  expect([...places.values()].every((count) => count === 1)).toBe(true)
  for (const [publicKey, { heads }] of database.logs)
    for (const head of heads.values()) expect(heights.get(`${publicKey}/${head.logId}`)).toBe(head.seqNum)
  expect(places.size).toBe([...heights.values()].reduce((sum, height) => sum + Number(height), 0))
}

/** Things, changes of them, their schema after them, and a log that comes backwards. */
const batches = ((): readonly (readonly Written[])[] => {
  const [ana, bo] = [anAuthor(1), anAuthor(2)]
  const schema = aSchema(bo)
  const thing = ana.create({ title: text('one') }, schema.id)
  const changed = bo.write([], {
    action: 'update',
    schemaId: schema.id,
    previous: [thing.id],
    fields: { title: text('two') },
  })
  const log = [ana.create(named('n1'))]
  while (log.length < 5) log.push(ana.write(log, update(log.slice(-1), `n${log.length + 1}`)))
  return [[changed, ...log.slice(1).toReversed()], [thing, log[0]!], schema.written]
})()

const takeAll = async (deps: EngineDeps): Promise<void> => {
  for (const batch of batches) await take(deps, batch)
}

const undisturbed = async (): Promise<unknown> => {
  const { database, open } = shared()
  await takeAll(open({ verifier }))
  return contentOf(database)
}

describe('an engine that dies', () => {
  test.each(['before', 'after'] as const)(
    '[S3] %s any of its calls to the store loses nothing and doubles nothing',
    async (when) => {
      const expected = await undisturbed()
      let at = 0
      for (let isOver = false; !isOver; at++) {
        const database = memoryDatabase()
        const { store, isDead } = mortal(openMemoryStore(database), { at, when })
        let isThrough = false
        void takeAll(shared(database).open({ store, verifier })).then(() => (isThrough = true))
        await until(() => isThrough || isDead())
        isOver = isThrough
        const stored = [...database.documents.keys()]

        const next = shared(database).open({ verifier })
        await recover(next)
        expectWholeLogs(database)
        expect([...database.queue.values()], `queue after dying ${when} call ${at}`).toEqual([])
        expect([...database.documents.keys()]).toEqual(expect.arrayContaining(stored))
        await takeAll(next)
        expect(contentOf(database), `after dying ${when} call ${at}`).toEqual(expected)
      }
      expect(at).toBeGreaterThan(20)
    },
  )

  test('[S3] after verifying has stored nothing', async () => {
    const database = memoryDatabase()
    let isVerified = false
    const last: Verifier = {
      verify: async (claims) => {
        await nobleVerifier().verify(claims)
        isVerified = true
        return nothingMore
      },
    }
    void takeAll(shared(database).open({ verifier: last }))
    await until(() => isVerified)
    expect(database.documents.size).toBe(0)
    await takeAll(shared(database).open())
    expect(contentOf(database)).toEqual(await undisturbed())
  })

  test.each(['before', 'after'] as const)('[BA4] %s any call while publishing never forks a log', async (when) => {
    const drafts: readonly Draft[] = [
      { action: 'create', schema: plainSchema, fields: { name: 'first', type: 'str' }, as: 'first' },
      { action: 'update', document: { ref: 'first' }, fields: { name: 'second' } },
    ]
    for (let at = 0, isOver = false; !isOver; at++) {
      const database = memoryDatabase()
      const { store, isDead } = mortal(openMemoryStore(database), { at, when })
      let isThrough = false
      void publishDrafts(shared(database).open({ store }), drafts, call).then(() => (isThrough = true))
      await until(() => isThrough || isDead())
      isOver = isThrough

      const next = shared(database).open()
      await recover(next)
      // All of the batch is there, or nothing.
      expect([0, 2]).toContain([...database.documents.values()].flatMap(({ items }) => items).length)
      valueOf(await publishDrafts(next, drafts, call))
      await next.materialiser.settled()
      expectWholeLogs(database)
      expect(database.forks.size).toBe(0)
      expect([...database.views.values()].map((view) => view.fields['name']?.value)).toEqual(
        [...database.documents].map(() => 'second'),
      )
    }
  })
})

test('[S2] a full disk refuses the batch whole; what is there can be read, and later goes on', async () => {
  const { database, open } = shared()
  const deps = open()
  const [first, second] = [anAuthor(1).create(named('n1')), anAuthor(2).create(named('n2'))]
  await take(deps, [first])
  database.isFull = true
  await expect(take(deps, [second])).rejects.toEqual({ code: 'store/full' })
  expect(database.documents.size).toBe(1)
  expect(await deps.store.view(first.id as never)).toBeDefined()
  database.isFull = false
  await take(deps, [second])
  expect(database.views.size).toBe(2)
})
