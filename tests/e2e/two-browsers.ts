import type { BrowserContext, Page } from '@playwright/test'
import { browserArguments, findBrowser } from '../../scripts/find-browser.mjs'
import { openScript } from './page-script.ts'

const executablePath = findBrowser()

/**
 * Chromium that refuses every change of an SDP but the ones a standard knows, may use loopback, so that this runs on a machine without a
 * network, and has a camera that shows a test picture.
 */
export const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  args: [
    ...browserArguments,
    '--allow-loopback-in-peer-connection',
    '--force-fieldtrials=WebRTC-NoSdpMangleAllowForTesting/Enabled/',
    '--use-fake-device-for-media-stream',
  ],
}

/** A page of a browser of its own that runs a script and a worker of this folder. The page may use the camera, which tells it its addresses. */
export const openSide = async (context: BrowserContext, script: string, name: string): Promise<Page> => {
  await context.grantPermissions(['camera'])
  const page = await context.newPage()
  await openScript(page, script, 'rtc-worker.ts')
  await page.waitForFunction(`globalThis.${name} !== undefined`)
  return page
}

/** Asks the worker of a page about one of its channels (rtc-worker.ts). */
export const inWorker = <T>(page: Page, channel: number, what: string, size = 0): Promise<T> =>
  page.evaluate<T>(`inWorker(${channel}, '${what}', ${size})`)
