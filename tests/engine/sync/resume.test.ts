import { expect, test } from 'vitest'
import type { SchemaId } from '../../../src/core/ids.ts'
import { createAll, define, valueOf } from '../support.ts'
import { type Device, type World, aWorld, titlesOf } from './world.ts'

/** Devices that share a collection. */
async function sharing(world: World, ...names: readonly string[]): Promise<readonly [SchemaId, ...Device[]]> {
  const devices = names.map((name) => world.device(name))
  const { id } = await define(devices[0]!.engine, { title: 'str' })
  for (const { engine } of devices) valueOf(await engine.share(id))
  return [id, ...devices]
}
const write = ({ engine }: Device, schema: SchemaId, title: string) => createAll(engine, schema, [{ title }])
/** They meet until both have the same and know it, and part. */
async function meetOnce(world: World, from: Device, to: Device): Promise<void> {
  const line = await world.connect(from, to)
  await world.settle(from, to)
  await world.clock.advance(3_000)
  await world.until(() => true)
  await line.close()
}
/** What was said in the last session that a device opened, in order. */
const said = async ({ engine }: Device): Promise<readonly string[]> =>
  valueOf(await engine.sessions())
    .at(-1)!
    .timeline.map(({ direction, type }) => `${direction} ${type}`)

test('[RP5] what is new on the dialling side goes along with its question, so both have all in two round trips', async () => {
  await using world = aWorld()
  const [schema, ada, bo] = (await sharing(world, 'ada', 'bo')) as [SchemaId, Device, Device]
  await write(ada, schema, 'old')
  await meetOnce(world, ada, bo)
  await write(ada, schema, 'of ada')
  await write(bo, schema, 'of bo')
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  expect(await titlesOf(bo, schema)).toEqual(['of ada', 'of bo', 'old'])
  expect(await titlesOf(ada, schema)).toEqual(['of ada', 'of bo', 'old'])
  const words = await said(ada)
  expect(words.slice(0, 3)).toEqual(['out Resume', 'out Changed', 'in Changed'])
  // The question came with the answer, before anything that this side asked for.
  expect(words.indexOf('in WantLog')).toBeLessThan(words.indexOf('in LogRanges'))
})

test('[RP5] what the other got meanwhile by another way is read over', async () => {
  await using world = aWorld()
  const [schema, ada, bo, cy] = (await sharing(world, 'ada', 'bo', 'cy')) as [SchemaId, Device, Device, Device]
  await write(ada, schema, 'old')
  await meetOnce(world, ada, bo)
  await write(ada, schema, 'new')
  await meetOnce(world, ada, cy)
  await meetOnce(world, cy, bo)
  const line = await world.connect(ada, bo)
  await world.settle(ada, bo)
  expect((await said(ada)).slice(0, 3)).toEqual(['out Resume', 'out Changed', 'in Changed'])
  expect(await said(ada)).not.toContain('in WantLog')
  await write(bo, schema, 'live')
  await world.until(async () => (await titlesOf(ada, schema)).includes('live'))
  await line.close()
})

test('[RP6] who cannot tell what changed compares everything, also where the other has begun to ask', async () => {
  await using world = aWorld()
  const [schema, ada, bo] = (await sharing(world, 'ada', 'bo')) as [SchemaId, Device, Device]
  await write(ada, schema, 'old')
  await meetOnce(world, ada, bo)
  for (const [key] of await bo.store.localWith('sync/cursor/')) await bo.store.commit([{ delete: 'local', key }], [])
  await write(ada, schema, 'of ada')
  await write(bo, schema, 'of bo')
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  expect(await titlesOf(bo, schema)).toEqual(['of ada', 'of bo', 'old'])
  expect(await titlesOf(ada, schema)).toEqual(['of ada', 'of bo', 'old'])
})
