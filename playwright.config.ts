import { defineConfig } from '@playwright/test'
import { browserArguments, findBrowser } from './scripts/find-browser.mjs'

/** Which build is tested; `TAKIBI_APP` names another folder. Where there is none, the server below says so. */
const app = process.env['TAKIBI_APP'] ?? 'dist/app'
const port = Number(process.env['TAKIBI_PORT'] ?? 4273)
const executablePath = findBrowser()

/** Several browsers each, that talk with each other. */
const phones =
  '{crew,group-lists,group-nodes,invites,linking,meet,meet-host,network-tab,phones,phones-*,presence,relays,rtc,sync,sync-node}.spec.ts'
/** Measures how soon something is seen while two tabs do all they can. */
const alone = 'two-tabs.spec.ts'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Most of the time a test waits: two share two cores well, one with many browsers and one with one. No test may depend on what else runs.
  workers: 2,
  projects: [
    // First, since tests begin in this order: beside the long row of these there is always a page to test.
    { name: 'phones', testMatch: phones, workers: 1 },
    { name: 'pages', testIgnore: [phones, alone] },
    // `npm test` runs it when nothing else does.
    { name: 'alone', testMatch: alone },
  ],
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}/`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 390, height: 844 },
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: browserArguments },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node scripts/start.mjs --strict --port ${port} ${app}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
})
