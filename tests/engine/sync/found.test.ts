import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import { createPenalties } from '../../../src/engine/sync/penalties.ts'
import { call, define, from, valueOf } from '../support.ts'
import { aWorld } from './world.ts'

/** What the simulator found, each as a story of its own. */

test('[R4] a file that enters a collection after a meeting is with nobody who was met before', async () => {
  await using world = aWorld()
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const { id } = await define(ada.engine, { title: 'str', photo: 'relation(blob_v1)' })
  for (const { engine } of [ada, bo]) valueOf(await engine.share(id))
  const bytes = new Uint8Array(100)
  const photo = valueOf(await ada.engine.putBlob(from([bytes]), { mimeType: 'image/png', length: bytes.length }, call))
  const line = await world.connect(ada, bo)
  await world.settle(ada, bo)
  await line.close()
  valueOf(await ada.engine.publish([{ action: 'create', schema: id, fields: { title: 'a', photo } }], call))
  expect(valueOf(await ada.engine.documentStatus([photo]))).toEqual([{ documentId: photo, isShared: true, with: [] }])
})

test('[R9] a clock that is set back makes no penalty longer', () => {
  const clock = memoryClock()
  const penalties = createPenalties(clock)
  const peer = 'a'.repeat(64) as PublicKey
  penalties.punish(peer)
  expect(penalties.until(peer)).toBe(clock.now() + 30_000)
  clock.set(clock.now() - 3_600_000)
  expect(penalties.until(peer)).toBeUndefined()
})
