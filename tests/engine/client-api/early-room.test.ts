import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { earlyBytesPerSecond, maxEarlyBurst } from '../../../src/core/limits.ts'
import { createEarlyRoom } from '../../../src/engine/client-api/early-room.ts'

test('[N3] room for what is early is taken, refills slowly, and never grows beyond its size', async () => {
  const clock = memoryClock()
  const room = createEarlyRoom(clock)
  expect([room.take(maxEarlyBurst), room.take(1)]).toEqual([true, false])
  await clock.advance(2_000)
  expect([room.take(2 * earlyBytesPerSecond), room.take(1)]).toEqual([true, false])
  await clock.advance(1_000_000_000)
  expect([room.take(maxEarlyBurst + 1), room.take(maxEarlyBurst), room.take(1)]).toEqual([false, true, false])
})
