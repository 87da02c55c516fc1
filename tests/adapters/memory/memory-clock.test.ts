import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'

const never = new AbortController().signal

test('[C1] time stands still until it is moved', async () => {
  const clock = memoryClock(1_000)
  const heard: number[] = []
  const sleeper = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) {
      await clock.sleep(10, never)
      heard.push(clock.now())
    }
  }
  const sleeping = sleeper()
  expect(clock.now()).toBe(1_000)
  await clock.advance(25)
  expect(heard).toEqual([1_010, 1_020])
  expect(clock.now()).toBe(1_025)
  await clock.advance(5)
  await sleeping
  expect(heard).toEqual([1_010, 1_020, 1_030])
})

test('[C2] sleepers wake in the order of their time, and of their asking where that is one', async () => {
  const clock = memoryClock()
  const heard: string[] = []
  const sleep = async (ms: number, name: string): Promise<void> => {
    await clock.sleep(ms, never)
    heard.push(name)
  }
  const all = Promise.all([sleep(3, 'c'), sleep(1, 'a'), sleep(2, 'b'), sleep(3, 'd')])
  await clock.advance(3)
  await all
  expect(heard).toEqual(['a', 'b', 'c', 'd'])
})

test('[C3] a sleeper that is stopped wakes with the reason, and only then', async () => {
  const clock = memoryClock()
  const stop = new AbortController()
  const sleeping = clock.sleep(10, stop.signal)
  stop.abort('enough')
  await expect(sleeping).rejects.toBe('enough')
  await expect(clock.sleep(1, stop.signal)).rejects.toBe('enough')
  await clock.advance(20)
})

test('[C4] a clock that is set back wakes nobody too early', async () => {
  const clock = memoryClock(1_000)
  let isAwake = false
  const sleeping = clock.sleep(10, never).then(() => (isAwake = true))
  clock.set(0)
  await clock.advance(10)
  expect(isAwake).toBe(false)
  await clock.advance(1_000)
  await sleeping
})
