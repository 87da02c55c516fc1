/** Every test, unit to browser: vitest, then a build, then Playwright against it. The last line counts them: `N passed, M failed`. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { getBrowser } from './get-browser.mjs'

const results = { vitest: '.cache/vitest.json', browser: '.cache/browser.json', alone: '.cache/browser-alone.json' }
rmSync('.cache', { recursive: true, force: true })
mkdirSync('.cache')

/** @param {string} command @param {Record<string, string>} [env] */
const run = (command, env) => {
  console.log(`\n> ${command}`)
  return spawnSync(command, { shell: true, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
}
/** @param {string} file */
const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const browser = getBrowser()
const isUnitGood = run(`npx vitest run --reporter=default --reporter=json --outputFile.json=${results.vitest}`)
const isBuilt = run('npm run build')
/** @param {string} projects @param {string} file */
const runBrowser = (projects, file) =>
  isBuilt &&
  browser !== undefined &&
  run(`npx playwright test ${projects} --reporter=list,json`, { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file })
const browserRuns = [
  { isGood: runBrowser('--project pages --project phones', results.browser), stats: read(results.browser)?.stats },
  {
    isGood: runBrowser('--project alone --output test-results/alone', results.alone),
    stats: read(results.alone)?.stats,
  },
]

const unit = read(results.vitest)
let passed = unit?.numPassedTests ?? 0
let failedTests = unit?.numFailedTests ?? 0
for (const { stats } of browserRuns) {
  passed += stats?.expected ?? 0
  failedTests += (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
}
// A step that broke before its tests could run (no build, no browser, a file that does not load) counts as one failure.
const brokenSteps = [
  !isBuilt,
  browser === undefined,
  !isUnitGood && !unit?.numFailedTests,
  ...browserRuns.map(
    ({ isGood, stats }) => isBuilt && browser !== undefined && !isGood && !stats?.unexpected && !stats?.flaky,
  ),
].filter(Boolean).length
const failed = failedTests + brokenSteps

console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
