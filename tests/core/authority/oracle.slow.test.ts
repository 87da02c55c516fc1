import { expect, test } from 'vitest'
import { compareMany } from './compare.ts'

const chunks = Array.from({ length: 40 }, (_, chunk) => 1000 + 500 * chunk)

test.each(chunks)('the incremental engine agrees with the naive oracle on 500 histories from seed %i on', (from) => {
  expect(compareMany(from, 500)).toBe(500)
})
