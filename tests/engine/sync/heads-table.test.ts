import { expect, test } from 'vitest'
import type { DocumentId, SchemaId } from '../../../src/core/ids.ts'
import type { HeadsTable } from '../../../src/engine/sync/api.ts'
import { call, createAll, define, valueOf } from '../support.ts'
import { type Device, type World, aWorld, titlesOf } from './world.ts'

/** Two devices that both follow two things of the first. */
const sharing = async (world: World) => {
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const { id } = await define(ada.engine, { title: 'str' })
  const things = await createAll(ada.engine, id, [{ title: 'one' }, { title: 'two' }])
  for (const { engine } of [ada, bo]) valueOf(await engine.share(id))
  return { ada, bo, schema: id, things }
}
const headsOf = async ({ engine }: Device, schema: SchemaId): Promise<HeadsTable> => valueOf(await engine.heads(schema))
const rename = async ({ engine }: Device, document: DocumentId, title: string): Promise<void> =>
  void valueOf(await engine.publish([{ action: 'update', document, fields: { title } }], call))
/** Of a table, what of each document is here and with the one other device. */
const heightsIn = ({ rows }: HeadsTable, document: DocumentId) => {
  const row = rows.find(({ documentId }) => documentId === document)
  return [row?.seqNum, row?.there[0]]
}

test('[RP4] the heads of a scope say nothing of anybody before somebody was met', async () => {
  await using world = aWorld()
  const { ada, schema } = await sharing(world)
  const table = await headsOf(ada, schema)
  expect(table.devices).toEqual([])
  expect(table.rows).toHaveLength(table.logs)
})

test('[RP4] once two devices have the same, each height is known of both sides', async () => {
  await using world = aWorld()
  const { ada, bo, schema, things } = await sharing(world)
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  const [boKey] = valueOf(await bo.engine.publicKeys())
  const table = await headsOf(ada, schema)
  expect(table).toMatchObject({ logs: 4, same: 4, devices: [boKey] })
  for (const thing of things) expect(heightsIn(table, thing)).toEqual([1n, 1n])
})

test('[RP4] what was changed since a device was met is not said to be there, and stands before what is', async () => {
  await using world = aWorld()
  const { ada, bo, schema, things } = await sharing(world)
  const line = await world.connect(ada, bo)
  await world.settle(ada, bo)
  await line.close()
  const changed = things[1] as DocumentId
  await rename(ada, changed, 'dos')
  const table = await headsOf(ada, schema)
  expect(table).toMatchObject({ logs: 4, same: 3 })
  expect(table.rows[0]).toMatchObject({ documentId: changed, seqNum: 2n, there: [undefined] })
})

test('[RP4] what came live from the other side is known to be there', async () => {
  await using world = aWorld()
  const { ada, bo, schema } = await sharing(world)
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  const [made] = valueOf(await bo.engine.publish([{ action: 'create', schema, fields: { title: 'three' } }], call))
  await world.until(async () => (await titlesOf(ada, schema)).includes('three'))
  expect(heightsIn(await headsOf(ada, schema), made!.documentId)).toEqual([1n, 1n])
})

test('[RP4] of a scope that nothing has come of yet there are no heads', async () => {
  await using world = aWorld()
  const ada = world.device('ada')
  const unknown = `item_0020${'ab'.repeat(32)}` as SchemaId
  valueOf(await ada.engine.share(unknown))
  expect(await headsOf(ada, unknown)).toEqual({ logs: 0, same: 0, devices: [], rows: [] })
})
