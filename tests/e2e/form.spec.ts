import type { Page } from '@playwright/test'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

const what = (page: Page) => page.getByRole('textbox', { name: /^What/ })
const openForm = async (page: Page): Promise<void> => {
  const collection = await makeCollection(page, 'Observations')
  await page.goto(`./#/g/me/c/${collection}/add`)
  await expect(title(page)).toHaveText(/^Add /)
  await expect(what(page)).toBeFocused()
}
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
const focusedField = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'])

test('what is missing or wrong is said at its field, which gets the focus; nothing typed is lost', async ({ page }) => {
  await openForm(page)
  await page.getByLabel('Count').fill('a few')
  await save(page).click()
  await expect(page.getByText('This one is needed.')).toBeVisible()
  await expect(page.getByText('Write a number, with digits.')).toBeVisible()
  expect(await focusedField(page)).toBe('what')

  await what(page).fill('Little egret')
  await save(page).click()
  expect(await focusedField(page)).toBe('count')
  await expect(page.getByLabel('Count')).toHaveValue('a few')
})

test('Save and next keeps the form open, fresh, and ready for typing', async ({ page }) => {
  await openForm(page)
  for (const name of ['Grey heron', 'Kingfisher']) {
    await page.keyboard.type(name)
    await page.getByRole('button', { name: 'Save and next' }).click()
    await expect(page.getByText(`Saved “${name}”`)).toBeVisible()
    await expect(what(page)).toBeFocused()
    await expect(what(page)).toHaveValue('')
  }
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(page.getByText('2 observations')).toBeVisible()
})

test.describe('where the browser refuses to say where one is', () => {
  test.use({ permissions: [] })
  test('a sentence tells what to do', async ({ page }) => {
    await openForm(page)
    await page.getByRole('button', { name: 'Use where I am' }).click()
    await expect(page.getByText('Allow it in the site’s settings')).toBeVisible()
  })
})

test.describe('where the browser says where one is', () => {
  test.use({ permissions: ['geolocation'], geolocation: { latitude: 50.5, longitude: 7.25, accuracy: 12 } })
  test('the place fills itself', async ({ page }) => {
    await openForm(page)
    await expect(page.getByText('50.5, 7.25')).toBeVisible()
    await expect(page.getByText('give or take 12 m')).toBeVisible()
    await page.getByRole('button', { name: 'No place' }).click()
    await expect(page.getByRole('button', { name: 'Use where I am' })).toBeVisible()
  })
})
