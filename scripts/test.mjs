/** Every test, unit to browser: vitest, then a build, then Playwright against it. The last line counts them: `N passed, M failed`. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { getBrowser } from './get-browser.mjs'

const results = { vitest: '.cache/vitest.json', playwright: '.cache/playwright.json' }
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
const isBrowserGood =
  isBuilt &&
  browser !== undefined &&
  run('npx playwright test --reporter=list,json', {
    CHROMIUM: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: results.playwright,
  })

const unit = read(results.vitest)
const e2e = read(results.playwright)
const passed = (unit?.numPassedTests ?? 0) + (e2e?.stats.expected ?? 0)
const failedTests = (unit?.numFailedTests ?? 0) + (e2e?.stats.unexpected ?? 0) + (e2e?.stats.flaky ?? 0)
// A step that broke before its tests could run (no build, no browser, a file that does not load) counts as one failure.
const brokenSteps = [
  !isBuilt,
  browser === undefined,
  !isUnitGood && !unit?.numFailedTests,
  isBuilt && browser !== undefined && !isBrowserGood && !e2e?.stats.unexpected && !e2e?.stats.flaky,
].filter(Boolean).length
const failed = failedTests + brokenSteps

console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
