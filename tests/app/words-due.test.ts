import { expect, test } from 'vitest'
import { mayAskForWords } from '../../src/app/state/words-due.ts'

const day = 86_400_000
const at = Date.UTC(2026, 5, 1)

test('who was never asked for the recovery words may be', () => {
  expect(mayAskForWords({ times: 0, at: 0 }, at)).toBe(true)
})

test('put aside, the recovery words come again after 1, 7 and 30 days, and then no more', () => {
  for (const [times, days] of [
    [1, 1],
    [2, 7],
    [3, 30],
  ] as const) {
    expect(mayAskForWords({ times, at }, at + days * day - 1)).toBe(false)
    expect(mayAskForWords({ times, at }, at + days * day)).toBe(true)
  }
  expect(mayAskForWords({ times: 4, at }, at + 1_000 * day)).toBe(false)
})
