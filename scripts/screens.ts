/**
 * Photographs every screen of the real app with sample data in it, in the sizes of a phone and a desk, and lays ours beside the design's:
 * `npm run screens`. Results go to docs/screens. `TAKIBI_APP` names a build; without it one is made if there is none.
 */
import { execSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { type BrowserContext, type Browser, chromium, type Page } from '@playwright/test'
import { choose, fillSample, type Places, serveSample, useSampleClock } from '../tests/sample/sample.ts'
import { bringCompany, companyScreens } from '../tests/sample/company.ts'
import { firstScreens, isDrawn, type Screen, screens, show } from '../tests/sample/screens.ts'
import { browserArguments, findBrowser } from './find-browser.mjs'
import { writeSheet } from './screens-sheet.ts'

const app = process.env['TAKIBI_APP'] ?? 'dist/app'
const folder = 'docs/screens'
const sizes = { 390: { width: 390, height: 844 }, 1280: { width: 1280, height: 800 } } as const
const only = process.argv[2] === undefined ? undefined : new RegExp(process.argv[2])

if (!existsSync(`${app}/index.html`) || !existsSync('dist/sdk/index.js'))
  execSync('npm run build', { stdio: 'inherit' })
mkdirSync(folder, { recursive: true })

const newContext = async (browser: Browser): Promise<BrowserContext> => {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: sizes[390],
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
  })
  await useSampleClock(context)
  return context
}

const photograph = async (
  page: Page,
  home: string,
  screen: Screen,
  places: Places,
  name = screen.name,
): Promise<void> => {
  if (only !== undefined && !only.test(name)) return
  for (const [width, size] of Object.entries(sizes)) {
    await page.setViewportSize(size)
    try {
      await show(page, home, screen, places)
      if (name.endsWith('-rtl')) await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
      await isDrawn(page)
    } catch (error) {
      console.error(`${name} at ${width}: ${String(error).split('\n', 1)[0]}`)
      process.exitCode = 1
    }
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, animations: 'disabled', caret: 'hide' })
  }
}

const named = (name: string): Screen => {
  const screen = screens.find((candidate) => candidate.name === name)
  if (screen === undefined) throw new Error(`There is no screen ${name}`)
  return screen
}

const { url, stop } = await serveSample(app)
const executablePath = findBrowser()
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: [...browserArguments, '--allow-loopback-in-peer-connection'],
})
try {
  const context = await newContext(browser)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(url)
  await choose(page, 'morning')
  const nowhere: Places = { collection: () => '', heron: '', earlier: '', operation: '', graph: '' }
  for (const screen of firstScreens) await photograph(page, url, screen, nowhere)
  const { places } = await fillSample(context, url)
  await page.goto(`${url}${places.collection('Lending shelf')}`)
  await choose(page, 'morning')
  for (const screen of screens) await photograph(page, url, screen, places)
  for (const look of ['night', 'paper'] as const) {
    await choose(page, look)
    for (const name of ['home', 'cards', 'table', 'board', 'thing', 'hood-log'])
      await photograph(page, url, named(name), places, `${name}-${look}`)
  }
  await choose(page, 'morning')
  for (const name of ['thing', 'home', 'table']) await photograph(page, url, named(name), places, `${name}-rtl`)
  await choose(page, 'morning', 'de')
  await photograph(page, url, { ...named('home'), shows: 'Observations' }, places, 'home-de')
  await photograph(page, url, { ...named('settings-files'), shows: 'Import' }, places, 'settings-files-de')
  await choose(page, 'morning')
  const other = await newContext(browser)
  await bringCompany(context, other, url, places)
  for (const screen of companyScreens) await photograph(page, url, screen, places)
  for (const look of ['night', 'paper'] as const) {
    await choose(page, look)
    for (const screen of companyScreens.filter(({ name }) => name === 'sync-met'))
      await photograph(page, url, screen, places, `sync-met-${look}`)
  }
  await writeSheet(browser, folder)
} finally {
  await browser.close()
  await stop()
}
console.log(`${readdirSync(folder).filter((file) => file.endsWith('.png')).length} pictures in ${folder}`)
