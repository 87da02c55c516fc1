import type { Page } from '@playwright/test'

const strip = (page: Page) => page.getByRole('region', { name: 'Identities in this browser' })

/** Becomes another identity in this browser, begun where it is not there yet; goes to an address then. It holds nothing. */
export const becomeAnother =
  (hash: string) =>
  async (page: Page): Promise<void> => {
    const begin = page.getByRole('main').getByRole('button', { name: 'Begin another one' })
    await strip(page).or(begin).first().waitFor()
    if ((await strip(page).count()) === 0) {
      await begin.click()
      await page.getByLabel('What it is called').fill('Robin by the river')
      await page.getByRole('button', { name: 'Begin', exact: true }).click()
    }
    await strip(page).getByText('You are Robin by the river').waitFor()
    await page.evaluate((to) => (location.hash = to), hash)
  }

export const openSwitcher = async (page: Page): Promise<void> => {
  await becomeAnother('/you')(page)
  await strip(page).getByRole('button').click()
  await page.getByRole('dialog').getByText('Other tabs stay who they are.').waitFor()
}

const askToRemove = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Remove Robin by the river' }).click()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await page.getByRole('button', { name: 'Yes, remove it for good' }).waitFor()
}
export const openRemoval = async (page: Page): Promise<void> => {
  await becomeAnother('/you')(page)
  await askToRemove(page)
}

/** Removes it, where it is there: one is who one was. */
export const removeAnother = async (page: Page): Promise<void> => {
  const begin = page.getByRole('main').getByRole('button', { name: 'Begin another one' })
  await begin.waitFor()
  if ((await strip(page).count()) > 0) {
    await askToRemove(page)
    await page.getByRole('button', { name: 'Yes, remove it for good' }).click()
    await page.getByText('Robin by the river is gone from this browser').waitFor()
    await strip(page).waitFor({ state: 'hidden' })
  }
  await begin.scrollIntoViewIfNeeded()
}
