import 'fake-indexeddb/auto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLevelDbStore } from '../../../src/adapters/node/leveldb-store.ts'
import { openIndexedDbStore } from '../../../src/adapters/web/indexeddb-store.ts'
import { call, createAll, define, valueOf } from '../support.ts'
import { aWorld, titlesOf } from './world.ts'

test('[RP1] a browser and a node come to have the same, and find each other equal after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'takibi-'))
  {
    await using world = aWorld({ usesDisks: true })
    const page = world.device('page', await openIndexedDbStore('sync'))
    const node = world.device('node', await openLevelDbStore(folder))
    const { id } = await define(page.engine, { title: 'str' })
    await createAll(
      page.engine,
      id,
      Array.from({ length: 100 }, (_, n) => ({ title: `${n}` })),
    )
    for (const { engine } of [page, node]) valueOf(await engine.share(id))
    const line = await world.connect(page, node)
    await world.settle(page, node)
    expect(await titlesOf(node, id)).toEqual(await titlesOf(page, id))
    const [thing] = valueOf(await node.engine.query({ schema: id }, call)).documents
    valueOf(
      await node.engine.publish([{ action: 'update', document: thing!.id, fields: { title: 'by the node' } }], call),
    )
    await world.until(async () => (await titlesOf(page, id)).includes('by the node'))
    await world.clock.advance(5_000)
    await world.settle(page, node)
    await line.close()
    await node.engine.close()
    const again = world.device('node', await openLevelDbStore(folder), node)
    await world.connect(page, again)
    await world.settle(page, again)
    const [session] = valueOf(await again.engine.sessions())
    expect(session).toMatchObject({ mode: 'resume', state: 'live', entriesIn: 0, entriesOut: 0 })
  }
  await rm(folder, { recursive: true })
})
