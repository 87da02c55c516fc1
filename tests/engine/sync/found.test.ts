import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import type { EncodedEntry, EncodedOperation, PublicKey } from '../../../src/core/ids.ts'
import { createPenalties } from '../../../src/engine/sync/penalties.ts'
import { anAuthor, text } from '../author.ts'
import { call, define, from, valueOf } from '../support.ts'
import { rawPeer } from './raw-peer.ts'
import { aWorld } from './world.ts'

/** What the simulator found, each as a story of its own. */

test('[RP4] a file that enters a collection after a meeting is with nobody who was met before', async () => {
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

test('[RP10] two that met before come to agree on a fork that one of them learnt of since', async () => {
  await using world = aWorld()
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const { id } = await define(ada.engine, { title: 'str' })
  for (const { engine } of [ada, bo]) valueOf(await engine.share(id))
  const tell = async (transportByte: number, title: string): Promise<void> => {
    const peer = await rawPeer(world, ada, transportByte)
    const scope = `schema:${id}`
    await peer.meet(scope)
    await peer.say({ type: 'SyncRequest', session: 0, mode: 0, scope: peer.token(scope), part: 1, keep: 0 })
    // Each time the first entry of the same log.
    const { item } = anAuthor(9).create({ title: text(title) }, id)
    const operation = item.operation as EncodedOperation
    await peer.say({ type: 'Entry', session: 0, entry: item.entry as EncodedEntry, operation })
    await world.until(async () =>
      valueOf(await ada.engine.sessions()).some((one) => one.entriesIn > 0 && one.peer === peer.attached.id),
    )
    peer.attached.close()
    const end = { isOver: false }
    void peer.attached.closed.then(() => (end.isOver = true))
    await world.until(() => end.isOver)
  }
  await tell(70, 'one')
  const first = await world.connect(ada, bo)
  await world.settle(ada, bo)
  await first.close()
  await tell(80, 'other')
  expect(await ada.store.forks()).toHaveLength(1)
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  expect(await bo.store.forks()).toHaveLength(1)
})

test('[RP9] a clock that is set back makes no penalty longer', () => {
  const clock = memoryClock()
  const penalties = createPenalties(clock)
  const peer = 'a'.repeat(64) as PublicKey
  penalties.punish(peer)
  expect(penalties.until(peer)).toBe(clock.now() + 30_000)
  clock.set(clock.now() - 3_600_000)
  expect(penalties.until(peer)).toBeUndefined()
})
