/** Simulates: `npm run sim` some seeds, `npm run sim -- --seed 42` one again, `--runs 500` that many from there on, `--trace` with its whole story. */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string' }, trace: { type: 'boolean' } },
})
const { seed, runs, trace } = values
const env = {
  ...process.env,
  ...(seed ? { SEED: seed } : {}),
  ...(runs || seed ? { SEEDS: runs ?? '1' } : {}),
  ...(trace ? { TRACE: '1' } : {}),
}
const files = ['tests/sim/network.test.ts', 'tests/sim/crews.test.ts', 'tests/sim/ingest.slow.test.ts']
const { status } = spawnSync('npx', ['vitest', 'run', ...files], { stdio: 'inherit', env })
process.exit(status ?? 1)
