import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { build } from 'vite'

const seed = process.env['SEED'] ?? 'takibi'
const origin = 'http://localhost:4179'

interface Comparison {
  readonly cases: number
  readonly valid: number
  readonly hasEd25519: boolean
  readonly webCrypto: readonly string[]
  readonly noble: readonly string[]
}

/** The page's script in one piece, made here so that this test needs nothing built before. */
async function pageScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL('signatures-page.ts', import.meta.url)), formats: ['es'] },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (!chunk) throw new Error('Vite wrote no script for the page')
  return chunk.code
}

test(`[E5] the browser's Ed25519 and noble give the verdicts of rule STRICT (SEED=${seed})`, async ({ page }) => {
  const script = await pageScript()
  // WebCrypto wants a secure origin, which localhost is; nothing listens there, the test answers itself.
  await page.route(`${origin}/**`, (route) =>
    route.request().url().endsWith('/page.js')
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><script type="module" src="/page.js"></script>',
        }),
  )
  await page.goto(`${origin}/`)
  await page.waitForFunction('globalThis.compareVerdicts !== undefined')
  const compared = await page.evaluate<Comparison>(`compareVerdicts(${JSON.stringify(seed)}, 400)`)
  expect(compared.cases).toBeGreaterThan(700)
  expect(compared.valid).toBeGreaterThan(50)
  expect(compared.hasEd25519).toBe(true)
  expect(compared.webCrypto).toEqual([])
  expect(compared.noble).toEqual([])
})
