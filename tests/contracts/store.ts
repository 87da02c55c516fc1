import { describe, expect, test } from 'vitest'
import type { DocumentId, EncodedEntry, EncodedOperation, LogId, OperationId, SeqNum } from '../../src/core/ids.ts'
import type { Bound, IndexKey, Store, StoredDocument } from '../../src/ports/store.ts'
import { commitsContract } from './store-commits.ts'
import { partsContract } from './store-parts.ts'
import { ada, bo, bytesOf, documentIdOf, hashOf, item, keyOf, pending, pendingItem, view } from './store-samples.ts'

/** A database that lasts as long as a test, and what can be done to it from outside. */
export interface StoreHarness extends AsyncDisposable {
  /** A store on the database. Where only one may be open, the same one again. */
  readonly open: () => Promise<Store>
  /** From now on the disk takes no more. */
  readonly fill: () => void | Promise<void>
  /** Damages what is stored of this document. */
  readonly damage: (documentId: DocumentId) => Promise<void>
  /** Damages what the store counts with, where it lies in a row. */
  readonly damageCounters: () => Promise<void>
}

const never = new AbortController().signal
const gather = async <T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const page of pages) all.push(...page)
  return all
}
const entriesOf = (document: StoredDocument | undefined): readonly string[] | undefined =>
  document?.items.map(({ entry }) => new TextDecoder().decode(entry).slice(-8))

/** What every store promises (docs/spec.md, S). */
export const storeContract = (adapter: string, harness: () => Promise<StoreHarness>): void => {
  describe(`the store on ${adapter}`, () => {
    contract(harness)
  })
}

function contract(harness: () => Promise<StoreHarness>): void {
  const storeTest = test.extend<{ readonly around: StoreHarness; readonly store: Store }>({
    // oxlint-disable-next-line no-empty-pattern -- how a fixture says that it needs no other
    around: async ({}, use) => {
      await using around = await harness()
      await use(around)
    },
    store: async ({ around }, use) => {
      await using store = await around.open()
      await use(store)
    },
  })

  storeTest('[S1] what was committed is there, the bytes as they were', async ({ store }) => {
    const create = item({ document: 'a', mark: 'shared', origin: 'local' })
    const update = item({ document: 'a', seq: 2, size: null, origin: 'peer' })
    const empty = item({ document: 'a', seq: 3, size: 0 })
    expect(await store.commit([create, update, empty], [])).toBe('committed')
    expect(await store.document(create.documentId)).toEqual({
      documentId: create.documentId,
      mark: 'shared',
      items: [
        { ...create.item, arrival: 1 },
        { ...update.item, arrival: 2 },
        { ...empty.item, arrival: 3 },
      ],
    })
    expect(await store.document(documentIdOf('b'))).toBeUndefined()
    expect(await store.documents([documentIdOf('b'), create.documentId])).toMatchObject([
      undefined,
      { documentId: create.documentId },
    ])
  })

  storeTest('[S1] it is still there for the next store on the same database', async ({ store, around }) => {
    await store.commit([item({ document: 'a' }), { put: 'local', key: 'k', value: { deep: [1n, 'x'] } }], [])
    const next = await around.open()
    expect(await next.local('k')).toEqual({ deep: [1n, 'x'] })
    expect(entriesOf(await next.document(documentIdOf('a')))).toHaveLength(1)
  })

  storeTest('[S2] an expectation that does not hold writes nothing at all', async ({ store }) => {
    const create = item({ document: 'a' })
    await store.commit([create], [])
    const changes = [item({ document: 'a', seq: 2 }), { put: 'local', key: 'k', value: 1 } as const]
    const log = { publicKey: ada, logId: 0n as LogId }
    expect(await store.commit(changes, [{ head: log, hash: undefined }])).toBe('stale')
    expect(await store.commit(changes, [{ head: log, hash: hashOf('other') }])).toBe('stale')
    expect(
      await store.commit(changes, [
        { head: log, hash: create.head.hash },
        { local: 'k', value: 0 },
      ]),
    ).toBe('stale')
    expect(await store.local('k')).toBeUndefined()
    expect(await store.head(log)).toEqual(create.head)
    expect((await store.document(create.documentId))?.items).toHaveLength(1)
    expect(await store.commit(changes, [{ head: log, hash: create.head.hash }])).toBe('committed')
    expect(await store.commit([], [{ head: log, hash: create.head.hash }])).toBe('stale')
  })

  storeTest(
    '[S2] an item that would not move its head forward is stale, twice in one commit too',
    async ({ store }) => {
      await store.commit([item({ document: 'a' }), item({ document: 'a', seq: 2 })], [])
      expect(await store.commit([item({ document: 'a', seq: 2 })], [])).toBe('stale')
      expect(await store.commit([item({ document: 'b' })], [])).toBe('stale')
      const again = item({ document: 'c', log: 1 })
      expect(await store.commit([again, again], [])).toBe('stale')
      expect(await store.document(documentIdOf('c'))).toBeUndefined()
      expect((await store.document(documentIdOf('a')))?.items).toHaveLength(2)
    },
  )

  storeTest('[S3] local rows compare and set, by structure', async ({ store }) => {
    const set = (value: unknown, before: unknown) =>
      store.commit([{ put: 'local', key: 'k', value }], [{ local: 'k', value: before }])
    const value = { list: [1, 'two', null, 3n], bytes: bytesOf('x'), not: Number.NaN }
    expect(await set(value, undefined)).toBe('committed')
    expect(await set(1, undefined)).toBe('stale')
    expect(await set(1, { ...value, list: [1, 'two', null, 4n] })).toBe('stale')
    expect(await set(1, { ...value, bytes: bytesOf('y') })).toBe('stale')
    expect(await set(1, { ...value, more: undefined })).toBe('stale')
    expect(await set([1], { not: Number.NaN, bytes: bytesOf('x'), list: [1, 'two', null, 3n] })).toBe('committed')
    expect(await set(2, { 0: 1 })).toBe('stale')
    expect(await store.commit([{ delete: 'local', key: 'k' }], [{ local: 'k', value: [1] }])).toBe('committed')
    expect(await store.local('k')).toBeUndefined()
  })

  storeTest('[S3] of two that set at once one wins', async ({ store, around }) => {
    const other = await around.open()
    await store.commit([{ put: 'local', key: 'n', value: 0 }], [])
    const set = (by: Store, value: number) => by.commit([{ put: 'local', key: 'n', value }], [{ local: 'n', value: 0 }])
    expect((await Promise.all([set(store, 1), set(other, 2)])).sort()).toEqual(['committed', 'stale'])
  })

  storeTest('[S4] changes of one commit happen in their order', async ({ store }) => {
    await store.commit(
      [
        { put: 'local', key: 'a', value: 1 },
        { put: 'local', key: 'a', value: 2 },
        { put: 'local', key: 'b', value: 1 },
        { delete: 'local', key: 'b' },
        { delete: 'local', key: 'c' },
        { put: 'local', key: 'c', value: 3 },
        { put: 'view', value: view('a', [[1, 'old', documentIdOf('a')]]) },
        { put: 'view', value: view('a', [[1, 'new', documentIdOf('a')]]) },
      ],
      [],
    )
    expect(await store.localWith('')).toEqual([
      ['a', 2],
      ['c', 3],
    ])
    const rows = await store.viewsIn({ prefix: [1], direction: 'asc', limit: 9 })
    expect(rows.map(({ key }) => key)).toEqual([[1, 'new', documentIdOf('a')]])
  })

  storeTest(
    '[S4] a value that cannot be copied is refused, and nothing of its commit is written',
    async ({ store }) => {
      const changes = [
        { put: 'local', key: 'a', value: 1 },
        { put: 'local', key: 'b', value: () => 1 },
      ] as const
      await expect(store.commit(changes, [])).rejects.toMatchObject({ code: 'store/failed' })
      expect(await store.localWith('')).toEqual([])
      expect(await store.commit(changes.slice(0, 1), [])).toBe('committed')
    },
  )

  storeTest('[S5] arrival numbers grow and are never given twice, whoever commits', async ({ store, around }) => {
    const other = await around.open()
    const commits = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? store : other).commit(
        [item({ document: `d${n}`, log: n }), item({ document: `d${n}`, log: n, seq: 2 })],
        [],
      ),
    )
    await Promise.all(commits)
    await other.commit([item({ document: 'last', log: 99 })], [])
    const documents = (await gather(store.allDocuments(never))) as readonly StoredDocument[]
    const arrivals = documents.flatMap(({ items }) => items.map(({ arrival }) => arrival)).sort((a, b) => a - b)
    expect(arrivals).toEqual(Array.from({ length: 41 }, (_, n) => n + 1))
    for (const { items } of documents.filter((document) => document.items.length > 1))
      expect(items[1]!.arrival).toBe(items[0]!.arrival + 1)
  })

  storeTest('[S6] a long document comes back in order of arrival, however it was cut', async ({ store }) => {
    const seqs = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, n) => item({ document: 'a', seq: from + n, size: 200 }))
    await store.commit(seqs(1, 1), [])
    await store.commit(seqs(2, 64), [])
    await store.commit(seqs(65, 65), [])
    await store.commit(seqs(66, 400), [])
    await store.commit([item({ document: 'a', seq: 401, size: 70_000 }), item({ document: 'a', seq: 402 })], [])
    const document = await store.document(documentIdOf('a'))
    expect(document?.items.map(({ arrival }) => arrival)).toEqual(Array.from({ length: 402 }, (_, n) => n + 1))
    expect(document?.items[400]?.operation).toHaveLength(70_000)
    expect(document).toEqual((await store.documents([documentIdOf('a')]))[0])
    expect(await gather(store.allDocuments(never))).toEqual([document])
  })

  storeTest('[S6] the mark is that of the CREATE until it is set, also of a long document', async ({ store }) => {
    await store.commit([item({ document: 'a', mark: 'private' })], [])
    await store.commit([item({ document: 'a', seq: 2, mark: 'shared' })], [])
    expect((await store.document(documentIdOf('a')))?.mark).toBe('private')
    const more = Array.from({ length: 100 }, (_, n) => item({ document: 'a', seq: n + 3 }))
    await store.commit([{ put: 'mark', documentId: documentIdOf('a'), mark: 'shared' }, ...more], [])
    expect((await store.document(documentIdOf('a')))?.mark).toBe('shared')
    await store.commit([{ put: 'mark', documentId: documentIdOf('a'), mark: 'private' }], [])
    expect((await store.document(documentIdOf('a')))?.mark).toBe('private')
    expect((await store.document(documentIdOf('a')))?.items).toHaveLength(102)
    await store.commit([{ put: 'mark', documentId: documentIdOf('b'), mark: 'shared' }], [])
    expect(await store.document(documentIdOf('b'))).toBeUndefined()
  })

  storeTest('[S7] the head of a log is the newest item, and logs do not mix', async ({ store }) => {
    const highest = 2n ** 64n - 1n
    const logs = [0n, 1n, 63n, 64n, 65n, 2n ** 53n + 1n, highest]
    const heads = logs.map((log) => item({ document: `d${log}`, log, isEnded: log === 64n }))
    await store.commit([...heads, item({ document: 'd1', log: 1, seq: 2 })], [])
    await store.commit([item({ document: 'b', publicKey: bo, log: 7, seq: highest })], [])
    const second = item({ document: 'd1', log: 1, seq: 2 }).head
    const expected = heads.map(({ head }) => (head.logId === 1n ? second : head))
    const found = await store.heads([
      ...logs.map((log) => ({ publicKey: ada, logId: log as LogId })),
      { publicKey: bo, logId: 0n as LogId },
    ])
    expect(found).toEqual([...expected, undefined])
    expect(await store.head({ publicKey: bo, logId: 7n as LogId })).toMatchObject({ seqNum: highest as SeqNum })
    expect(await gather(store.allHeads(ada, never))).toEqual(expected)
    expect(await gather(store.allHeads(undefined, never))).toHaveLength(logs.length + 1)
    expect(await store.lastLog(ada)).toEqual(expected.at(-1))
    expect(await store.lastLog(keyOf('nobody'))).toBeUndefined()
  })

  storeTest('[S7] heads are walked by key and log id, whatever the order of writing', async ({ store }) => {
    const logs = Array.from({ length: 700 }, (_, n) => (n * 263) % 700)
    const items = logs.map((log) => item({ document: `d${log}`, log, publicKey: log % 3 ? ada : bo }))
    await store.commit(items, [])
    const walked = await gather(store.allHeads(undefined, never))
    const key = ({ publicKey, logId }: { readonly publicKey: string; readonly logId: bigint }) =>
      publicKey + logId.toString().padStart(4, '0')
    expect(walked.map(key)).toEqual(items.map(({ head }) => key(head)).sort())
  })

  storeTest('[S8] an operation leads to its document, a CREATE by its own id', async ({ store }) => {
    const [create, update] = [item({ document: 'a' }), item({ document: 'a', seq: 2 })]
    await store.commit([create, update], [])
    const ids = [update.operationId, hashOf('unknown') as OperationId, create.operationId]
    expect(await store.documentsOf(ids)).toEqual([create.documentId, undefined, create.documentId])
    expect(await store.documentsOf([])).toEqual([])
  })

  storeTest('[S9] pending things are found by what they await, in order of id', async ({ store }) => {
    const rows = ['a', 'b', 'c', 'd'].map((n) => pending(n, 'schema:x'))
    const byId = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const link = pendingItem('e', 'link:ab/1/2')
    await store.commit(
      [...rows, link].map((value) => ({ put: 'pending', value }) as const),
      [],
    )
    expect(await store.pending(['schema:x'])).toEqual(byId)
    expect(await store.pending(['link:ab/1/2'])).toEqual([link])
    expect(await store.pending(['schema'])).toEqual([])
    const all = [...rows, link].toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(await store.pending(['link:ab/1/2', 'schema:x', 'schema:x', 'no'])).toEqual(all)
    expect(await store.pending([])).toEqual([])
    expect(await store.isPending([link.id, hashOf('no'), byId[0]!.id])).toEqual([true, false, true])
    expect(await store.allPending(2)).toHaveLength(2)
    await store.commit(
      [
        { delete: 'pending', id: byId[0]!.id },
        { put: 'pending', value: { ...link, awaits: 'operation:y' } },
      ],
      [],
    )
    expect(await store.pending(['schema:x'])).toEqual(byId.slice(1))
    expect(await store.pending(['link:ab/1/2'])).toEqual([])
    expect(await store.pending(['operation:y'])).toHaveLength(1)
  })

  storeTest('[S10] the queue is read oldest first, and its ids are never used again', async ({ store }) => {
    const put = (document: string) => store.commit([{ put: 'queue', documentIds: [documentIdOf(document)] }], [])
    await put('a')
    await put('b')
    const [a, b] = await store.queue(9)
    expect([a, b]).toMatchObject([{ documentIds: [documentIdOf('a')] }, { documentIds: [documentIdOf('b')] }])
    await store.commit(
      [
        { delete: 'queue', id: a!.id },
        { delete: 'queue', id: b!.id },
      ],
      [],
    )
    await put('c')
    const [c] = await store.queue(9)
    expect(c!.id).toBeGreaterThan(b!.id)
    await put('d')
    expect(await store.queue(1)).toEqual([c])
  })

  storeTest('[S11] forks, outbox and local rows come in order', async ({ store }) => {
    const side = (name: string) => ({ hash: hashOf(name), entry: item({ document: name }).item.entry })
    const fork = (log: bigint) =>
      ({ publicKey: ada, logId: log as LogId, seqNum: 10n as SeqNum, a: side('x'), b: side('y') }) as const
    await store.commit(
      [2n, 10n, 1n].map((log) => ({ put: 'fork', value: fork(log) }) as const),
      [],
    )
    expect(await store.forks()).toEqual([1n, 2n, 10n].map(fork))
    const ids = ['p', 'q', 'r'].map(hashOf)
    await store.commit(
      [
        { put: 'outbox', target: 'node', ids },
        { put: 'outbox', target: 'node2', ids: [ids[0]!] },
      ],
      [],
    )
    expect(await store.outbox('node', 2)).toEqual(ids.toSorted().slice(0, 2))
    expect(await store.outbox('node2', 9)).toEqual([ids[0]])
    await store.commit([{ delete: 'outbox', target: 'node', ids: [ids[0]!, hashOf('never put')] }], [])
    expect(await store.outbox('node', 9)).toEqual(ids.slice(1).toSorted())
    expect(await store.outbox('node2', 9)).toEqual([ids[0]])
    const keys = ['note/b', 'note/', 'note', 'note/a\uffff', 'note/a', 'note0', 'Note/x']
    await store.commit(
      keys.map((key) => ({ put: 'local', key, value: key }) as const),
      [],
    )
    const under = (await store.localWith('note/')).map(([key]) => key)
    expect(under).toEqual(['note/', 'note/a', 'note/a\uffff', 'note/b'])
    expect(await store.localWith('note/a\uffff')).toEqual([['note/a\uffff', 'note/a\uffff']])
    expect(await store.localWith('')).toHaveLength(keys.length)
  })

  const sorted: readonly IndexKey[] = [
    [1, 1, -Infinity, 'k'],
    [1, 1, -2.5, 'k'],
    [1, 1, -1, 'k'],
    [1, 1, 0, 'k'],
    [1, 1, 5e-324, 'k'],
    [1, 1, 2, 'a'],
    [1, 1, 2, 'b'],
    [1, 1, 10, 'k'],
    [1, 1, 2 ** 60, 'k'],
    [1, 1, '', 'k'],
    [1, 1, '\u0000', 'k'],
    [1, 1, '\u0000\u0001', 'k'],
    [1, 1, '\u0001', 'k'],
    [1, 1, 'a', 'k'],
    [1, 1, 'a\u0000', 'k'],
    [1, 1, 'ab', 'k'],
    [1, 1, 'ä', 'k'],
    [1, 1, '\ud83d\ude00', 'k'],
    [1, 1, '\uffee', 'k'],
    [1, 2, 0, 'k'],
    [1, 10, 0, 'k'],
    [2, 1, 0, 'k'],
  ]
  const inOrder = sorted.map((key, n): IndexKey => [...key, documentIdOf(`d${n}`)])
  const putAll = async (store: Store): Promise<void> => {
    const shuffled = inOrder
      .map((key, n) => view(`d${n}`, [key, [9, (n * 7) % 22, documentIdOf(`d${n}`)]]))
      .sort((a, b) => (a.documentId < b.documentId ? -1 : 1))
    await store.commit(
      shuffled.map((value) => ({ put: 'view', value }) as const),
      [],
    )
  }

  storeTest('[S12] index keys come in the order of IndexedDB, both ways, with their rows', async ({ store }) => {
    await putAll(store)
    const all = await store.viewsIn({ prefix: [], upper: { key: [2] }, direction: 'asc', limit: 99 })
    expect(all.map(({ key }) => key)).toEqual(inOrder)
    expect(all.map(({ row }) => row.documentId)).toEqual(inOrder.map((_, n) => documentIdOf(`d${n}`)))
    const back = await store.viewsIn({ prefix: [], upper: { key: [2] }, direction: 'desc', limit: 5 })
    expect(back.map(({ key }) => key)).toEqual(inOrder.toReversed().slice(0, 5))
    expect(await store.view(documentIdOf('d3'))).toEqual(all[3]!.row)
    expect(await store.countIn({ prefix: [9] })).toBe(inOrder.length)
    expect(await store.viewsIn({ prefix: [1], direction: 'asc', limit: 0 })).toEqual([])
  })

  const ranges: readonly [string, { prefix: IndexKey; lower?: Bound; upper?: Bound }, readonly [number, number]][] = [
    ['a prefix', { prefix: [1, 1] }, [0, 19]],
    ['a closed lower bound', { prefix: [1, 1], lower: { key: [2] } }, [5, 19]],
    [
      'an open lower bound, which leaves out all that begins with it',
      { prefix: [1, 1], lower: { key: [2], isOpen: true } },
      [7, 19],
    ],
    ['a closed upper bound, which takes in all that begins with it', { prefix: [1, 1], upper: { key: [2] } }, [0, 7]],
    ['an open upper bound', { prefix: [1, 1], upper: { key: [2], isOpen: true } }, [0, 5]],
    ['both', { prefix: [1, 1], lower: { key: [-1], isOpen: true }, upper: { key: ['a'], isOpen: true } }, [3, 13]],
    ['a place to go on after', { prefix: [1, 1], lower: { key: [2, 'a'], isOpen: true } }, [6, 19]],
    ['one value', { prefix: [1, 1], lower: { key: ['a'] }, upper: { key: ['a'] } }, [13, 14]],
    ['bounds that cross', { prefix: [1, 1], lower: { key: ['b'] }, upper: { key: [0] } }, [0, 0]],
    [
      'bounds that meet and are open',
      { prefix: [1, 1], lower: { key: [2], isOpen: true }, upper: { key: [2], isOpen: true } },
      [0, 0],
    ],
    ['a prefix nobody has', { prefix: [3] }, [0, 0]],
  ]
  for (const [what, range, [from, to]] of ranges)
    storeTest(`[S12] a range is ${what}`, async ({ store }) => {
      await putAll(store)
      const expected = inOrder.slice(from, to)
      const asc = await store.viewsIn({ ...range, direction: 'asc', limit: 99 })
      const desc = await store.viewsIn({ ...range, direction: 'desc', limit: 99 })
      expect(asc.map(({ key }) => key)).toEqual(expected)
      expect(desc.map(({ key }) => key)).toEqual(expected.toReversed())
      expect(await store.countIn(range)).toBe(expected.length)
      const limited = await store.viewsIn({ ...range, direction: 'desc', limit: 2 })
      expect(limited.map(({ key }) => key)).toEqual(expected.toReversed().slice(0, 2))
    })

  storeTest('[S13] a view is found by its newest keys only, and by none when it is gone', async ({ store }) => {
    const [a, b] = [documentIdOf('a'), documentIdOf('b')]
    await store.commit(
      [
        {
          put: 'view',
          value: view('a', [
            [1, 'x', a],
            [1, 'x', a],
            [2, 'y', a],
          ]),
        },
        { put: 'view', value: view('b', [[1, 'z', b]]) },
      ],
      [],
    )
    expect(await store.countIn({ prefix: [1] })).toBe(2)
    await store.commit([{ put: 'view', value: view('a', [[1, 'w', a]], { isEdited: true }) }], [])
    const rows = await store.viewsIn({ prefix: [], direction: 'asc', limit: 9 })
    expect(rows.map(({ key }) => key)).toEqual([
      [1, 'w', a],
      [1, 'z', b],
    ])
    expect(rows[0]!.row.isEdited).toBe(true)
    await store.commit([{ delete: 'view', documentId: a }], [])
    expect(await store.countIn({ prefix: [] })).toBe(1)
    expect(await store.views([a, b])).toMatchObject([undefined, { isEdited: false }])
    expect(await store.view(a)).toBeUndefined()
  })

  storeTest('[S14] all documents are walked once, in order of id, until asked to stop', async ({ store }) => {
    const items = Array.from({ length: 250 }, (_, n) => item({ document: `d${n}`, log: n }))
    await store.commit(items, [])
    const walked = (await gather(store.allDocuments(never))) as readonly StoredDocument[]
    expect(walked.map(({ documentId }) => documentId)).toEqual(items.map(({ documentId }) => documentId).sort())
    const stop = new AbortController()
    const walk = async (): Promise<void> => {
      for await (const page of store.allDocuments(stop.signal)) if (page.length > 0) stop.abort('enough')
    }
    await expect(walk()).rejects.toBe('enough')
  })

  storeTest('[S15] a damaged document is named, and the others are still there', async ({ store, around }) => {
    await store.commit(
      ['a', 'b', 'c'].map((document, log) => item({ document, log })),
      [],
    )
    await around.damage(documentIdOf('b'))
    const again = await around.open()
    const damage = { code: 'store/corrupt', table: 'docs', key: documentIdOf('b') }
    await expect(again.document(documentIdOf('b'))).rejects.toEqual(damage)
    expect(await again.documents([documentIdOf('a'), documentIdOf('b')])).toMatchObject([{ mark: 'private' }, damage])
    const walked = await gather(again.allDocuments(never))
    expect(walked.filter((row) => 'code' in row)).toEqual([damage])
    expect(walked).toHaveLength(3)
    expect(await again.commit([item({ document: 'd', log: 3 })], [])).toBe('committed')
  })

  storeTest('[S24] a document begins anew over its damage, and no head goes back', async ({ store, around }) => {
    const [create, second, third] = [1, 2, 3].map((seq) => item({ document: 'a', seq, size: 20_000 }))
    await store.commit([create!, second!, third!], [])
    await around.damage(create!.documentId)
    const again = await around.open()
    const damage = { code: 'store/corrupt', table: 'docs', key: create!.documentId }
    const next = item({ document: 'a', seq: 4 })
    await expect(again.commit([next], [])).rejects.toEqual(damage)
    const refill = ({ documentId, operationId, item: lost, mark }: typeof next) =>
      ({ put: 'refill', documentId, operationId, item: lost, mark }) as const
    const anew = [{ delete: 'document', documentId: create!.documentId } as const, refill(create!), refill(second!)]
    expect(await again.commit(anew, [{ head: create!.head, hash: third!.head.hash }])).toBe('committed')
    expect((await again.document(create!.documentId))?.items).toEqual([
      { ...create!.item, arrival: 4 },
      { ...second!.item, arrival: 5 },
    ])
    expect(await again.head(create!.head)).toEqual(third!.head)
    expect(await again.commit([refill(third!), next], [])).toBe('committed')
    expect(await gather(again.allDocuments(never))).toMatchObject([{ items: [{}, {}, {}, { arrival: 7 }] }])
    expect(await again.head(create!.head)).toEqual(next.head)
    const ids = [create!, second!, third!, next].map(({ operationId }) => operationId)
    expect(new Set(await again.documentsOf(ids))).toEqual(new Set([create!.documentId]))
  })

  storeTest(
    '[S24] what is taken away of a document is gone whole, in its place among the changes',
    async ({ store }) => {
      const log = Array.from({ length: 200 }, (_, n) => item({ document: 'a', seq: n + 1 }))
      await store.commit([...log.slice(0, 150), item({ document: 'b', log: 1 })], [])
      const gone = { delete: 'document', documentId: documentIdOf('a') } as const
      await store.commit([...log.slice(150), { put: 'mark', documentId: documentIdOf('a'), mark: 'shared' }, gone], [])
      expect(await store.document(documentIdOf('a'))).toBeUndefined()
      expect(await gather(store.allDocuments(never))).toMatchObject([{ documentId: documentIdOf('b') }])
      expect(await store.head(log[0]!.head)).toEqual(log[199]!.head)
    },
  )

  storeTest('[S28] an entry takes in its operation later, wherever in its document it lies', async ({ store }) => {
    const log = Array.from({ length: 150 }, (_, n) =>
      item({ document: 'a', seq: n + 1, size: n % 50 === 9 ? null : 9 }),
    )
    await store.commit(log, [])
    const { documentId } = log[0]!
    const before = await store.document(documentId)
    const late = [9, 59, 109].map((at) => ({
      at,
      entry: log[at]!.item.entry,
      operation: bytesOf('l'.repeat(40_000 + at)) as EncodedOperation,
    }))
    const changes = late.map(({ entry, operation }) => ({ put: 'operation', documentId, entry, operation }) as const)
    expect(await store.commit([...changes, item({ document: 'a', seq: 151 })], [])).toBe('committed')
    const items = (await store.document(documentId))?.items ?? []
    expect(items.slice(0, 150)).toEqual(
      before?.items.map((one, at) => ({
        ...one,
        operation: late.find((here) => here.at === at)?.operation ?? one.operation,
      })),
    )
    expect(items).toHaveLength(151)
    // It has its operation, or there is no such entry, or no such document.
    const again = {
      put: 'operation',
      documentId,
      entry: log[9]!.item.entry,
      operation: bytesOf('x') as EncodedOperation,
    } as const
    for (const change of [
      again,
      { ...again, entry: bytesOf('other') as EncodedEntry },
      { ...again, documentId: documentIdOf('b') },
    ])
      expect(await store.commit([item({ document: 'c' }), change], [])).toBe('stale')
    expect(await store.document(documentIdOf('c'))).toBeUndefined()
  })

  storeTest('[S25] counters that are damaged are made anew; no number is given twice', async ({ store, around }) => {
    await store.commit([item({ document: 'a' }), { put: 'queue', documentIds: [documentIdOf('a')] }], [])
    await around.damageCounters()
    const again = await around.open()
    const commits = ['b', 'c'].map((document, n) =>
      again.commit([item({ document, log: n + 1 }), { put: 'queue', documentIds: [documentIdOf(document)] }], []),
    )
    expect(await Promise.all(commits)).toEqual(['committed', 'committed'])
    const documents = (await gather(again.allDocuments(never))) as readonly StoredDocument[]
    expect(new Set(documents.flatMap(({ items }) => items.map(({ arrival }) => arrival))).size).toBe(3)
    // Two commits at once may come in either order; what was there before stays first.
    const queue = (await again.queue(9)).map(({ documentIds }) => documentIds[0])
    expect(queue[0]).toBe(documentIdOf('a'))
    expect(new Set(queue)).toEqual(new Set(['a', 'b', 'c'].map(documentIdOf)))
  })

  storeTest('[S16] on a full disk a commit is refused whole, and reading goes on', async ({ store, around }) => {
    await store.commit([item({ document: 'a' })], [])
    await around.fill()
    const changes = [item({ document: 'b', log: 1 }), { put: 'local', key: 'k', value: 1 } as const]
    await expect(store.commit(changes, [])).rejects.toEqual({ code: 'store/full' })
    expect(entriesOf(await store.document(documentIdOf('a')))).toHaveLength(1)
    expect(await store.document(documentIdOf('b'))).toBeUndefined()
    expect(await store.local('k')).toBeUndefined()
  })

  storeTest('[S17] a closed store says so, to everybody who asks', async ({ store }) => {
    await store.commit([item({ document: 'a' })], [])
    await store[Symbol.asyncDispose]()
    const closed = { code: 'store/closed' }
    await expect(store.document(documentIdOf('a'))).rejects.toEqual(closed)
    await expect(store.commit([item({ document: 'b', log: 1 })], [])).rejects.toEqual(closed)
    await expect(store.viewsIn({ prefix: [], direction: 'asc', limit: 1 })).rejects.toEqual(closed)
    await expect(gather(store.allHeads(undefined, never))).rejects.toEqual(closed)
    await store[Symbol.asyncDispose]()
  })

  commitsContract(storeTest)
  partsContract(storeTest)

  storeTest('[S18] says how much lies where', async ({ store }) => {
    await store.commit([item({ document: 'a', size: 1_000 }), { put: 'local', key: 'k', value: 'xyz' }], [])
    const usage = await store.usage()
    expect(usage.find(({ table }) => table === 'docs')).toMatchObject({ rows: 1 })
    expect(usage.find(({ table }) => table === 'docs')!.bytes).toBeGreaterThan(1_000)
    expect(usage.find(({ table }) => table === 'local')).toMatchObject({ rows: 1 })
  })
}
