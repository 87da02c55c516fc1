import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import type { AppTools } from '../harness/subject.ts'
import type { AppBundle } from './app-bundle.ts'

/** Takes the bundle in through the app's own *Import a file*, on its first screen. Stays on the report. */
export const importBundle = async (page: Page, url: string, { file }: AppBundle): Promise<void> => {
  await page.goto(`${url}#/welcome`)
  await page.getByTestId('import').waitFor({ state: 'attached' })
  await page.getByTestId('import').setInputFiles(file)
  await page.getByRole('button', { name: 'Look at it' }).waitFor({ timeout: 300_000 })
}

export const collectionUrl = (url: string, { collection }: AppBundle): string => `${url}#/g/me/c/${collection}`

/** An app with 10,000 things, showing them. */
export const openFilled = async ({ url, open, bundle }: AppTools): Promise<Filled> => {
  const filled = await bundle()
  const { context, folder } = await open()
  const page = context.pages()[0] ?? (await context.newPage())
  await importBundle(page, url, filled)
  await page.goto(collectionUrl(url, filled))
  await page.reload()
  await page.locator('[data-thing]').first().waitFor()
  // Installed, so that what follows finds the app as on a second visit.
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  return { context, folder, page, filled }
}

export interface Filled {
  readonly context: BrowserContext
  readonly folder: string
  readonly page: Page
  readonly filled: AppBundle
}

/** Sends commands of the browser's protocol to the workers of a page. */
export interface WorkerTarget {
  readonly url: string
  readonly send: (method: string) => Promise<Record<string, number>>
}

interface Reply {
  readonly id?: number
  readonly result?: Record<string, number>
}

/** All workers of a page, its service worker too. */
export const workersOf = async (session: CDPSession): Promise<readonly WorkerTarget[]> => {
  const found: WorkerTarget[] = []
  const waiting = new Map<string, (result: Record<string, number>) => void>()
  let last = 0
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const send = (method: string): Promise<Record<string, number>> =>
      new Promise((resolve, reject) => {
        const id = (last += 1)
        waiting.set(`${sessionId}/${id}`, resolve)
        session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).catch(reject)
      })
    found.push({ url: targetInfo.url, send })
  })
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const { id, result } = JSON.parse(message) as Reply
    if (id !== undefined) waiting.get(`${sessionId}/${id}`)?.(result ?? {})
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  await new Promise((resolve) => setTimeout(resolve, 500))
  return found
}

const megabyte = 1024 * 1024
const heldBy = ({ usedSize = 0, backingStorageSize = 0 }: Record<string, number>): number =>
  (usedSize + backingStorageSize) / megabyte

/** Used heap and backing storage of a page and its workers, in MB. */
export const heldNow = async (session: CDPSession, workers: readonly WorkerTarget[]): Promise<number> => {
  const page = heldBy({ ...(await session.send('Runtime.getHeapUsage')) })
  const held = await Promise.all(workers.map((worker) => worker.send('Runtime.getHeapUsage')))
  return held.reduce((sum, usage) => sum + heldBy(usage), page)
}
