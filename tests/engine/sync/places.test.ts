import { expect, test } from 'vitest'
import { createPlaces } from '../../../src/engine/sync/places.ts'

const always = new AbortController().signal

test('whoever finds no place waits, in the order of coming', async () => {
  const places = createPlaces(1)
  const leaveFirst = await places(always)
  const entered: string[] = []
  const second = places(always).then((leave) => {
    entered.push('second')
    return leave
  })
  const third = places(always).then(() => entered.push('third'))
  await Promise.resolve()
  expect(entered).toEqual([])
  leaveFirst?.()
  const leaveSecond = await second
  expect(entered).toEqual(['second'])
  leaveSecond?.()
  await third
  expect(entered).toEqual(['second', 'third'])
})

test('whoever stops waiting gets no place, and takes none from those behind', async () => {
  const places = createPlaces(1)
  const leave = await places(always)
  const stop = new AbortController()
  const given = places(stop.signal)
  const behind = places(always)
  stop.abort()
  expect(await given).toBeUndefined()
  leave?.()
  expect(await behind).toBeDefined()
  expect(await places(AbortSignal.abort())).toBeUndefined()
})
