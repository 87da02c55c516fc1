import type { Page } from '@playwright/test'
import type { MeetState } from '../../src/hosts/page/meet.ts'
import { expect, test } from './fixtures.ts'
import { openScript } from './page-script.ts'
import { inWorker, launchOptions, openSide } from './two-browsers.ts'

/** Meetings and links as the app has them, without its screens. */
test.use({ launchOptions })

const run = <T>(page: Page, call: string): Promise<T> => page.evaluate<T>(call)
const state = (page: Page): Promise<MeetState> => run(page, 'meet.state()')
const stepOf = async (page: Page): Promise<string> => (await state(page)).step
const codeOf = async (page: Page): Promise<{ readonly qr: string; readonly text: string; readonly link: string }> => {
  await expect.poll(() => stepOf(page)).toBe('showing')
  const shown = await state(page)
  return 'code' in shown ? shown.code : { qr: '', text: '', link: '' }
}

let a: Page
let b: Page
test.beforeEach(async ({ browser, watch, baseURL }) => {
  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ baseURL: baseURL! })
    await watch.context(context)
    return openSide(context, 'meet-page.ts', 'meet')
  }
  a = await open()
  b = await open()
})
test.afterEach(async () => {
  for (const side of [a, b]) await side.context().close()
})

test("[M17] two who take each other's codes meet, whoever is first and however the code came", async () => {
  await run(a, "meet.start('aa')")
  await run(b, "meet.start('bb')")
  const [codeA, codeB] = [await codeOf(a), await codeOf(b)]
  expect(await run(a, `meet.take('${codeB.qr}')`)).toEqual({ ok: true })
  await expect.poll(() => state(a)).toMatchObject({ step: 'connecting', isFound: true, isLate: false })
  expect(await run(b, `meet.take('Tap ${codeA.link}')`)).toEqual({ ok: true })
  await expect.poll(() => state(a)).toEqual({ step: 'met', transportKey: 'bb'.repeat(32) })
  await expect.poll(() => state(b)).toEqual({ step: 'met', transportKey: 'aa'.repeat(32) })

  const met = [await inWorker<{ role: string }>(a, 0, 'met'), await inWorker<{ role: string }>(b, 0, 'met')]
  expect(met.map(({ role }) => role).toSorted()).toEqual(['client', 'server'])
  expect(met[0]).toMatchObject({ transportKey: 'bb'.repeat(32), inviteSecret: null })
  expect(met[1]).toMatchObject({ transportKey: 'aa'.repeat(32), inviteSecret: new Uint8Array(16) })
  // What was met stays, also when nobody looks at the meeting any more.
  await run(a, 'meet.close()')
  expect(await Promise.all([a, b].map((side) => inWorker(side, 0, 'exchange', 1000)))).toEqual([1000, 1000])
})

test('[M18] a meeting says what is wrong with a code, and when it takes too long', async () => {
  await a.clock.install()
  await run(a, "meet.start('aa')")
  const own = await codeOf(a)
  expect(await run(a, `meet.take('${own.text}')`)).toMatchObject({ error: { code: 'meeting/own-code' } })
  expect(await run(a, "meet.take('hello')")).toMatchObject({ error: { code: 'meeting/malformed' } })
  expect(await stepOf(a)).toBe('showing')
  await run(b, "meet.start('bb')")
  await run(a, `meet.take('${(await codeOf(b)).text}')`)
  await expect.poll(() => state(a)).toMatchObject({ step: 'connecting', isFound: true, isLate: false })
  const later = async (): Promise<MeetState> => {
    await a.clock.fastForward(15_000)
    return state(a)
  }
  await expect.poll(later).toMatchObject({ step: 'connecting', isFound: true, isLate: true })
  await run(a, 'meet.again()')
  expect((await codeOf(a)).text).not.toBe(own.text)
})

test('[M18] where there is no way between two, the meeting says so', async () => {
  await run(a, "meet.start('aa')")
  await run(b, "meet.start('bb')")
  await codeOf(a)
  const code = await codeOf(b)
  await run(b, 'meet.close()')
  await run(a, `meet.take('${code.text}')`)
  await expect.poll(() => stepOf(a), { timeout: 40_000 }).toBe('apart')
})

test('[M19] a code that opens another tab reaches the tab that has the meeting', async () => {
  await run(a, "meet.start('aa')")
  await run(b, "meet.start('bb')")
  const [codeA, codeB] = [await codeOf(a), await codeOf(b)]
  const tab = await a.context().newPage()
  await openScript(tab, 'meet-page.ts', 'rtc-worker.ts')
  await tab.waitForFunction('globalThis.meet !== undefined')
  expect(await run(tab, "meet.passOn('hello')")).toMatchObject({ error: { code: 'meeting/malformed' } })
  expect(await run(tab, `meet.passOn('${codeB.link}')`)).toEqual({ ok: true })
  await run(b, `meet.take('${codeA.text}')`)
  await expect.poll(() => stepOf(a)).toBe('met')
  await run(a, 'meet.close()')
  expect(await run(tab, `meet.passOn('${codeB.link}')`)).toBeUndefined()
})

test('[M15] a link that is lost comes back by a connection on standby, with a new channel to the same peer', async () => {
  const [blobA, blobB] = [await run<string>(a, 'link.open()'), await run<string>(b, 'link.open()')]
  await Promise.all([run(a, `link.keep('${blobB}')`), run(b, `link.keep('${blobA}')`)])
  for (const side of [a, b]) await expect.poll(() => run(side, 'link.isPaired()')).toBe(true)
  const next = [a, b].map((side) => inWorker<number>(side, 0, 'nextMet'))
  await Promise.all([a, b].map((side) => run(side, 'link.lose()')))
  const channels = await Promise.all(next)
  const exchanged = [a, b].map((side, at) => inWorker(side, channels[at]!, 'exchange', 1000))
  expect(await Promise.all(exchanged)).toEqual([1000, 1000])
  expect(await run(a, 'link.hasEnded()')).toBe(false)
  await inWorker(a, channels[0]!, 'close')
  for (const side of [a, b]) await expect.poll(() => run(side, 'link.hasEnded()')).toBe(true)
})
