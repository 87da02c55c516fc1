import { expect, test } from 'vitest'
import { runNetwork, simulateNetwork } from './network/network.ts'

const first = Number(process.env['SEED'] ?? 1)
simulateNetwork(Array.from({ length: Number(process.env['SEEDS'] ?? 6) }, (_, at) => first + at))

test('[RP21] a seed tells the same story each time', async () => {
  const [once, again] = [await runNetwork(first), await runNetwork(first)]
  expect(again.trace).toEqual(once.trace)
})
