import { expect, test } from 'vitest'
import type { SchemaId } from '../../../src/core/ids.ts'
import type { MessageType } from '../../../src/sync/messages.ts'
import { createAll, define, valueOf } from '../support.ts'
import { aWorld, type Device, type Line, titlesOf, type World } from './world.ts'

const minuteMs = 60_000

/** Two that are connected and have the same; what happens as time passes may take real turns, too. */
const two = async (world: World): Promise<{ ada: Device; bo: Device; schema: SchemaId; line: Line }> => {
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const { id } = await define(ada.engine, { title: 'str' })
  for (const { engine } of [ada, bo]) valueOf(await engine.share(id))
  const line = await world.connect(ada, bo)
  await world.settle(ada, bo)
  return { ada, bo, schema: id, line }
}
const pass = async ({ clock }: World, ms: number): Promise<void> => {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await clock.advance(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
const said = async ({ engine }: Device, type: MessageType): Promise<number> =>
  valueOf(await engine.sessions())
    .flatMap(({ timeline }) => timeline)
    .filter((item) => item.type === type && item.direction === 'out').length

test('[RP30] while nobody looks presence is said when it changes and every five minutes, and at once when somebody looks again', async () => {
  await using world = aWorld()
  const { ada, schema } = await two(world)
  valueOf(await ada.engine.sayPresence(schema, { state: 'reading' }))
  await pass(world, minuteMs)
  expect(await said(ada, 'Presence')).toBe(4)
  ada.engine.setVisible(false)
  await pass(world, 20 * minuteMs)
  const hidden = (await said(ada, 'Presence')) - 4
  expect(hidden).toBeGreaterThanOrEqual(3)
  expect(hidden).toBeLessThanOrEqual(5)
  valueOf(await ada.engine.sayPresence(schema, { state: 'editing' }))
  expect(await said(ada, 'Presence')).toBe(4 + hidden + 1)
  ada.engine.setVisible(true)
  await pass(world, 1_000)
  expect(await said(ada, 'Presence')).toBe(4 + hidden + 2)
})

test('[RP30] two that nobody looks at stay connected and get what is new at once; an hour of silence costs them half', async () => {
  await using world = aWorld()
  const { ada, bo, schema, line } = await two(world)
  for (const { engine } of [ada, bo]) engine.setVisible(false)
  await pass(world, 10_000)
  const before = line.bytes()
  await pass(world, 60 * minuteMs)
  expect(line.bytes() - before).toBeLessThanOrEqual(5 * 1024)
  expect(valueOf(await ada.engine.peers()).map(({ state }) => state)).toEqual(['ready'])
  await createAll(bo.engine, schema, [{ title: 'Oats' }])
  await pass(world, 2_000)
  expect(await titlesOf(ada, schema)).toEqual(['Oats'])
})
