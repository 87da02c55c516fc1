import { spawnSync } from 'node:child_process'
import { findBrowser } from './find-browser.mjs'

/** @param {string} command */
const run = (command) => spawnSync(command, { shell: true, stdio: 'inherit' }).status === 0

/**
 * A browser for the tests: one that is there, else Playwright's download, else Debian's package.
 * @returns {string | undefined} its path; `undefined` when none could be had, after saying so
 */
export const getBrowser = () => {
  const found = findBrowser()
  if (found) return found
  console.log('No Chromium or Chrome here. Getting one …')
  const isRoot = process.getuid?.() === 0
  // Root may install the libraries that the download wants from the system, too.
  if (!isRoot || !run('npx playwright install --with-deps chromium')) run('npx playwright install chromium')
  if (!runs(findBrowser()) && isRoot) run('apt-get update && apt-get install -y chromium')
  const got = findBrowser()
  if (runs(got)) return got
  console.error(
    'The browser tests need Chromium or Chrome: install one (Debian: apt-get install chromium) or set CHROMIUM to its path.',
  )
  return undefined
}

/** Playwright's download may lack libraries of the system: ask it. @param {string | undefined} path */
const runs = (path) => path !== undefined && spawnSync(path, ['--version']).status === 0
