import { expect, onTestFinished, test } from 'vitest'
import { createThingList, type ThingList } from '../../src/app/data/thing-list.ts'
import type { KnownSchema } from '../../src/sdk/index.ts'
import { openTestNode, type TakibiNode } from '../../src/sdk/testing.ts'

const aCollection = async (
  count: number,
): Promise<{ readonly node: TakibiNode; readonly schema: KnownSchema; readonly list: ThingList }> => {
  const { node } = await openTestNode()
  const schema = await node.defineSchema('item', '', { at: 'int', done: 'bool' }, { sortable: ['at'] })
  for (let from = 0; from < count; from += 500)
    await node.publishBatch(
      Array.from({ length: Math.min(500, count - from) }, (_, i) => ({
        action: 'create' as const,
        schema: schema.id,
        fields: { at: (from + i) * 10, done: false },
      })),
    )
  const list = createThingList(node, schema.id, { where: {}, orderBy: ['at'] })
  const stop = list.subscribe(() => undefined)
  onTestFinished(async () => {
    stop()
    await node.close()
  })
  return { node, schema, list }
}

/** Waits until the list says so; each time it says anything, once more. */
const until = (list: ThingList, isSo: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (isSo()) return resolve()
    const stop = list.subscribe(() => {
      if (!isSo()) return
      stop()
      resolve()
    })
  })
const atRow = (list: ThingList, index: number): unknown => list.getState().rowAt(index)?.fields['at']

test('a list counts all its rows and holds those near the sight only', async () => {
  const { list } = await aCollection(1_300)
  await until(list, () => list.getState().total === 1_300 && atRow(list, 0) === 0)
  expect(atRow(list, 99)).toBe(990)
  expect(atRow(list, 1_250)).toBeUndefined()

  list.show(690, 720)
  await until(list, () => atRow(list, 700) !== undefined)
  expect(atRow(list, 700)).toBe(7_000)

  list.show(1_290, 1_300)
  await until(list, () => atRow(list, 1_299) !== undefined)
  expect(atRow(list, 1_299)).toBe(12_990)
  expect(atRow(list, 150)).toBeUndefined()
})

test('what is added, changed and removed shows where it belongs, far down the list too', async () => {
  const { node, schema, list } = await aCollection(400)
  list.show(250, 280)
  await until(list, () => atRow(list, 260) !== undefined)

  const row = list.getState().rowAt(260)!
  await node.update(row.id, { done: true })
  await until(list, () => list.getState().rowAt(260)?.fields['done'] === true)

  await node.create(schema, { at: 2_605, done: false })
  await until(list, () => atRow(list, 261) === 2_605 && list.getState().total === 401)
  expect(atRow(list, 262)).toBe(2_610)

  await node.remove(row.id)
  await until(list, () => list.getState().total === 400 && atRow(list, 260) === 2_605)
})

test('a list of nothing says so', async () => {
  const { list } = await aCollection(0)
  await until(list, () => list.getState().status === 'ready')
  expect(list.getState()).toMatchObject({ total: 0, isCounted: true })
})

test('rows that leave the first page ask nothing of the node, and those behind move up', async () => {
  const { node, schema } = await aCollection(700)
  let queries = 0
  const counting: TakibiNode = {
    ...node,
    query: (...asked) => {
      queries += 1
      return node.query(...asked)
    },
  }
  const list = createThingList(counting, schema.id, { where: { done: { eq: false } }, orderBy: ['at'] })
  const stop = list.subscribe(() => undefined)
  await until(list, () => list.getState().total === 700 && atRow(list, 550) === 5_500)
  // The pages in sight get fixed ends when they rest.
  await new Promise((resolve) => setTimeout(resolve, 250))
  const before = queries
  for (let tick = 0; tick < 30; tick += 1) await node.update(list.getState().rowAt(1)!.id, { done: true })
  await until(list, () => list.getState().total === 670 && atRow(list, 1) === 310)
  expect([69, 70, 71, 250].map((index) => atRow(list, index))).toEqual([990, 1_000, 1_010, 2_800])
  expect(queries).toBe(before)
  stop()
})

test('a page that grows and grows is cut, and the list goes on behind it', async () => {
  const { node, schema, list } = await aCollection(250)
  list.show(0, 20)
  await until(list, () => atRow(list, 199) === 1_990)
  await new Promise((resolve) => setTimeout(resolve, 250))
  await node.publishBatch(
    Array.from({ length: 150 }, (_, i) => ({
      action: 'create' as const,
      schema: schema.id,
      fields: { at: i - 150, done: false },
    })),
  )
  await until(list, () => list.getState().total === 400 && atRow(list, 299) === 1_490)
  expect([0, 99, 100, 149, 150, 250].map((index) => atRow(list, index))).toEqual([-150, -51, -50, -1, 0, 1_000])
})

test('what goes above the sight moves the rows below up, once it is quiet', async () => {
  const { node, list } = await aCollection(700)
  list.show(500, 520)
  await until(list, () => atRow(list, 510) === 5_100)
  const gone = await node.query((await node.schemas().once()).schemas.at(-1)!, { orderBy: ['at'], first: 300 }).once()
  await node.publishBatch(gone.documents.slice(150, 290).map(({ id }) => ({ action: 'delete' as const, document: id })))
  await until(list, () => list.getState().total === 560 && atRow(list, 370) === 5_100)
  expect([0, 149, 150, 369, 371].map((index) => atRow(list, index))).toEqual([0, 1_490, 2_900, 5_090, 5_110])
})
