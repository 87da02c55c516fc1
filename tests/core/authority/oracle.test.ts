import { expect, test } from 'vitest'
import { compareMany } from './compare.ts'

test('whatever order entries come in, the incremental engine says what the naive oracle does', () => {
  expect(compareMany(1, 200)).toBe(200)
})
