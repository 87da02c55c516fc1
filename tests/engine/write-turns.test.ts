import { expect, test } from 'vitest'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import type { DocumentId, SchemaId } from '../../src/core/ids.ts'
import type { Draft, Published } from '../../src/engine/api.ts'
import type { EngineDeps } from '../../src/engine/deps.ts'
import { publishDrafts } from '../../src/engine/publish.ts'
import type { Store } from '../../src/ports/store.ts'
import { plainSchema } from './author.ts'
import { type Shared, shared } from './door.ts'
import { call, codeOf, until, valueOf } from './support.ts'

const create = (name: string): Draft => ({ action: 'create', schema: plainSchema, fields: { name, type: 'str' } })
const rename = (document: DocumentId, name: string): Draft => ({ action: 'update', document, fields: { name } })
const publish = async (deps: EngineDeps, ...drafts: readonly Draft[]): Promise<readonly Published[]> =>
  valueOf(await publishDrafts(deps, drafts, call))
const logIds = (batches: readonly (readonly Published[])[]): readonly bigint[] =>
  batches.flat().map(({ logId }) => logId)

/** An engine whose commits of entries wait until they are let go, one by one, and that tells when it signed and stored. */
const slowDisk = ({ database, open }: Shared) => {
  const told: string[] = []
  const waiting: (() => void)[] = []
  const store = openMemoryStore(database)
  const commit: Store['commit'] = async (changes, expect_, isAllowed) => {
    if (!changes.some((change) => 'put' in change && change.put === 'item'))
      return store.commit(changes, expect_, isAllowed)
    await new Promise<void>((resolve) => waiting.push(resolve))
    const outcome = await store.commit(changes, expect_, isAllowed)
    told.push('stored')
    return outcome
  }
  const plain = open()
  const keys = {
    ...plain.keys,
    signEntries: (...given: Parameters<typeof plain.keys.signEntries>) => {
      told.push('signed')
      return plain.keys.signEntries(...given)
    },
  }
  const deps = open({ store: { ...store, commit }, keys })
  const letGo = async (): Promise<void> => {
    await until(() => waiting.length > 0)
    waiting.shift()?.()
  }
  return { deps, told, letGo }
}

test('what is asked for while a batch is stored is signed meanwhile, and takes the logs after it', async () => {
  const { deps, told, letGo } = slowDisk(shared())
  const both = [publish(deps, create('a'), create('b')), publish(deps, create('c'))]
  await until(() => told.length === 2)
  expect(told).toEqual(['signed', 'signed'])
  await letGo()
  // The first is answered without waiting for the second.
  expect(logIds([await both[0]!])).toEqual([0n, 1n])
  await letGo()
  expect(logIds([await both[1]!])).toEqual([2n])
  expect(told).toEqual(['signed', 'signed', 'stored', 'stored'])
})

test('[BA4] a batch that was signed ahead of one that could not be stored is signed anew, and no log is left out', async () => {
  const world = shared()
  const store = openMemoryStore(world.database)
  let isFirst = true
  const commit: Store['commit'] = (changes, expected, isAllowed) => {
    const fails = isFirst && changes.some((change) => 'put' in change && change.put === 'item')
    if (!fails) return store.commit(changes, expected, isAllowed)
    isFirst = false
    return Promise.reject({ code: 'store/full' })
  }
  const deps = world.open({ store: { ...store, commit } })
  const [first, second, third] = await Promise.all(
    ['a', 'b', 'c'].map((name) => publishDrafts(deps, [create(name)], call)),
  )
  expect(codeOf(first!)).toBe('store/full')
  expect(logIds([valueOf(second!), valueOf(third!)])).toEqual([0n, 1n])
  expect(world.database.forks.size).toBe(0)
})

test('[BA4] a batch that is refused, or told to stop, leaves its place to the next', async () => {
  const deps = shared().open()
  const unknown: Draft = { action: 'create', schema: `thing_${'0020'.padEnd(68, 'a')}` as SchemaId, fields: {} }
  const stopped = { signal: AbortSignal.abort() }
  const [refused, ended, fine] = await Promise.all([
    publishDrafts(deps, [unknown], call),
    publishDrafts(deps, [create('a')], stopped),
    publishDrafts(deps, [create('b')], call),
  ])
  expect([codeOf(refused), codeOf(ended)]).toEqual(['schema/unknown', 'call/aborted'])
  expect(logIds([valueOf(fine)])).toEqual([0n])
})

test('two changes of one thing, asked for at once, follow each other', async () => {
  const { open } = shared()
  const deps = open()
  const [thing] = await publish(deps, create('a'))
  const changes = await Promise.all([
    publish(deps, rename(thing!.documentId, 'b')),
    publish(deps, create('another')),
    publish(deps, rename(thing!.documentId, 'c')),
  ])
  expect(changes.flat().map(({ logId, seqNum }) => [logId, seqNum])).toEqual([
    [0n, 2n],
    [1n, 1n],
    [0n, 3n],
  ])
})

test('another tab gets its turn before one that never stops writing is through', async () => {
  const world = shared()
  const [one, other] = [world.open(), world.open()]
  const order: string[] = []
  const say = (who: string) => () => void order.push(who)
  const writing: Promise<void>[] = []
  for (let at = 0; at < 24; at++) {
    writing.push(publish(one, create(`one${at}`)).then(say('one')))
    if (at === 1) writing.push(publish(other, create('other')).then(say('other')))
    // One is always asked for before the last is through.
    else await writing.at(-2)
  }
  await Promise.all(writing)
  expect(order.indexOf('other')).toBeLessThan(20)
  expect(world.database.forks.size).toBe(0)
  expect(world.database.documents.size).toBe(25)
})
