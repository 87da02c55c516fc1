/** Measures: `npm run bench` all subjects, `npm run bench -- verify` some. bench/README.md tells how to read and add them. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { build, runnerImport } from 'vite'
import { browserArguments, findBrowser } from '../scripts/find-browser.mjs'
import { serve } from '../scripts/static-server.mjs'
import { writeTable } from './table.mjs'

/** @import { AppSubject, Row, Subject } from './harness/subject.ts' */

const here = import.meta.dirname
const wanted = process.argv.slice(2)

/** Subject files of one kind, those that were asked for. @param {string} ending */
const filesOf = (ending) =>
  readdirSync(here)
    .filter((file) => file.endsWith(ending))
    .map((file) => ({ name: file.slice(0, -ending.length), file: join(here, file) }))
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name))

/** @template T @param {string} file @returns {Promise<T>} */
const load = async (file) => (await runnerImport(resolve(file), { configFile: false, logLevel: 'error' })).module

const executablePath = findBrowser()
if (!executablePath) throw new Error('Measuring needs Chromium or Chrome: install one, or set CHROMIUM to its path')
/** Two browsers of one machine may connect without a network; a camera is what tells a page its addresses. */
const connectable = ['--allow-loopback-in-peer-connection', '--use-fake-device-for-media-stream']
const launch = { executablePath, args: [...browserArguments, ...connectable, '--enable-precise-memory-info'] }

const benches = await Promise.all(
  filesOf('.bench.ts').map(async ({ name, file }) => {
    const { subject } = /** @type {{ subject: Subject }} */ (await load(file))
    return { name, subject }
  }),
)
const apps = await Promise.all(
  filesOf('.app.ts').map(async ({ name, file }) => {
    const { subject } = /** @type {{ subject: AppSubject }} */ (await load(file))
    return { name, subject }
  }),
)
if (benches.length + apps.length === 0) throw new Error(`No subject is called ${wanted.join(' or ')}`)

/** @type {Row[]} */
const rows = []
/** Prints the rows of a subject, and keeps them at once: a later subject may fail. @param {string} name @param {readonly Row[]} more */
const add = (name, more) => {
  for (const row of more) console.log(line(row))
  rows.push(...more)
  const about = [...benches, ...apps].find(({ subject }) => subject.name === name)?.subject.about
  const own = rows.filter(({ subject }) => subject === name)
  const date = new Date().toISOString()
  const result = {
    subject: name,
    about,
    date,
    commit,
    machine: { ...machine, load: loadavg()[0] },
    ...versions,
    rows: own,
  }
  writeFileSync(join(here, 'results', `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
  writeTable()
}

/** @param {Row} row */
const line = ({ subject, where, name, value, unit, items, megabytesPerSecond, ratio, toReach, isReached }) => {
  const amount = `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`
  const perItem = items && items > 1 && unit === 'ms' ? `${((value * 1000) / items).toFixed(1)} µs each` : ''
  const each = megabytesPerSecond ? `${megabytesPerSecond.toFixed(1)} MB/s` : perItem
  const verdict = toReach
    ? `${isReached ? '✓' : '✗'} ${ratio === undefined ? '' : `${ratio.toFixed(2)} × `}(${toReach})`
    : ''
  return [
    subject.padEnd(14),
    where.padEnd(7),
    name.padEnd(44),
    amount.padStart(12),
    each.padStart(16),
    ` ${verdict}`,
  ].join(' ')
}

const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim()
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${process.arch}`,
}
const versions = { node: process.version, chromium: await browserVersion() }
mkdirSync(join(here, 'results'), { recursive: true })
await inBrowser()
await inNode()
await inApp()

const missed = rows.filter(({ isReached }) => isReached === false)
console.log(`\n${rows.length} rows, ${missed.length} short of what they should reach; bench/results/ has every run.`)

async function browserVersion() {
  const browser = await chromium.launch(launch)
  const version = browser.version()
  await browser.close()
  return version
}

/** Subjects of pages and workers, in one Chromium, each in a page of its own. */
async function inBrowser() {
  if (!benches.some(({ subject }) => subject.where.some((where) => where !== 'node'))) return
  const outDir = mkdtempSync(join(tmpdir(), 'takibi-bench-'))
  await build({
    configFile: false,
    root: join(here, 'harness'),
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  })
  const host = await serve({ '/': outDir })
  const browser = await chromium.launch(launch)
  for (const { name, subject } of benches) {
    for (const where of subject.where.filter((each) => each !== 'node')) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(host.url)
      await page.waitForFunction('globalThis.measureSubject !== undefined')
      add(subject.name, await page.evaluate(`measureSubject(${JSON.stringify(name)}, ${JSON.stringify(where)})`))
      await context.close()
    }
  }
  await browser.close()
  await host.stop()
  rmSync(outDir, { recursive: true, force: true })
}

/** Subjects of Node, in this process. */
async function inNode() {
  const { measure } = /** @type {typeof import('./harness/measure.ts')} */ (
    await load(join(here, 'harness/measure.ts'))
  )
  for (const { subject } of benches)
    if (subject.where.includes('node')) add(subject.name, await measure(subject, 'node'))
}

/** Subjects that drive the built app, each in browsers of its own. */
async function inApp() {
  if (apps.length === 0) return
  const { writeAppBundle } = /** @type {typeof import('./support/app-bundle.ts')} */ (
    await load(join(here, 'support/app-bundle.ts'))
  )
  const host = await serve({ '/': process.env['TAKIBI_APP'] ?? 'dist/app' })
  const library = await serve({ '/': 'dist/sdk' })
  const files = mkdtempSync(join(tmpdir(), 'takibi-bench-'))
  /** @type {ReturnType<typeof writeAppBundle> | undefined} */
  let written
  const bundle = () => (written ??= writeAppBundle(join(files, 'things.takibi')))
  for (const { subject } of apps) {
    /** @type {Map<string, import('@playwright/test').BrowserContext>} */
    const opened = new Map()
    const open = async (folder = mkdtempSync(join(files, 'profile-'))) => {
      await opened.get(folder)?.close()
      const context = await chromium.launchPersistentContext(folder, {
        ...launch,
        locale: 'en-GB',
        viewport: { width: 390, height: 844 },
      })
      opened.set(folder, context)
      return { context, folder }
    }
    const measured = await subject.measure({ url: host.url, library: library.url, open, bundle })
    add(
      subject.name,
      measured.map((row) => ({ ...row, subject: subject.name, where: /** @type {const} */ ('app') })),
    )
    for (const context of opened.values()) await context.close()
  }
  await host.stop()
  await library.stop()
  rmSync(files, { recursive: true, force: true, maxRetries: 5 })
}
