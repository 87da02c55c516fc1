import type { Page } from '@playwright/test'
import { expect, test, type Plain } from './plain-page.ts'

/** What `openNode` throws in this page: the code, and whether there is a sentence that says what to do. */
const failureOfOpening = (page: Page): Promise<{ readonly code: string; readonly message: string }> =>
  page.evaluate(async () => {
    const { openNode } = globalThis as unknown as Plain
    try {
      await openNode({ name: 'start' })
      return { code: 'it opened', message: '' }
    } catch (thrown) {
      const { failure, message } = thrown as { failure: { code: string }; message: string }
      return { code: failure.code, message }
    }
  })

const openNode = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const plain = globalThis as unknown as Plain
    const node = await plain.openNode({ name: 'start' })
    Object.assign(globalThis, { node })
    return node.publicKey
  })
const codeOf = (page: Page, what: 'write' | 'read'): Promise<string> =>
  page.evaluate(async (kind) => {
    const { node } = globalThis as unknown as Plain
    try {
      if (kind === 'write') await node.defineSchema('thing', 'A thing', { title: 'str' })
      else await node.schemas().once()
      return 'fine'
    } catch (thrown) {
      return (thrown as { failure: { code: string } }).failure.code
    }
  }, what)

test.describe('a page that cannot run a node says why', () => {
  for (const [lack, code, take] of [
    ['IndexedDB', 'store/unavailable', () => Reflect.deleteProperty(globalThis, 'indexedDB')],
    ['Web Locks', 'host/no-web-locks', () => Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'locks')],
    [
      'a secure origin',
      'host/insecure-page',
      () => Object.defineProperty(globalThis, 'isSecureContext', { value: false }),
    ],
  ] as const) {
    test(`without ${lack}: ${code}`, async ({ context, plainPage }) => {
      await context.addInitScript(take)
      const failure = await failureOfOpening(await plainPage(context))
      expect(failure.code).toBe(code)
      expect(failure.message).toMatch(/\. \[[a-z]+\/[a-z-]+\]$/)
    })
  }

  test('with a database of a newer version: store/newer', async ({ context, plainPage }) => {
    const page = await plainPage(context)
    await openNode(page)
    await page.evaluate(() => (globalThis as unknown as Plain).node.close())
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('takibi/start', 9_999)
          opening.addEventListener('success', () => {
            opening.result.close()
            resolve()
          })
          opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')))
        }),
    )
    expect(await failureOfOpening(page)).toMatchObject({ code: 'store/newer' })
  })

  test.describe('and a worker script that is missing', () => {
    test.use({ provoked: /Failed to load resource|404/ })
    test('is named: host/worker-failed', async ({ context, plainPage }) => {
      await context.route('**/engine-*.js', (route) => route.fulfill({ status: 404 }))
      expect(await failureOfOpening(await plainPage(context))).toMatchObject({ code: 'host/worker-failed' })
    })
  })
})

test('a key that is gone leaves everything readable and refuses to write', async ({ context, plainPage }) => {
  const page = await plainPage(context)
  const publicKey = await openNode(page)
  expect(await codeOf(page, 'write')).toBe('fine')
  await page.evaluate(() => (globalThis as unknown as Plain).node.close())
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        indexedDB.deleteDatabase('takibi/start/keys').addEventListener('success', () => resolve())
      }),
  )
  expect(await openNode(page)).toBe(publicKey)
  expect(await codeOf(page, 'read')).toBe('fine')
  expect(await codeOf(page, 'write')).toBe('signer/gone')
})

test('tabs that open a new database at once get one key', async ({ context, plainPage }) => {
  const pages = await Promise.all([1, 2, 3].map(() => plainPage(context)))
  const keys = await Promise.all(pages.map(openNode))
  expect(new Set(keys).size).toBe(1)
})

test('an engine that died rejects what waits, and a signer that died refuses to sign', async ({
  context,
  plainPage,
}) => {
  const page = await plainPage(context)
  await openNode(page)
  const workerNamed = (name: string) => page.workers().find((worker) => worker.url().includes(name))
  await workerNamed('signer')?.evaluate(() => globalThis.close())
  await expect.poll(() => codeOf(page, 'write')).toBe('signer/unavailable')
  expect(await codeOf(page, 'read')).toBe('fine')
  await workerNamed('engine')?.evaluate(() => globalThis.close())
  await expect.poll(() => codeOf(page, 'read')).toBe('call/lost')
})

test('many signatures are verified by a worker of its own, which ends with the others', async ({
  context,
  plainPage,
}) => {
  const page = await plainPage(context)
  await openNode(page)
  /** Every worker of ours holds a lock as long as it lives. */
  const lives = (): Promise<number> =>
    page.evaluate(
      async () => (await navigator.locks.query()).held?.filter(({ name }) => name?.includes('/life/')).length ?? 0,
    )
  expect(await lives()).toBe(2)
  const stored = await page.evaluate(async () => {
    const { node } = globalThis as unknown as Plain
    const schema = await node.defineSchema('thing', 'Made by a test', { name: 'str' })
    let things = 0
    for (let batch = 0; batch < 8; batch++) {
      const drafts = Array.from({ length: 500 }, (_, at) => ({
        action: 'create' as const,
        schema: schema.id,
        fields: { name: `${batch} ${at}` },
      }))
      things += (await node.publishBatch(drafts)).length
    }
    return things
  })
  expect(stored).toBe(4_000)
  expect(await lives()).toBe(3)
  await page.evaluate(() => (globalThis as unknown as Plain).node.close())
  await expect.poll(lives).toBe(0)
})

test('closing a node ends its workers, and another can be opened', async ({ context, plainPage }) => {
  const page = await plainPage(context)
  const publicKey = await openNode(page)
  expect(page.workers()).toHaveLength(2)
  await page.evaluate(() => (globalThis as unknown as Plain).node.close())
  await expect.poll(() => page.workers().length).toBe(0)
  expect(await codeOf(page, 'read')).toBe('store/closed')
  expect(await openNode(page)).toBe(publicKey)
})
