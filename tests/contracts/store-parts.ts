import { expect } from 'vitest'
import { addHashes, forkHash, hashToNumber } from '../../src/core/entry/log-item.ts'
import type { LogId } from '../../src/core/ids.ts'
import type { Change, PartKey, ScopeName, Store } from '../../src/ports/store.ts'
import { ada, bo, documentIdOf, hashOf, item } from './store-samples.ts'

/** What every store promises about the parts of scopes (docs/spec.md, S26 and S27). */

type Item = ReturnType<typeof item>
type StoreTest = (name: string, body: (context: { readonly store: Store }) => Promise<void>) => void

const never = new AbortController().signal
const things: PartKey = { scope: 'schema:things' as ScopeName, part: 1 }
const notes: PartKey = { scope: 'schema:notes' as ScopeName, part: 1 }

const enter = (key: PartKey, ...items: readonly Item[]): Extract<Change, { readonly put: 'part' }> => ({
  put: 'part',
  key,
  documentId: items[0]!.documentId,
  logs: items.map(({ head: { publicKey, logId } }) => ({ publicKey, logId, isForked: false })),
})
const sumOf = (...hashes: readonly Item['head']['hash'][]): bigint =>
  hashes.reduce((sum, hash) => addHashes(sum, hashToNumber(hash)), 0n)
const logsOf = async (store: Store, key: PartKey, since = 0): Promise<readonly string[]> => {
  const logs: string[] = []
  for await (const page of store.partLogs(key, since, never))
    for (const { head, isForked, number } of page)
      logs.push(
        `${head.publicKey === ada ? 'ada' : 'bo'}/${head.logId}/${head.seqNum} ${number}${isForked ? ' forked' : ''}`,
      )
  return logs
}
const forkOf = (log: bigint, document?: string): Change => ({
  put: 'fork',
  value: {
    publicKey: ada,
    logId: log as LogId,
    seqNum: 1n as Item['head']['seqNum'],
    a: { hash: hashOf('x'), entry: item({ document: 'x' }).item.entry },
    b: { hash: hashOf('y'), entry: item({ document: 'y' }).item.entry },
  },
  ...(document === undefined ? {} : { documentId: documentIdOf(document) }),
})

export function partsContract(storeTest: StoreTest): void {
  storeTest('[S5] the last arrival number is known', async ({ store }) => {
    expect(await store.lastArrival()).toBe(0)
    await store.commit([item({ document: 'a' }), item({ document: 'a', seq: 2 })], [])
    expect(await store.lastArrival()).toBe(2)
  })

  storeTest('[S26] a document enters a part with its logs, and changes it from then on', async ({ store }) => {
    const create = item({ document: 'a', log: 70 })
    await store.commit([create, item({ document: 'b', log: 71 })], [])
    expect(await store.part(things)).toEqual({ ...things, count: 0, sum: 0n, number: 0 })
    await store.commit([enter(things, create)], [])
    expect(await store.part(things)).toEqual({ ...things, count: 1, sum: sumOf(create.head.hash), number: 1 })
    const [update, other] = [
      item({ document: 'a', log: 70, seq: 2 }),
      item({ document: 'a', publicKey: bo, log: 3, seq: 2 }),
    ]
    await store.commit([update, item({ document: 'b', log: 71, seq: 2 }), other], [])
    expect(await store.parts()).toEqual([
      { ...things, count: 2, sum: sumOf(update.head.hash, other.head.hash), number: 3 },
    ])
    expect((await logsOf(store, things)).toSorted()).toEqual(['ada/70/2 2', 'bo/3/2 3'])
    expect(await store.partsOf([documentIdOf('b'), documentIdOf('a')])).toEqual([[], [things]])
  })

  storeTest('[S26] a document that is in no part yet enters one without a look', async ({ store }) => {
    const create = item({ document: 'a' })
    await store.commit([create], [])
    await store.commit([{ ...enter(things, create), isNew: true }], [])
    const update = item({ document: 'a', seq: 2 })
    await store.commit([update], [])
    expect(await store.part(things)).toEqual({ ...things, count: 1, sum: sumOf(update.head.hash), number: 2 })
    expect(await store.partsOf([documentIdOf('a')])).toEqual([[things]])
  })

  storeTest('[S26] entering again changes nothing, and brings in logs that came meanwhile', async ({ store }) => {
    const create = item({ document: 'a' })
    const later = item({ document: 'a', publicKey: bo, log: 9, seq: 2 })
    await store.commit([create, enter(things, create), enter(things, create)], [])
    expect(await store.part(things)).toMatchObject({ count: 1, number: 1 })
    const unknown = item({ document: 'a', log: 500 })
    await store.commit([later, enter(things, create, later, unknown)], [])
    expect(await store.part(things)).toMatchObject({
      count: 2,
      number: 2,
      sum: sumOf(create.head.hash, later.head.hash),
    })
  })

  storeTest('[S26] an entry that comes with the entering counts once', async ({ store }) => {
    const [create, update] = [item({ document: 'a' }), item({ document: 'a', seq: 2 })]
    await store.commit([create, enter(things, create), update, enter(notes, create)], [])
    expect(await store.part(things)).toEqual({ ...things, count: 1, sum: sumOf(update.head.hash), number: 2 })
    expect(await store.part(notes)).toEqual({ ...notes, count: 1, sum: sumOf(update.head.hash), number: 1 })
    expect((await store.parts()).map(({ scope }) => scope)).toEqual([notes.scope, things.scope])
  })

  storeTest('[S26] a commit that is stale leaves the parts as they were', async ({ store }) => {
    const create = item({ document: 'a' })
    await store.commit([create, enter(things, create)], [])
    expect(await store.commit([item({ document: 'a', seq: 2 }), create], [])).toBe('stale')
    expect(await store.part(things)).toMatchObject({ count: 1, number: 1 })
  })

  storeTest('[S27] a forked log counts by its name, whatever its head becomes', async ({ store }) => {
    const create = item({ document: 'a', log: 5 })
    await store.commit([create, enter(things, create)], [])
    const forked = sumOf(forkHash(create.head))
    await store.commit([forkOf(5n, 'a')], [])
    expect(await store.part(things)).toEqual({ ...things, count: 1, sum: forked, number: 2 })
    await store.commit([forkOf(5n, 'a')], [])
    expect(await store.part(things)).toMatchObject({ number: 2 })
    await store.commit([item({ document: 'a', log: 5, seq: 2 })], [])
    expect(await store.part(things)).toEqual({ ...things, count: 1, sum: forked, number: 3 })
    expect(await logsOf(store, things)).toEqual(['ada/5/2 3 forked'])
    const again: Change = { ...enter(notes, create), logs: [{ ...create.head, isForked: true }] }
    await store.commit([again], [])
    expect(await store.part(notes)).toMatchObject({ count: 1, sum: forked })
  })

  storeTest('[S27] what changed since a number is found, in order of key and log', async ({ store }) => {
    const items = Array.from({ length: 300 }, (_, n) =>
      item({ document: `d${n}`, log: n, publicKey: n % 2 ? bo : ada }),
    )
    await store.commit([...items, ...items.map((one) => enter(things, one))], [])
    await store.commit([item({ document: 'd200', log: 200, seq: 2 }), item({ document: 'd4', log: 4, seq: 2 })], [])
    expect(await logsOf(store, things, 300)).toEqual(['ada/4/2 302', 'ada/200/2 301'])
    expect(await logsOf(store, things, 302)).toEqual([])
    expect(await logsOf(store, notes)).toEqual([])
    const order = (await logsOf(store, things)).filter((log) => log.startsWith('bo'))
    expect(order.slice(0, 3)).toEqual(['bo/1/1 2', 'bo/3/1 4', 'bo/5/1 6'])
    expect(await logsOf(store, things)).toHaveLength(300)
  })
}
