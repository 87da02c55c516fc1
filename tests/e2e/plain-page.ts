import type { BrowserContext, Page } from '@playwright/test'
import { serve } from '../../scripts/static-server.mjs'
import type { TakibiNode } from '../../src/sdk/types.ts'
import { test as base } from './fixtures.ts'

/** What `evaluate` finds in a plain page. */
export interface Plain {
  readonly openNode: (options: { readonly name: string }) => Promise<TakibiNode>
  readonly node: TakibiNode
}

interface Fixtures {
  /** Opens the library, and nothing else, on a page without any of our markup. */
  readonly plainPage: (context: BrowserContext) => Promise<Page>
}

/** Tests of the library from a page that only has it as one module. */
export const test = base.extend<Fixtures>({
  plainPage: async ({ watch }, use) => {
    const site = await serve({ '/sdk/': 'dist/sdk', '/': 'tests/e2e/plain' })
    watch.home(site.url)
    await use(async (context) => {
      const page = await context.newPage()
      await page.goto(site.url)
      await page.evaluate(async () => {
        Object.assign(globalThis, await import(/* @vite-ignore */ `${location.origin}/sdk/index.js`))
      })
      return page
    })
    await site.stop()
  },
})

export { expect } from '@playwright/test'
