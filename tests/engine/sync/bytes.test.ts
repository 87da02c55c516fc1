import { expect, test } from 'vitest'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import type { SchemaId } from '../../../src/core/ids.ts'
import { createAll, define, valueOf } from '../support.ts'
import { type Device, type Line, type World, aWorld, titlesOf } from './world.ts'

const make = async (world: World, count: number): Promise<{ ada: Device; bo: Device; schema: SchemaId }> => {
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const { id } = await define(ada.engine, { title: 'str', note: 'str', done: 'bool' })
  for (const { engine } of [ada, bo]) valueOf(await engine.share(id))
  await write(ada, id, 'old', count)
  return { ada, bo, schema: id }
}
const write = ({ engine }: Device, schema: SchemaId, name: string, count: number) =>
  createAll(
    engine,
    schema,
    Array.from({ length: count }, (_, n) => ({
      title: `${name} ${n}`,
      note: `What is to be said about ${n}`,
      done: n % 2 === 0,
    })),
  )
const meet = async (world: World, from: Device, to: Device): Promise<Line> => {
  const line = await world.connect(from, to)
  await world.settle(from, to)
  return line
}
/** Until the two have nothing more to say. */
const fallSilent = async (world: World, line: Line): Promise<void> => {
  for (let before = -1; before !== line.bytes();) {
    before = line.bytes()
    await world.clock.advance(3_000)
    await world.until(() => true)
  }
}

test('[RP5] two that met before and have nothing new say so in 1,100 bytes', async () => {
  await using world = aWorld()
  const { ada, bo } = await make(world, 300)
  const first = await meet(world, ada, bo)
  await fallSilent(world, first)
  await first.close()
  const line = await meet(world, ada, bo)
  expect(line.bytes()).toBeLessThanOrEqual(1_100)
})

test('[RP5] ten new entries cost 2 KB and 150 bytes each between two that met before', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await make(world, 300)
  const first = await meet(world, ada, bo)
  await fallSilent(world, first)
  await first.close()
  await write(ada, schema, 'new', 10)
  const line = await meet(world, ada, bo)
  expect((await titlesOf(bo, schema)).length).toBe(310)
  expect(line.bytes()).toBeLessThanOrEqual(2_048 + 150 * 10)
  await fallSilent(world, line)
  await line.close()
  const again = await meet(world, ada, bo)
  expect(again.bytes()).toBeLessThanOrEqual(1_100)
})

test('[RP5] between strangers the same costs 5 KB, and 8 KB with 150 bytes for each of ten entries', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await make(world, 300)
  const cy = world.device('cy')
  valueOf(await cy.engine.share(schema))
  for (const other of [bo, cy]) await (await meet(world, ada, other)).close()
  const equal = await meet(world, cy, bo)
  expect(equal.bytes()).toBeLessThanOrEqual(5 * 1024)
  await equal.close()
  const dan = world.device('dan')
  valueOf(await dan.engine.share(schema))
  await (await meet(world, ada, dan)).close()
  await write(ada, schema, 'new', 10)
  await (await meet(world, ada, cy)).close()
  const line = await meet(world, cy, dan)
  expect(line.bytes()).toBeLessThanOrEqual(8 * 1024 + 150 * 10)
})

/** Things that nobody could guess: three texts of made-up words, used as often as words are. */
const manyThings = (count: number) => {
  const random = memoryRandom(7)
  const chance = (): number => new DataView(random.bytes(4).buffer).getUint32(0) / 2 ** 32
  const text = (words: number): string =>
    Array.from({ length: words }, () => `${Math.trunc(3_000 ** chance()) * 7_919}`).join(' ')
  return Array.from({ length: count }, () => ({ title: text(3), note: text(8), done: chance() < 0.5 }))
}
test.each([
  ['dials', true],
  ['is dialled', false],
])('[RP5] who has nothing and %s gets all of it for 130 bytes per entry, asking for no log', async (_, dials) => {
  await using world = aWorld()
  const { ada, bo, schema } = await make(world, 0)
  await createAll(ada.engine, schema, manyThings(1_000))
  const line = await (dials ? meet(world, bo, ada) : meet(world, ada, bo))
  expect((await titlesOf(bo, schema)).length).toBe(1_000)
  const sessions = valueOf(await bo.engine.sessions())
  expect(sessions.flatMap(({ timeline }) => timeline.map(({ type }) => type))).not.toContain('WantLog')
  expect(line.bytes() / 1_000).toBeLessThanOrEqual(130)
})

test('[RP5] an hour with nothing to say costs two that are connected 10 KB, both directions together', async () => {
  await using world = aWorld()
  const { ada, bo } = await make(world, 3)
  const line = await meet(world, ada, bo)
  await fallSilent(world, line)
  const before = line.bytes()
  for (let second = 0; second < 3_600; second++) {
    await world.clock.advance(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const cost = line.bytes() - before
  expect(cost).toBeGreaterThan(0)
  expect(cost).toBeLessThanOrEqual(10 * 1024)
  expect(valueOf(await ada.engine.peers()).map(({ state }) => state)).toEqual(['ready'])
})
