import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { createAskedFor } from '../../../src/engine/sync/asked-for.ts'

test('[RP3] what one peer is asked for another is asked for once the first does not bring it, or takes too long', () => {
  const clock = memoryClock()
  const asked = createAskedFor(clock)
  let isBringing = true
  expect(asked.take('log', () => isBringing)).toBe(true)
  expect(asked.take('log', () => true)).toBe(false)
  expect(asked.take('other', () => true)).toBe(true)
  isBringing = false
  expect(asked.take('log', () => true)).toBe(true)
  expect(asked.take('log', () => true)).toBe(false)
  clock.set(clock.now() + 600_000)
  expect(asked.take('log', () => true)).toBe(true)
})
