import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import type { AxeResults } from 'axe-core'
import { encodeQR } from 'qr'
import { build } from 'vite'
import { serve } from '../../scripts/static-server.mjs'
import { meetingCodeToQrText, parseMeetingCode } from '../../src/core/meeting/code.ts'
import { headerPolicy } from '../../src/hosts/csp.ts'
import { chooseLook } from './app.ts'
import { expect, test } from './fixtures.ts'
import { launchOptions } from './two-browsers.ts'

/** The screen "Meet by code", in two browsers, under the policy of the app. */
test.use({ launchOptions })

let folder = ''
let site: { readonly url: string; readonly stop: () => Promise<void> }
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'takibi-meet-'))
  await build({
    configFile: false,
    root: fileURLToPath(new URL('meet-app', import.meta.url)),
    publicDir: fileURLToPath(new URL('../../public', import.meta.url)),
    base: './',
    logLevel: 'error',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  })
  await writeFile(join(folder, '_headers'), `/*\n  Content-Security-Policy: ${headerPolicy}\n`)
  // The app registers one; what it does is tested elsewhere.
  await writeFile(join(folder, 'sw.js'), '')
  site = await serve({ '/': folder })
})
test.afterAll(async () => {
  await site.stop()
  await rm(folder, { recursive: true, force: true })
})

type Open = (hash?: string, browser?: Browser) => Promise<Page>
let open: Open
let opened: Page[]
test.beforeEach(async ({ browser, watch }) => {
  watch.home(site.url)
  opened = []
  open = async (hash = '#/meet', where = browser) => {
    const context = await where.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' })
    await watch.context(context)
    await context.grantPermissions(['camera', 'clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    opened.push(page)
    await page.goto(`${site.url}${hash}`)
    return page
  }
})
test.afterEach(async () => {
  for (const page of opened) await page.context().close()
})

const begin = (page: Page, how: 'Use the camera' | 'Without the camera' = 'Without the camera') =>
  page.getByRole('button', { name: how }).click()
const copied = async (page: Page, what: 'Copy link' | 'Copy text'): Promise<string> => {
  await page.getByRole('button', { name: what }).click()
  await expect(page.getByText(what === 'Copy link' ? 'Link copied' : 'Text copied')).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}
const paste = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Link or text' }).fill(text)
  await page.getByRole('button', { name: 'Take this code' }).click()
}
/** Runs in the page by the debugging protocol, which no policy binds. */
const evaluate = <T>(page: Page, call: string): Promise<T> => page.evaluate<T>(call)
const areConnected = async (a: Page, b: Page): Promise<void> => {
  for (const page of [a, b]) await expect(page.getByText('Connected.')).toBeVisible()
  const states = 'node.sync.peers().once().then(({ peers }) => peers.map(({ medium, state }) => `${medium} ${state}`))'
  for (const page of [a, b]) await expect.poll(() => evaluate(page, states)).toEqual(['webrtc ready'])
}

/** One picture in YUV 4:2:0, which Chromium shows instead of a camera: a code in the middle, a little grey around it. */
const videoOf = (text: string): Buffer => {
  const [width, height, scale] = [640, 480, 6]
  const rows = encodeQR(text, 'raw', { ecc: 'medium', encoding: 'alphanumeric', border: 4 })
  const [left, top] = [(width - rows.length * scale) >> 1, (height - rows.length * scale) >> 1]
  const light = Buffer.alloc(width * height, 170)
  for (let y = 0; y < rows.length * scale; y++)
    for (let x = 0; x < rows.length * scale; x++)
      light[(top + y) * width + left + x] = rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 30 : 220
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    ...Array(10).fill(frame),
  ])
}

test('[M20] one reads the code by camera, the other gets it as text, and they are connected', async () => {
  const a = await open()
  await begin(a)
  const text = await copied(a, 'Copy text')
  const code = parseMeetingCode(text)
  const film = join(folder, 'code.y4m')
  await writeFile(film, videoOf(code.ok ? meetingCodeToQrText(code.value) : ''))
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...launchOptions.args, `--use-file-for-fake-video-capture=${film}`],
  })
  const b = await open('#/meet', browser)
  await begin(b, 'Use the camera')
  await expect(b.getByText('Found the other device. It has yet to take your code.')).toBeVisible()
  await paste(a, await copied(b, 'Copy text'))
  await areConnected(a, b)
  await expect(b.getByText(/Key of the other device: [0-9a-f]{8}…/)).toBeVisible()
  await browser.close()
})

test('[M20] the shown code is read from a picture of it', async () => {
  const [a, b] = [await open(), await open()]
  await begin(a)
  await begin(b)
  const picture = await a.getByRole('img', { name: 'QR code' }).screenshot()
  await b.locator('input[type=file]').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: picture })
  await expect(b.getByText('Found the other device.')).toBeVisible()
  await paste(a, `Tap: ${await copied(b, 'Copy link')}`)
  await areConnected(a, b)
})

test('[M20] without a camera, and with a picture that shows nothing, the words say what to do', async () => {
  const a = await open()
  await a.context().clearPermissions()
  await begin(a, 'Use the camera')
  await expect(a.getByText('The camera is not allowed here.')).toBeVisible()
  const blank = await a.screenshot({ clip: { x: 0, y: 0, width: 40, height: 40 } })
  await a.locator('input[type=file]').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: blank })
  await expect(a.getByText('No code found in this picture.')).toBeVisible()
  await paste(a, 'hello')
  await expect(a.getByText('This is no code to meet by')).toBeVisible()
})

test('[M19] a link opens the meeting; the answer by link finds the tab that waits, and its own tab is done', async () => {
  const a = await open()
  await begin(a)
  const link = new URL(await copied(a, 'Copy link'))
  const b = await open(link.hash)
  await begin(b)
  await expect(b.getByText('Found the other device.')).toBeVisible()
  const answer = new URL(await copied(b, 'Copy link'))
  const tab = await a.context().newPage()
  await tab.goto(`${site.url}${answer.hash}`)
  await expect(tab.getByRole('heading', { name: 'Code passed on' })).toBeVisible()
  await areConnected(a, b)
})

test('[M21] after 15 seconds the way over a file is offered, and one can start again', async () => {
  const [a, b] = [await open(), await open()]
  await a.clock.install()
  await begin(a)
  await begin(b)
  await paste(a, await copied(b, 'Copy text'))
  const offer = a.getByText('has not taken your code yet')
  await expect(a.getByText('Found the other device. It has yet to take your code.')).toBeVisible()
  await expect(offer).toBeHidden()
  await expect(async () => {
    await a.clock.fastForward(15_000)
    await expect(offer).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(a.getByRole('link', { name: 'Hand over a file' })).toHaveAttribute('href', '#/settings/files')
  await a.getByRole('button', { name: 'Start again' }).click()
  await expect(a.getByText('Waiting for the other code.')).toBeVisible()
})

test('[M22] what two share is with both once they have met', async () => {
  const [a, b] = [await open(), await open()]
  for (const page of [a, b]) await expect(page.getByRole('button', { name: 'Use the camera' })).toBeVisible()
  const schema = await evaluate<string>(
    a,
    "node.defineSchema('tide', 'Levels of the river', { level: 'int' }).then(({ id }) => id)",
  )
  await evaluate(a, `node.sync.share('${schema}')`)
  await evaluate(b, `node.sync.share('${schema}')`)
  await evaluate(a, `node.create('${schema}', { level: 7n })`)
  for (const page of [a, b]) await begin(page)
  await paste(a, await copied(b, 'Copy text'))
  await paste(b, await copied(a, 'Copy text'))
  for (const page of [a, b]) await expect(page.getByText('Connected.')).toBeVisible()
  const levels = `node.query('${schema}').once().then(({ documents }) => documents.map(({ fields }) => String(fields.level)))`
  await expect.poll(() => evaluate(b, levels).catch(() => [])).toEqual(['7'])
  await evaluate(b, `node.create('${schema}', { level: 8n })`)
  await expect.poll(() => evaluate(a, levels)).toHaveLength(2)
  // Who leaves is missed at once.
  await b.goto('about:blank')
  await expect(a.getByText('The connection has ended.')).toBeVisible()
})

test('[X5] two meet with the keyboard alone', async () => {
  const [a, b] = [await open(), await open()]
  for (const page of [a, b]) {
    await page.getByRole('button', { name: 'Without the camera' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Waiting for the other code.')).toBeVisible()
  }
  const tabTo = async (page: Page, name: string): Promise<void> => {
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(':focus').getAttribute('aria-label')) === name) return
      if ((await page.locator(':focus').textContent())?.includes(name)) return
      if (
        await page
          .locator(':focus')
          .evaluate((field, label) => (field as HTMLTextAreaElement).labels?.[0]?.textContent === label, name)
      )
        return
    }
    throw new Error(`Tab does not reach ${name}`)
  }
  const [textA, textB] = [await copied(a, 'Copy text'), await copied(b, 'Copy text')]
  for (const [page, other] of [
    [a, textB],
    [b, textA],
  ] as const) {
    await page.getByRole('heading', { level: 1 }).focus()
    await tabTo(page, 'Link or text')
    await page.keyboard.insertText(other)
    await tabTo(page, 'Take this code')
    await page.keyboard.press('Enter')
  }
  await areConnected(a, b)
})

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
const findings = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: found } = globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }
    const { violations } = await found.run({
      preload: false,
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
}

for (const look of ['morning', 'night', 'paper'] as const)
  test(`[X1] axe finds nothing on the screen in ${look}, at any width`, async () => {
    const a = await open()
    await chooseLook(a, look)
    for (const width of [360, 1440]) {
      await a.setViewportSize({ width, height: 800 })
      await a.reload()
      await a.locator(`html[data-look=${look}]`).waitFor()
      await expect(a.getByRole('button', { name: 'Use the camera' })).toBeVisible()
      expect(await findings(a)).toEqual([])
      await begin(a, 'Use the camera')
      await expect(a.locator('video')).toBeVisible()
      await expect(a.getByText('Waiting for the other code.')).toBeVisible()
      expect(await findings(a)).toEqual([])
      expect(await a.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    }
  })
