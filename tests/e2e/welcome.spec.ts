import { title } from './app.ts'
import { expect, test } from './fixtures.ts'

test.describe('offline', () => {
  test.use({ provoked: /ERR_INTERNET_DISCONNECTED/ })
  test('two taps from the first page to the form of a new list, with no network and no account', async ({
    page,
    context,
  }) => {
    await page.goto('./')
    await expect(page).toHaveURL(/#\/welcome$/)
    await expect(title(page)).toHaveText('Keep things close, signal or not')
    // The app is there for good once its service worker has it.
    await page.evaluate(() => navigator.serviceWorker.ready)
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Start a list' }).click()
    await expect(title(page)).toHaveText('What would you like to keep?')
    await expect(title(page)).toBeFocused()
    await page.getByRole('button', { name: /^Shopping/ }).click()
    await expect(page).toHaveURL(/#\/g\/me\/c\/0020[0-9a-f]{64}\/add$/)
  })
})

test('nobody who has a list is welcomed again', async ({ page }) => {
  await page.goto('./#/welcome')
  await page.getByRole('button', { name: 'Start a list' }).click()
  await page.getByRole('button', { name: /^Task board/ }).click()
  await expect(page).toHaveURL(/\/add$/)
  await page.goto('./')
  await expect(page.getByRole('link', { name: /Task board/ }).first()).toBeVisible()
  await expect(page).toHaveURL(/#\/$|\/$/)
})

test.describe('in German', () => {
  test.use({ locale: 'de-DE' })
  test('a template is made in the words of the language', async ({ page }) => {
    await page.goto('./#/welcome')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.getByRole('button', { name: 'Liste anfangen' }).click()
    await page.getByRole('button', { name: /^Einkauf/ }).click()
    await expect(page).toHaveURL(/\/add$/)
    await page.goto('./#/g/me/c')
    await expect(page.getByRole('main').getByRole('link', { name: /Einkauf/ })).toBeVisible()
  })
})
