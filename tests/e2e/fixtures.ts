import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, chromium, expect, type BrowserContext, type Page, type Worker } from '@playwright/test'
import { serve } from '../../scripts/static-server.mjs'

/** A static host that a test may stop and whose files it may change. */
export interface OwnHost {
  readonly url: string
  readonly folder: string
  readonly stop: () => Promise<void>
}

interface Fixtures {
  /** What may be complained about in this test, because the test provokes it: `test.use({ provoked: /…/ })`. */
  readonly provoked: RegExp | undefined
  readonly watch: {
    readonly context: (context: BrowserContext) => Promise<void>
    readonly home: (url: string) => void
    /** The provoked complaints that came. */
    readonly heard: readonly string[]
  }
  /**
   * A browser with a profile of its own, as an installed app has; a second call with the same folder opens the same profile again. `args` are
   * said to this browser beside those of all.
   */
  readonly openProfile: (folder?: string, args?: readonly string[]) => Promise<BrowserContext>
  /** Serves a copy of the built app from an origin of its own. */
  readonly hostOfOwn: () => Promise<OwnHost>
}

export const builtApp = process.env['TAKIBI_APP'] ?? 'dist/app'

/**
 * Playwright's `test`, with one promise added to every test of this folder: the pages and workers ask no other origin for anything, break
 * no policy and log no error. All specs import it from here.
 */
export const test = base.extend<Fixtures>({
  provoked: [undefined, { option: true }],

  watch: [
    async ({ baseURL, provoked }, use) => {
      const homes = new Set([new URL(baseURL ?? 'http://localhost').origin])
      const complaints: string[] = []
      const heard: string[] = []
      const complain = (text: string) => {
        const list = provoked?.test(text) ? heard : complaints
        list.push(text)
      }
      const watchWorker = (worker: Worker) => {
        worker.on('console', (message) => {
          if (message.type() === 'error') complain(`a worker said: ${message.text()}`)
        })
      }
      await use({
        heard,
        home: (url) => homes.add(new URL(url).origin),
        context: async (context) => {
          context.on('request', (request) => {
            const { protocol, origin } = new URL(request.url())
            if (protocol.startsWith('http') && !homes.has(origin)) complain(`a request left: ${request.url()}`)
          })
          context.on('console', (message) => {
            if (message.type() === 'error') complain(`the page said: ${message.text()} (${message.location().url})`)
          })
          context.on('weberror', (error) => complain(`nobody caught: ${error.error().message}`))
          context.on('serviceworker', watchWorker)
          await context.exposeFunction('takibiBrokenPolicy', complain)
          await context.addInitScript(() => {
            document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
              const { takibiBrokenPolicy } = globalThis as unknown as { takibiBrokenPolicy: (text: string) => void }
              takibiBrokenPolicy(`the policy refused: ${effectiveDirective} ${blockedURI}`)
            })
          })
        },
      })
      expect(complaints, 'no request leaves, no policy is broken, no error is logged').toEqual([])
    },
    { auto: true },
  ],

  context: async ({ context, watch }, use) => {
    await watch.context(context)
    await use(context)
  },

  openProfile: async ({ launchOptions, viewport, locale, timezoneId, baseURL, watch }, use) => {
    const opened: BrowserContext[] = []
    const folders: string[] = []
    await use(async (known, args = []) => {
      const folder = known ?? (await mkdtemp(join(tmpdir(), 'takibi-profile-')))
      folders.push(folder)
      const context = await chromium.launchPersistentContext(folder, {
        ...launchOptions,
        args: [...(launchOptions.args ?? []), ...args],
        viewport,
        ...(locale ? { locale } : {}),
        ...(timezoneId ? { timezoneId } : {}),
        ...(baseURL ? { baseURL } : {}),
      })
      await watch.context(context)
      opened.push(context)
      return context
    })
    for (const context of opened) await context.close()
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },

  hostOfOwn: async ({ watch }, use) => {
    const hosts: OwnHost[] = []
    await use(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'takibi-host-'))
      await cp(builtApp, folder, { recursive: true })
      const { url, stop } = await serve({ '/': folder })
      watch.home(url)
      const host = { url, folder, stop }
      hosts.push(host)
      return host
    })
    for (const host of hosts) {
      await host.stop()
      await rm(host.folder, { recursive: true, force: true })
    }
  },
})

/** Resolves when the service worker has everything and answers this page's requests. */
export const isControlled = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return true
    return new Promise<boolean>((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true })
    })
  })

export { expect }
