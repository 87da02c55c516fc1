import { expect, test } from './fixtures.ts'
import { openScript } from './page-script.ts'

const seed = process.env['SEED'] ?? 'takibi'

interface Comparison {
  readonly cases: number
  readonly valid: number
  readonly hasEd25519: boolean
  readonly webCrypto: readonly string[]
  readonly noble: readonly string[]
}

test(`[E5] the browser's Ed25519 and noble give the verdicts of rule STRICT (SEED=${seed})`, async ({ page }) => {
  await openScript(page, 'signatures-page.ts')
  await page.waitForFunction('globalThis.compareVerdicts !== undefined')
  const compared = await page.evaluate<Comparison>(`compareVerdicts(${JSON.stringify(seed)}, 400)`)
  expect(compared.cases).toBeGreaterThan(700)
  expect(compared.valid).toBeGreaterThan(50)
  expect(compared.hasEd25519).toBe(true)
  expect(compared.webCrypto).toEqual([])
  expect(compared.noble).toEqual([])
})
