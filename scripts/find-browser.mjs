import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The browser that tests and benches use: `CHROMIUM`, else an installed one, else Playwright's own; `undefined` when there is none. */
export const findBrowser = () =>
  [process.env['CHROMIUM'], ...usual, chromium.executablePath()].find((path) => path && existsSync(path))

/** What Chromium needs to be told here: it refuses to run its sandbox as root. */
export const browserArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : []
