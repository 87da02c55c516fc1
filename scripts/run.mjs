/** Runs a script written in TypeScript on Node 20, which cannot by itself: `node scripts/run.mjs scripts/some-script.ts [argument…]`. */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

const [file, ...rest] = process.argv.slice(2)
if (!file) {
  console.error('Which script? node scripts/run.mjs scripts/some-script.ts')
  process.exit(2)
}
process.argv = [process.argv[0] ?? 'node', resolve(file), ...rest]
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' })
