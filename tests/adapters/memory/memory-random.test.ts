import { expect, test } from 'vitest'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'

test('[C5] the same seed gives the same bytes, another seed others', () => {
  const [one, same, other] = [memoryRandom(7), memoryRandom(7n), memoryRandom(8)]
  const first = one.bytes(33)
  expect(first).toEqual(same.bytes(33))
  expect(first).not.toEqual(other.bytes(33))
  expect(one.bytes(33)).not.toEqual(first)
  expect(one.bytes(0)).toHaveLength(0)
})
