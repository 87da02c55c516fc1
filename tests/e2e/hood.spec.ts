import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

test('under the hood a log shows its links, an entry each of its bytes, and both check again', async ({ page }) => {
  await makeCollection(page, 'Inventory')
  await page.goto('./#/hood')
  await expect(title(page)).toHaveText('Under the hood')

  const entry = page.getByRole('region', { name: 'Entry 1' })
  await entry.getByRole('button', { name: 'Verify again' }).click()
  await expect(entry.getByRole('status')).toHaveText(/^valid, checked in/)
  await entry.getByRole('radio', { name: 'Operation' }).check({ force: true })
  await expect(entry.getByText('"action": "create"')).toBeVisible()
  await entry.getByRole('radio', { name: 'Bytes' }).check({ force: true })
  await entry.getByRole('button', { name: /^signature/ }).focus()
  await expect(entry.getByRole('button', { name: /^signature/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(entry.getByRole('button', { name: 'public key bytes 1 to 32' })).toBeVisible()
  await expect(entry.getByRole('button', { name: /skip link/ })).toHaveCount(0)
})

test('under the hood a document shows its operations in order, and what it said after each', async ({ page }) => {
  await makeCollection(page, 'Shopping')
  await page.goto('./#/hood/documents')
  await page
    .getByRole('link', { name: /Shopping/ })
    .first()
    .click()
  const table = page.getByRole('region', { name: 'Operations in order' })
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(table.getByText('tip')).toBeVisible()
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /…/)
  await table.getByRole('link').first().click()
  await expect(page.getByRole('region', { name: 'Entry 1' })).toBeVisible()
})

test('under the hood the whole store can be checked', async ({ page }) => {
  await makeCollection(page, 'Inventory')
  await page.goto('./#/hood/storage')
  await page.getByRole('button', { name: 'Check everything' }).click()
  await expect(page.getByText(/^All sound: \d+ entries in \d+ documents\.$/)).toBeVisible()
  await expect(page.getByText('No log has forked.')).toBeVisible()
  await expect(page.getByText('Nothing waits for anything.')).toBeVisible()
})
