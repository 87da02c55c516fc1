import { chooseLook, makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

test('a look is chosen once and stays', async ({ page }) => {
  await page.goto('./#/settings/look')
  const html = page.locator('html')
  for (const [name, look] of [
    ['Night', 'night'],
    ['Paper', 'paper'],
    ['Morning', 'morning'],
  ] as const) {
    await page.getByRole('radio', { name, exact: true }).check({ force: true })
    await expect(html).toHaveAttribute('data-look', look)
  }
  await page.getByRole('radio', { name: 'Night', exact: true }).check({ force: true })
  await page.reload()
  await expect(html).toHaveAttribute('data-look', 'night')
})
test.describe('before the first paint', () => {
  test.use({ provoked: /ERR_FAILED/, serviceWorkers: 'block' })
  test('the look is there, before any of the app is', async ({ page }) => {
    await chooseLook(page, 'night')
    await page.route('**/assets/*.js', (route) => route.abort())
    await page.goto('./')
    await expect(page.locator('html')).toHaveAttribute('data-look', 'night')
  })
})
test.describe('following the system', () => {
  test.use({ colorScheme: 'dark' })
  test('a dark system gets the night', async ({ page }) => {
    await page.goto('./#/settings/look')
    await expect(page.locator('html')).toHaveAttribute('data-look', 'night')
  })
})

test('the language changes at once and stays', async ({ page }) => {
  await page.goto('./#/settings/language')
  await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true })
  await expect(title(page)).toHaveText('Einstellungen')
  await expect(page).toHaveTitle('Einstellungen · Takibi')
  await page.reload()
  await expect(title(page)).toHaveText('Einstellungen')
})

test('single keys go places, and can be switched off', async ({ page }) => {
  await makeCollection(page, 'Shopping')
  await page.goto('./#/settings/look')
  await expect(title(page)).toHaveText('Settings')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(title(page)).toHaveText('Collections')
  await page.goto('./#/settings/look')
  await page.getByRole('switch', { name: /Single keys/ }).uncheck()
  await page.keyboard.press('n')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(title(page)).toHaveText('Settings')
})

test('everything is exported, imported in a new browser, and goes on there', async ({ page, openProfile, baseURL }) => {
  await makeCollection(page, 'Observations')
  await page.goto('./')
  await expect(page.getByText('Only this browser holds this')).toBeVisible()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export a copy' }).click()
  const file = await (await downloading).path()
  await expect(page.getByText('Only this browser holds this')).toHaveCount(0)

  const other = await (await openProfile()).newPage()
  await other.goto(baseURL ?? '/')
  await expect(other).toHaveURL(/#\/welcome$/)
  await other.getByTestId('import').setInputFiles(file)
  const report = other.getByRole('dialog', { name: 'What came in' })
  await expect(report.getByText(/entries are new here/)).toBeVisible()
  await report.getByRole('button', { name: 'Look at it' }).click()
  await expect(
    other
      .getByRole('main')
      .getByRole('link', { name: /Observations/ })
      .first(),
  ).toBeVisible()
  await makeCollection(other, 'Shopping')
  await other.goto(`${baseURL}#/g/me/c`)
  await expect(other.getByRole('main').getByRole('link', { name: /Observations/ })).toBeVisible()
})

test('a file that is none says so and changes nothing', async ({ page }) => {
  await page.goto('./#/settings/files')
  const text = { name: 'letter.takibi', mimeType: 'text/plain', buffer: Buffer.from('Dear all') }
  await page.getByTestId('import').setInputFiles(text)
  await expect(page.getByText(/bundle\//)).toBeVisible()
})

test('the store is checked on request', async ({ page }) => {
  await makeCollection(page, 'Shopping')
  await page.goto('./#/settings/storage')
  await page.getByRole('button', { name: 'Check everything' }).click()
  await expect(page.getByText(/^All fine/)).toBeVisible()
})
