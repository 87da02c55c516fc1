import { expect, test } from 'vitest'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import type { SchemaId } from '../../../src/core/ids.ts'
import type { Store } from '../../../src/ports/index.ts'
import { sharedKey } from '../../../src/engine/sync/shared-scopes.ts'
import { call, collect, createAll, define, from, valueOf } from '../support.ts'
import { type Device, type World, aWorld, titlesOf } from './world.ts'

/** A device that took in what another exported, as a file: private, like everything that comes so. */
const importAll = async (world: World, ada: Device) => {
  // Outlives the engines on it.
  const store: Store = { ...openMemoryStore(), [Symbol.asyncDispose]: async () => undefined }
  const bo = world.device('bo', store)
  const bundle = valueOf(await ada.engine.exportBundle({ all: true }, call))
  valueOf(await bo.engine.importBundle(from(await collect(bundle)), call))
  return { bo, store }
}
/** What a device has done of sharing at first: the family is to be shared, and its things have yet to enter. */
const beginToShare = async (store: Device['store'], ada: Device, id: SchemaId): Promise<void> => {
  const [scope] = valueOf(await ada.engine.shared())
  if (!scope) throw new Error('Nothing is shared')
  const { definition } = valueOf(await ada.engine.schemas()).find((schema) => schema.id === id)!
  const value = { name: scope.scope, schemaId: id, definition, isFilling: true }
  await store.commit([{ put: 'local', key: sharedKey(scope.scope), value }], [])
}

test('[RP1] what is shared is served once all of it has entered; what was interrupted enters at the next start', async () => {
  await using world = aWorld()
  const ada = world.device('ada')
  const { id } = await define(ada.engine, { title: 'str' })
  const [oats] = await createAll(ada.engine, id, [{ title: 'Oats' }, { title: 'Salt' }])
  if (!oats) throw new Error('Nothing was created')
  const { bo, store } = await importAll(world, ada)
  valueOf(await ada.engine.share(id))
  await beginToShare(store, ada, id)
  const early = await world.connect(ada, bo)
  await world.until(async () => valueOf(await bo.engine.peers()).some(({ state }) => state === 'ready'))
  await world.clock.advance(1_000)
  expect(valueOf(await bo.engine.sessions())).toEqual([])
  await early.close()
  await bo.engine.close()
  const again = world.device('bo', store, bo)
  const line = await world.connect(ada, again)
  await world.until(async () => valueOf(await again.engine.shared())[0]?.peers[0]?.state === 'live')
  // Nothing is said to be the same before the things are in it, and nothing has to come that is here.
  expect(valueOf(await again.engine.sessions()).map(({ entriesIn }) => entriesIn)).toEqual([0])
  valueOf(await ada.engine.publish([{ action: 'update', document: oats, fields: { title: 'Oat flakes' } }], call))
  await world.until(async () => (await titlesOf(again, id)).includes('Oat flakes'))
  await line.close()
})
