import { expect, test } from './fixtures.ts'

/* oxlint-disable no-eval, no-new, typescript/no-implied-eval -- what this file tries in vain */

/**
 * The names of what attempts threw; `nothing` for one that went through. The debugger may evaluate text where the page may not, for as
 * long as its call runs: so the attempts come a turn later.
 */
const refused = /^(EvalError|TypeError)$/

test('[P4] the host sends the policy, the page carries it, and both name only the policy takibi', async ({ page }) => {
  const response = await page.goto('./')
  const header = response?.headers()['content-security-policy'] ?? ''
  const meta = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content')
  expect(header).toBe(`${meta}; frame-ancestors 'none'`)
  expect(header).toContain("require-trusted-types-for 'script'; trusted-types takibi")
  expect(await page.locator('script:not([src])').count()).toBe(0)
})

test('[P4] the service worker puts the policy on everything it serves, workers included', async ({ page }) => {
  await page.goto('./')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  // The worker is started by the page, which may be after it loaded.
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => /\/engine-[^/]+\.js$/.test(name)),
  )
  const served = await page.evaluate(async () => {
    const urls = performance.getEntriesByType('resource').map(({ name }) => name)
    const answers = await Promise.all([location.href, ...urls].map((url) => fetch(url)))
    return answers.map(({ url, headers }) => ({ url, policy: headers.get('Content-Security-Policy') }))
  })
  for (const { url, policy } of served) expect(policy, url).toContain("script-src 'self' 'wasm-unsafe-eval'")
})

test.describe('refusals', () => {
  test.use({
    provoked:
      /the policy refused|Content Security Policy|Content Security policy|TrustedScript|TrustedHTML|unsafe-eval/,
  })

  test('[P4] a page may not make code from text, nor elements', async ({ page }) => {
    await page.goto('./')
    const thrown = await page.evaluate(async () => {
      await new Promise((later) => setTimeout(later))
      const nameOf = (attempt: () => unknown): string => {
        try {
          attempt()
          return 'nothing'
        } catch (error) {
          return (error as Error).name
        }
      }
      return {
        eval: nameOf(() => (0, eval)('1 + 1')),
        function: nameOf(() => new Function('return 1')()),
        innerHTML: nameOf(() => (document.createElement('div').innerHTML = '<b>hello</b>')),
        script: nameOf(() => (document.createElement('script').src = './look.js')),
        policy: nameOf(() => {
          const { trustedTypes } = globalThis as unknown as {
            trustedTypes: { createPolicy: (name: string, rules: object) => unknown }
          }
          trustedTypes.createPolicy('another', {})
        }),
      }
    })
    for (const [attempt, name] of Object.entries(thrown)) expect(name, attempt).toMatch(refused)
  })

  test('[P4] a page may start no worker but its own two, by a blessed URL', async ({ page }) => {
    await page.goto('./')
    const thrown = await page.evaluate(async () => {
      await new Promise((later) => setTimeout(later))
      const nameOf = (url: string): string => {
        try {
          new Worker(url)
          return 'nothing'
        } catch (error) {
          return (error as Error).name
        }
      }
      const own = performance.getEntriesByType('resource').find(({ name }) => name.includes('/engine-'))
      return {
        foreign: nameOf('https://example.org/worker.js'),
        own: nameOf(own?.name ?? './sw.js'),
        blob: nameOf(URL.createObjectURL(new Blob(['postMessage(1)']))),
        data: nameOf('data:text/javascript,postMessage(1)'),
      }
    })
    for (const [attempt, name] of Object.entries(thrown)) expect(name, attempt).toMatch(refused)
  })

  test('[P4] workers are bound by the policy too, also on the first visit', async ({ page }) => {
    await page.goto('./')
    await expect.poll(() => page.workers().length).toBeGreaterThanOrEqual(2)
    for (const worker of page.workers()) {
      const thrown = await worker.evaluate(async () => {
        await new Promise((later) => setTimeout(later))
        const nameOf = (attempt: () => unknown): string => {
          try {
            attempt()
            return 'nothing'
          } catch (error) {
            return (error as Error).name
          }
        }
        return {
          eval: nameOf(() => (0, eval)('1 + 1')),
          foreign: nameOf(() => new Worker('https://example.org/worker.js')),
          import: nameOf(() => {
            const { importScripts } = globalThis as unknown as { importScripts: (url: string) => void }
            importScripts('https://example.org/worker.js')
          }),
        }
      })
      for (const [attempt, name] of Object.entries(thrown))
        expect(name, `${attempt} in ${worker.url()}`).toMatch(refused)
    }
  })
})
