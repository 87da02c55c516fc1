import { defineConfig } from '@playwright/test'
import { browserArguments, findBrowser } from './scripts/find-browser.mjs'

/** Which build is tested; `TAKIBI_APP` names another folder. Where there is none, the server below says so. */
const app = process.env['TAKIBI_APP'] ?? 'dist/app'
const port = Number(process.env['TAKIBI_PORT'] ?? 4273)
const executablePath = findBrowser()

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Two cores: a second browser would only make the first one slow, and the timings untrue.
  workers: 1,
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
