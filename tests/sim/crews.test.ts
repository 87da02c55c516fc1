import { expect, test } from 'vitest'
import { runCrew, simulateCrews } from './crews/crews.ts'

const first = Number(process.env['SEED'] ?? 1)
simulateCrews(Array.from({ length: Number(process.env['SEEDS'] ?? 8) }, (_, at) => first + at))

test('[MC10] a seed tells the same story of a crew each time', async () => {
  const [once, again] = [await runCrew(first), await runCrew(first)]
  expect(again.trace).toEqual(once.trace)
})
