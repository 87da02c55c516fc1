import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** What the settings of a person who chose a look leave in the browser. */
export const chooseLook = (page: Page, look: 'morning' | 'night' | 'paper') =>
  page.addInitScript((chosen) => {
    localStorage.setItem('takibi/settings', JSON.stringify({ state: { look: chosen }, version: 1 }))
  }, look)

/** The screen's own heading. */
export const title = (page: Page) => page.getByRole('heading', { level: 1 })

/** Makes a collection from a template as it stands, by the two taps of the app; ends on the collection. */
export const makeCollection = async (page: Page, template: string) => {
  await page.goto('./#/g/me/c/new')
  await page.getByRole('radio', { name: new RegExp(`^${template}`) }).check({ force: true })
  await page.getByRole('button', { name: `Make “${template}”` }).click()
  await expect(page).toHaveURL(/#\/g\/me\/c\/0020[0-9a-f]{64}$/)
  // The address changes at once, the screen when its part of the app is loaded.
  await expect(title(page)).toHaveText(template)
  return page.url().split('/').at(-1) ?? ''
}

/** Makes a group without collections, and is left on its screen; gives its id. */
export const makeGroup = async (page: Page, name: string): Promise<string> => {
  await page.goto('./#/groups/new')
  await page.getByRole('radio', { name: /^Something else/ }).check({ force: true })
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: `Make “${name}”` }).click()
  await expect(title(page)).toHaveText(name)
  return /#\/g\/([^/]+)/.exec(page.url())![1]!
}
