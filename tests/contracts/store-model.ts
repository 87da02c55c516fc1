import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import type { Hash, LogId } from '../../src/core/ids.ts'
import type { Change, Expectation, IndexKey, Store } from '../../src/ports/store.ts'
import { ada, bo, documentIdOf, hashOf, item, pending, view } from './store-samples.ts'

type Commit = { readonly changes: readonly Change[]; readonly expect: readonly Expectation[] }

const never = new AbortController().signal
const publicKey = fc.constantFrom(ada, bo)
const log = fc.constantFrom(0, 1, 63, 64, 130)
const documents = [ada, bo].flatMap((key) => [0, 1, 63, 64, 130].map((number) => `${key}/${number}`))
const document = fc.constantFrom(...documents)
const mark = fc.constantFrom('private', 'shared')
const name = fc.constantFrom('a', 'b', 'c')

const itemChange = fc
  .record({
    publicKey,
    log,
    mark,
    document,
    seq: fc.integer({ min: 1, max: 8 }),
    size: fc.constantFrom(null, 0, 20, 20_000),
  })
  // The first entry of a log is here the CREATE of a document of its own; later ones go anywhere.
  .map((at) => item(at.seq === 1 ? { ...at, document: `${at.publicKey}/${at.log}` } : at))

const indexKey = fc.tuple(
  fc.constantFrom(1, 2),
  fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true }), fc.string({ maxLength: 3 })),
)
const viewChange = fc.record({ document, keys: fc.array(indexKey, { maxLength: 3 }) }).map(({ document: of, keys }) =>
  view(
    of,
    keys.map((key): IndexKey => [...key, documentIdOf(of)]),
  ),
)

const otherChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ put: fc.constant('mark' as const), documentId: document.map(documentIdOf), mark }),
  viewChange.map((value) => ({ put: 'view' as const, value })),
  document.map((of) => ({ delete: 'view' as const, documentId: documentIdOf(of) })),
  fc.tuple(name, name).map(([id, awaits]) => ({ put: 'pending' as const, value: pending(id, awaits) })),
  name.map((id) => ({ delete: 'pending' as const, id: pending(id, '').id })),
  document.map((of) => ({ put: 'queue' as const, documentIds: [documentIdOf(of)] })),
  fc.integer({ min: 1, max: 5 }).map((id) => ({ delete: 'queue' as const, id })),
  fc.tuple(name, name).map(([target, id]) => ({ put: 'outbox' as const, target, ids: [hashOf(id)] })),
  fc.tuple(name, fc.integer({ min: 0, max: 2 })).map(([key, value]) => ({ put: 'local' as const, key, value })),
  name.map((key) => ({ delete: 'local' as const, key })),
)

const expectation: fc.Arbitrary<Expectation> = fc.oneof(
  fc.tuple(name, fc.constantFrom(undefined, 0, 1)).map(([local, value]) => ({ local, value })),
  fc
    .tuple(publicKey, log, fc.constantFrom<Hash | undefined>(undefined, documentIdOf(`${ada}/0`)))
    .map(([key, logId, hash]) => ({ head: { publicKey: key, logId: BigInt(logId) as LogId }, hash })),
)

const commit: fc.Arbitrary<Commit> = fc.record({
  changes: fc.array(fc.oneof({ arbitrary: itemChange, weight: 3 }, { arbitrary: otherChange, weight: 2 }), {
    maxLength: 12,
  }),
  expect: fc.oneof(
    { arbitrary: fc.constant([]), weight: 4 },
    { arbitrary: fc.array(expectation, { maxLength: 2 }), weight: 1 },
  ),
})

const gather = async <T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const page of pages) all.push(...page)
  return all
}

/** Everything that can be read. */
const contents = async (store: Store): Promise<unknown> => ({
  documents: await gather(store.allDocuments(never)),
  some: await store.documents(documents.map(documentIdOf)),
  heads: await gather(store.allHeads(undefined, never)),
  last: await store.lastLog(ada),
  pending: [await store.allPending(9), await store.pending('a')],
  queue: await store.queue(99),
  rows: await store.viewsIn({ prefix: [], direction: 'asc', limit: 99 }),
  back: await store.viewsIn({ prefix: [1], lower: { key: [0], isOpen: true }, direction: 'desc', limit: 3 }),
  count: await store.countIn({ prefix: [2], upper: { key: ['a'] } }),
  local: await store.localWith(''),
  outbox: await store.outbox('a', 9),
})

/** A document begins with its CREATE: what would come before it is left out, as ingest does. */
const withoutOrphans = (changes: readonly Change[], begun: ReadonlySet<string>): readonly Change[] => {
  const now = new Set(begun)
  return changes.filter((change) => {
    if (!('put' in change) || change.put !== 'item') return true
    if (change.operationId === change.documentId) now.add(change.documentId)
    return now.has(change.documentId)
  })
}

/** Whatever is committed, in whatever order: a store answers as the one in memory does. */
export const storeModel = (open: () => Promise<Store>, numRuns: number): void =>
  test('[S30] answers as the memory store does, whatever is committed', async () => {
    expect.hasAssertions()
    const same = fc.asyncProperty(fc.array(commit, { maxLength: 6 }), async (commits) => {
      await using real = await open()
      await using model = openMemoryStore()
      for (const { changes, expect: expected } of commits) {
        const stored = await model.documents(documents.map(documentIdOf))
        const begun = new Set(stored.flatMap((row) => (row && !('code' in row) ? [row.documentId] : [])))
        const kept = withoutOrphans(changes, begun)
        expect(await real.commit(kept, expected)).toBe(await model.commit(kept, expected))
      }
      expect(await contents(real)).toEqual(await contents(model))
    })
    await fc.assert(same, { numRuns })
  })
