import { expect, test } from 'vitest'
import type { PresentPeer } from '../../../src/engine/sync/api.ts'
import { define, valueOf } from '../support.ts'
import { aWorld } from './world.ts'

test('[RP4] who connects hears at once what somebody does, though it was said before', async () => {
  await using world = aWorld()
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const { id } = await define(ada.engine, { title: 'str' })
  for (const { engine } of [ada, bo]) valueOf(await engine.share(id))
  let present: readonly PresentPeer[] = []
  const stop = new AbortController()
  const watching = bo.engine.watchPresence({ signal: stop.signal, report: (seen) => (present = valueOf(seen)) })
  valueOf(await ada.engine.sayPresence(id, { state: 'looking' }))
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  const before = world.clock.now()
  await world.until(() => present.length > 0)
  expect(present).toMatchObject([{ state: 'looking', scope: `schema:${id}` }])
  // It is repeated every 20 seconds, too; this was sooner.
  expect(world.clock.now() - before).toBeLessThan(5_000)
  stop.abort()
  await watching
})
