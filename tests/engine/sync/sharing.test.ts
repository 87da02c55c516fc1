import { expect, test } from 'vitest'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import type { SchemaId } from '../../../src/core/ids.ts'
import { sharedKey } from '../../../src/engine/sync/shared-scopes.ts'
import { call, collect, createAll, define, from, valueOf } from '../support.ts'
import { type Device, type World, aWorld, titlesOf } from './world.ts'

/** A device that took in what another exported, as a file: private, like everything that comes so. */
const importAll = async (world: World, ada: Device) => {
  const store = openMemoryStore()
  const bo = world.device('bo', store)
  const bundle = valueOf(await ada.engine.exportBundle({ all: true }, call))
  valueOf(await bo.engine.importBundle(from(await collect(bundle)), call))
  return { bo, store }
}
/** What a device has done of sharing at first: the family is shared, and its things have yet to enter. */
const beginToShare = async (store: Device['store'], ada: Device, id: SchemaId): Promise<void> => {
  const [scope] = valueOf(await ada.engine.shared())
  if (!scope) throw new Error('Nothing is shared')
  const { definition } = valueOf(await ada.engine.schemas()).find((schema) => schema.id === id)!
  const value = { name: scope.scope, schemaId: id, definition }
  await store.commit([{ put: 'local', key: sharedKey(scope.scope), value }], [])
}

test('[RP1] a change to a thing that sharing has not come to yet is taken, and brings the thing along', async () => {
  await using world = aWorld()
  const ada = world.device('ada')
  const { id } = await define(ada.engine, { title: 'str' })
  const [oats] = await createAll(ada.engine, id, [{ title: 'Oats' }, { title: 'Salt' }])
  if (!oats) throw new Error('Nothing was created')
  const { bo, store } = await importAll(world, ada)
  valueOf(await ada.engine.share(id))
  await beginToShare(store, ada, id)
  const line = await world.connect(ada, bo)
  await world.until(async () => valueOf(await ada.engine.sessions()).some(({ entriesOut }) => entriesOut > 0))
  valueOf(await ada.engine.publish([{ action: 'update', document: oats, fields: { title: 'Oat flakes' } }], call))
  await world.until(async () => (await titlesOf(bo, id)).includes('Oat flakes'))
  valueOf(await bo.engine.share(id))
  await world.settle(ada, bo)
  expect(await titlesOf(bo, id)).toEqual(await titlesOf(ada, id))
  await line.close()
})
