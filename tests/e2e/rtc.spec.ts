import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { inWorker, launchOptions, openSide } from './two-browsers.ts'

/** Two browsers that only pass each other blobs. */
test.use({ launchOptions })

const MiB = 1024 * 1024

const run = <T>(page: Page, call: string): Promise<T> => page.evaluate<T>(`rtc.${call}`)
const quoted = (texts: readonly string[]): string => JSON.stringify(texts)

/** Two pages in browsers of their own, connected. */
const connect = async ([a, b]: readonly [Page, Page], mayTransfer = true): Promise<void> => {
  const [blobA, blobB] = [await run<string>(a, `open(${mayTransfer})`), await run<string>(b, `open(${mayTransfer})`)]
  const parts = [await run(a, `connect(0, '${blobB}')`), await run(b, `connect(0, '${blobA}')`)]
  expect(parts).toContainEqual({ ok: true, value: 'active' })
  expect(parts).toContainEqual({ ok: true, value: 'passive' })
  for (const side of [a, b]) await expect.poll(() => run(side, 'state(0)')).toBe('open')
}

const exchange = (pages: readonly Page[], size: number, channel = 0): Promise<number[]> =>
  Promise.all(pages.map((page) => inWorker<number>(page, channel, 'exchange', size)))

let sides: readonly [Page, Page]
test.beforeEach(async ({ browser, watch, baseURL }) => {
  const contexts = [
    await browser.newContext({ baseURL: baseURL! }),
    await browser.newContext({ baseURL: baseURL! }),
  ] as const
  for (const context of contexts) await watch.context(context)
  sides = [await openSide(contexts[0], 'rtc-page.ts', 'rtc'), await openSide(contexts[1], 'rtc-page.ts', 'rtc')]
})
test.afterEach(async () => {
  for (const side of sides) await side.context().close()
})

for (const mayTransfer of [true, false]) {
  test(`[M11] two browsers that know each other's blobs connect, and their workers exchange bytes ${mayTransfer ? 'directly' : 'through the page'}`, async () => {
    await connect(sides, mayTransfer)
    expect(await exchange(sides, 5 * MiB)).toEqual([5 * MiB, 5 * MiB])
  })

  test(`[M8] a channel closed in one worker ends in the other, and both pages know ${mayTransfer ? 'directly' : 'through the page'}`, async () => {
    await connect(sides, mayTransfer)
    const [a, b] = sides
    await exchange(sides, 1)
    await inWorker(a, 0, 'close')
    await inWorker(b, 0, 'closed')
    expect(await run(a, 'ended(0)')).toBe('ended')
    expect(await run(b, 'ended(0)')).toBe('ended')
    expect(await inWorker(b, 0, 'send', 1)).toEqual({ code: 'channel/gone' })
  })
}

test('[M7] no more than a little over 1 MiB waits in a data channel', async () => {
  await connect(sides)
  const [a, b] = sides
  const [peak] = await Promise.all([inWorker<number>(a, 0, 'peak', 12 * MiB), inWorker(b, 0, 'read', 1)])
  expect(peak).toBeGreaterThan(MiB / 4)
  expect(peak).toBeLessThan(1.2 * MiB)
})

test('[M10] a peer that sends far more than is read is cut off', async () => {
  await connect(sides)
  const [a, b] = sides
  const sending = inWorker(a, 0, 'peak', 64 * MiB)
  await inWorker(b, 0, 'closed')
  expect(await sending).toEqual({ code: 'channel/gone' })
})

test('[M12] the page says whom a channel leads to, and a channel that ends before leads to nobody', async () => {
  const [a] = sides
  await run(a, 'open(true)')
  await run(a, 'open(true)')
  await run(a, 'meet(0)')
  expect(await inWorker(a, 0, 'met')).toMatchObject({ role: 'client', transportKey: 'ab'.repeat(32) })
  await run(a, 'close(1)')
  expect(await inWorker(a, 1, 'met')).toBeUndefined()
})

test('[M13] an ICE restart with new blobs keeps the channel', async () => {
  await connect(sides)
  const [a, b] = sides
  await exchange(sides, 1)
  const [blobA, blobB] = [await run<string>(a, 'restart(0)'), await run<string>(b, 'restart(0)')]
  expect(await run(a, `connect(0, '${blobB}')`)).toMatchObject({ ok: true })
  expect(await run(b, `connect(0, '${blobA}')`)).toMatchObject({ ok: true })
  for (const side of sides) await expect.poll(() => run(side, 'state(0)')).toBe('open')
  await inWorker(a, 0, 'send', 2 * MiB)
  expect(await inWorker(b, 0, 'read', 2 * MiB)).toBe(2 * MiB)
})

test('[M14] a page that goes closes its connections', async () => {
  await connect(sides)
  const [a, b] = sides
  const closed = inWorker(b, 0, 'closed')
  const wentAt = Date.now()
  await a.goto('about:blank')
  await closed
  expect(Date.now() - wentAt).toBeLessThan(3000)
})

test('[M15] connections on standby open without another word', async () => {
  await connect(sides)
  const [a, b] = sides
  const [blobsA, blobsB] = [await run<string[]>(a, 'standby(2)'), await run<string[]>(b, 'standby(2)')]
  await run(a, `pair(${quoted(blobsB)})`)
  await run(b, `pair(${quoted(blobsA)})`)
  expect(await Promise.all(sides.map((side) => run(side, 'recover()')))).toEqual([1, 1])
  expect(await exchange(sides, MiB, 1)).toEqual([MiB, MiB])
  expect(await run(a, 'state(2)')).toBe('closed')
})

test('[M16] a browser keeps its certificate, and renews it before it ends', async () => {
  const [a] = sides
  const first = await run<{ value: string; days: number }>(a, 'fingerprint(0)')
  expect(first.days).toBeGreaterThan(360)
  await a.reload()
  await a.waitForFunction('globalThis.rtc !== undefined')
  expect(await run(a, 'fingerprint(300)')).toEqual(first)
  const renewed = await run<{ value: string; days: number }>(a, 'fingerprint(340)')
  expect(renewed.value).not.toBe(first.value)
  expect(await run(a, 'fingerprint(0)')).toEqual(renewed)
})

test('[M5] a device that is shown its own blob says so', async () => {
  const [a] = sides
  const blob = await run<string>(a, 'open(true)')
  expect(await run(a, `connect(0, '${blob}')`)).toEqual({ ok: false, error: { code: 'meeting/own-code' } })
})
