import * as fc from 'fast-check'
import { isSame } from '../../src/adapters/layout/equality.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import type { Hash, LogId, PublicKey } from '../../src/core/ids.ts'
import type { LogKey } from '../../src/core/entry/entry.ts'
import type {
  Change,
  DamagedRow,
  Expectation,
  Fork,
  IndexKey,
  Mark,
  ScopeName,
  Store,
  StoredDocument,
} from '../../src/ports/store.ts'
import { ada, bo, bytesOf, documentIdOf, hashOf, item, pending, view } from './store-samples.ts'

/** An item whose place is found when its turn comes: the next of its log, or (once in a while) one that is taken. */
interface ItemDraft {
  readonly draft: 'item'
  readonly publicKey: PublicKey
  readonly log: number
  /** Which of the documents there are it goes to; the first entry of a log begins one of its own. */
  readonly nth: number
  readonly size: number | null
  readonly mark: Mark
  readonly isRepeated: boolean
}
type ChangeDraft = ItemDraft | Change
type Commit = { readonly changes: readonly ChangeDraft[]; readonly expect: readonly Expectation[] }

const never = new AbortController().signal
const publicKey = fc.constantFrom(ada, bo)
const log = fc.constantFrom(0, 1, 63, 64, 130)
const documents = [ada, bo].flatMap((key) => [0, 1, 63, 64, 130].map((number) => `${key}/${number}`))
const document = fc.constantFrom(...documents)
/** The log that begins this document. */
const logOf = (of: string): LogKey => ({
  publicKey: of.split('/')[0] as PublicKey,
  logId: BigInt(of.split('/')[1]!) as LogId,
})
const forkOf = (of: string): Fork => ({
  ...logOf(of),
  seqNum: 1n as Fork['seqNum'],
  a: { hash: hashOf('a'), entry: bytesOf('a') as Fork['a']['entry'] },
  b: { hash: hashOf('b'), entry: bytesOf('b') as Fork['b']['entry'] },
})
const mark = fc.constantFrom<Mark>('private', 'shared')
const name = fc.constantFrom('a', 'b', 'c')

const itemDraft: fc.Arbitrary<ItemDraft> = fc.record({
  draft: fc.constant('item'),
  publicKey,
  log,
  mark,
  nth: fc.nat(20),
  size: fc.constantFrom(null, 0, 20, 20_000),
  isRepeated: fc.nat(30).map((n) => n === 0),
})

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
  document.map((of) => ({ delete: 'document' as const, documentId: documentIdOf(of) })),
  fc.tuple(name, name).map(([id, awaits]) => ({ put: 'pending' as const, value: pending(id, awaits) })),
  name.map((id) => ({ delete: 'pending' as const, id: pending(id, '').id })),
  fc
    .record({ at: document, scope: fc.constantFrom('schema:a', 'schema:b'), isForked: fc.boolean() })
    .map(({ at, scope, isForked }): Change => ({
      put: 'part',
      key: { scope: scope as ScopeName, part: 1 },
      documentId: documentIdOf(at),
      logs: [{ ...logOf(at), isForked }],
    })),
  document.map((of): Change => ({ put: 'fork', value: forkOf(of), documentId: documentIdOf(of) })),
  document.map((of) => ({ put: 'queue' as const, documentIds: [documentIdOf(of)] })),
  fc.integer({ min: 1, max: 5 }).map((id) => ({ delete: 'queue' as const, id })),
  fc.tuple(name, name).map(([target, id]) => ({ put: 'outbox' as const, target, ids: [hashOf(id)] })),
  fc.tuple(name, name).map(([target, id]) => ({ delete: 'outbox' as const, target, ids: [hashOf(id)] })),
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
  changes: fc.array(fc.oneof({ arbitrary: itemDraft, weight: 3 }, { arbitrary: otherChange, weight: 2 }), {
    maxLength: 20,
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

/** A document with its operations as text, which compares a hundred times faster than bytes. */
const readable = (row: StoredDocument | DamagedRow | undefined): unknown =>
  row && 'items' in row
    ? {
        ...row,
        items: row.items.map((one) => ({
          ...one,
          operation: one.operation && new TextDecoder('latin1').decode(one.operation),
        })),
      }
    : row

/** Everything that can be read. */
const contents = async (store: Store): Promise<unknown> => ({
  documents: (await gather(store.allDocuments(never))).map(readable),
  some: (await store.documents(documents.map(documentIdOf))).map(readable),
  heads: await gather(store.allHeads(undefined, never)),
  last: await store.lastLog(ada),
  pending: [await store.allPending(9), await store.pending(['a'])],
  queue: await store.queue(99),
  rows: await store.viewsIn({ prefix: [], direction: 'asc', limit: 99 }),
  back: await store.viewsIn({ prefix: [1], lower: { key: [0], isOpen: true }, direction: 'desc', limit: 3 }),
  count: await store.countIn({ prefix: [2], upper: { key: ['a'] } }),
  local: await store.localWith(''),
  outbox: await store.outbox('a', 9),
  parts: await store.parts(),
  partsOf: await store.partsOf(documents.map(documentIdOf)),
  partLogs: await gather(store.partLogs({ scope: 'schema:a' as ScopeName, part: 1 }, 1, never)),
  forks: await store.forks(),
})

/** What the drafts become on top of the logs that are there; `next` moves on with them. */
const resolve = (changes: readonly ChangeDraft[], next: Map<string, number>): readonly Change[] =>
  changes.map((change) => {
    if (!('draft' in change)) return change
    const own = `${change.publicKey}/${change.log}`
    const free = next.get(own) ?? 1
    const seq = change.isRepeated && free > 1 ? free - 1 : free
    next.set(own, seq + 1)
    const begun = [...next.keys()]
    const { publicKey: key, log: number, size, mark: of } = change
    const to = seq === 1 ? own : begun[change.nth % begun.length]!
    return item({ publicKey: key, log: number, seq, document: to, size, mark: of })
  })

const agree = (about: string, real: unknown, model: unknown): void => {
  if (isSame(real, model)) return
  const shown = (value: unknown): string =>
    JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one), 1)
  throw new Error(`${about}: the store has ${shown(real)}, memory ${shown(model)}`)
}

/** Whatever is committed, in whatever order: a store answers as the one in memory does (rule S30). Needs no test runner, so a page can run it. */
export const agreesWithMemory = (open: () => Promise<Store>, numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(commit, { maxLength: 6 }), async (commits) => {
      await using real = await open()
      await using model = openMemoryStore()
      let next = new Map<string, number>()
      for (const { changes, expect } of commits) {
        const after = new Map(next)
        const resolved = resolve(changes, after)
        const answer = await model.commit(resolved, expect)
        agree('commit', await real.commit(resolved, expect), answer)
        if (answer === 'committed') next = after
      }
      agree('contents', await contents(real), await contents(model))
    }),
    { numRuns },
  )
