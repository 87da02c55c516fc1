import { expect, test } from 'vitest'
import type { LogId } from '../../src/core/ids.ts'
import type { ScopeName, Store } from '../../src/ports/store.ts'
import { committed } from '../fixtures/database-v1/expected.ts'
import { ada, documentIdOf, hashOf, item, view } from './store-samples.ts'

/** What every store with versions promises about a database of version 1 (docs/spec.md, S20). */
export const upgradeContract = (openVersion1: () => Promise<Store>): void =>
  test('[S20] a database of version 1 opens with everything in it, and takes what is new', async () => {
    await using store = await openVersion1()
    const short = await store.document(documentIdOf('short'))
    const long = await store.document(documentIdOf('long'))
    expect(short).toMatchObject({
      mark: 'shared',
      items: [
        { arrival: 1, origin: 'local' },
        { arrival: 2, operation: null },
      ],
    })
    expect(long?.items.map(({ arrival }) => arrival)).toEqual(Array.from({ length: 70 }, (_, n) => n + 3))
    expect(await store.head({ publicKey: ada, logId: 0n as LogId })).toMatchObject({ seqNum: 2n, isEnded: true })
    expect(await store.documentsOf([item({ document: 'long', log: 70, seq: 9 }).operationId])).toEqual([
      documentIdOf('long'),
    ])
    const values = committed.flatMap((change) => ('put' in change && 'value' in change ? [change.value] : []))
    expect(values).toContainEqual((await store.pending(['schema:x']))[0])
    expect(values).toContainEqual((await store.forks())[0])
    expect(await store.queue(2)).toEqual([{ id: 1, documentIds: [documentIdOf('short'), documentIdOf('long')] }])
    const rows = await store.viewsIn({ prefix: [1], direction: 'asc', limit: 2 })
    expect(rows.map(({ row }) => row)).toEqual([view('short', [[1, 0, 'short', documentIdOf('short')]])])
    expect(await store.local('note/draft')).toEqual({ text: 'half a sentence', at: 1n })

    const next = item({ document: 'long', log: 70, seq: 71 })
    const { documentId, head } = next
    const logs = [{ publicKey: head.publicKey, logId: head.logId, isForked: false }]
    const key = { scope: 'schema:x' as ScopeName, part: 1 } as const
    const outbox = { put: 'outbox', target: 'node', ids: [hashOf('x')] } as const
    expect(
      await store.commit([next, outbox, { put: 'part', key, documentId, logs }, { put: 'queue', documentIds: [] }], []),
    ).toBe('committed')
    expect(await store.part(key)).toMatchObject({ count: 1, number: 1 })
    expect((await store.document(documentIdOf('long')))?.items.at(-1)?.arrival).toBe(73)
    expect(await store.outbox('node', 1)).toEqual([hashOf('x')])
    expect((await store.queue(2)).at(-1)?.id).toBe(2)
  })
