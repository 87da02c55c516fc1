import { expect, test } from 'vitest'
import { memoryChannelPair } from '../../../src/adapters/memory/memory-channel.ts'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { channelContract } from '../../contracts/channel.ts'

channelContract('memory', async () => {
  const ends = memoryChannelPair({ clock: memoryClock() })
  return { ends, [Symbol.asyncDispose]: async () => ends[0].close() }
})

test('[T3] chunks are under way as long as the clock says, and keep their order', async () => {
  const clock = memoryClock()
  const [a, b] = memoryChannelPair({ clock, latencyMs: 50 })
  const got: [number, number][] = []
  const reading = (async () => {
    for await (const chunk of b.received) got.push([chunk[0]!, clock.now()])
  })()
  const start = clock.now()
  await a.send(Uint8Array.of(1))
  await clock.advance(20)
  await a.send(Uint8Array.of(2))
  await clock.advance(29)
  expect(got).toEqual([])
  await clock.advance(1)
  await clock.advance(100)
  expect(got).toEqual([
    [1, start + 50],
    [2, start + 70],
  ])
  await a.send(Uint8Array.of(3))
  a.close()
  await clock.advance(100)
  await reading
  expect(got).toHaveLength(2)
})
