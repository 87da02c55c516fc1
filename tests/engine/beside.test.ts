import { expect, test } from 'vitest'
import { memoryBroadcastHub } from '../../src/adapters/memory/memory-broadcast.ts'
import { memoryClock } from '../../src/adapters/memory/memory-clock.ts'
import { memoryKeys } from '../../src/adapters/memory/memory-keys.ts'
import { memoryLocks } from '../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { nobleVerifier } from '../../src/adapters/memory/noble-verifier.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { ingest } from '../../src/engine/ingest.ts'
import { anAuthor, named } from './author.ts'
import { never, shared } from './door.ts'

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
}

test('[S3] what an engine stored and did not get to show before it was killed, another on the database shows soon', async () => {
  const { database, open } = shared()
  const clock = memoryClock()
  const engine = createEngine(
    {
      store: openMemoryStore(database),
      keys: memoryKeys([memoryRandom(1).bytes(32)]),
      locks: memoryLocks(),
      clock,
      random: memoryRandom(2),
      verifier: nobleVerifier(),
      broadcast: memoryBroadcastHub()(),
      log: { debug: () => undefined, warn: () => undefined },
    },
    { database: 'test' },
  )
  await turns()
  const { id, item } = anAuthor(3).create(named('left_behind'))
  const killed = open()
  const materialiser = { ...killed.materialiser, add: () => undefined }
  const { verdicts } = await ingest({ ...killed, materialiser }, [item], { origin: 'import', mark: 'private' }, never)
  expect(verdicts).toMatchObject([{ verdict: 'stored' }])
  expect(database.queue.size).toBe(1)
  for (let seconds = 0; seconds < 30; seconds += 10) {
    await clock.advance(10_000)
    await turns()
  }
  expect(database.views.get(id as never)?.fields['name']?.value).toBe('left_behind')
  expect(database.queue.size).toBe(0)
  await engine.close()
})
