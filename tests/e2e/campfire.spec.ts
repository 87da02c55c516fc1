import type { Locator, Page } from '@playwright/test'
import { letInNeighbour } from '../sample/neighbour.ts'
import { isAccessible } from './accessible.ts'
import { title } from './app.ts'
import { expect, test } from './fixtures.ts'

const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Say something by the fire' })
const log = (page: Page): Locator => page.getByRole('log', { name: 'What was said' })
const said = (page: Page, text: string): Locator => log(page).getByRole('article').filter({ hasText: text })
const sayIt = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text)
  await page.keyboard.press('Enter')
  await expect(said(page, text)).toBeVisible()
  await expect(field(page)).toHaveValue('')
}
const doWith = async (page: Page, text: string, item: string): Promise<void> => {
  await page.getByRole('button', { name: `What to do with “${text}”` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Makes a group and goes to its fire; its id. */
const lightFire = async (page: Page): Promise<string> => {
  await page.goto('./#/groups/new')
  await page.getByLabel('Name', { exact: true }).fill('River Watch')
  await page.getByRole('button', { name: 'Make “River Watch”' }).click()
  await expect(title(page)).toHaveText('River Watch')
  const group = /#\/g\/([^/]+)/.exec(page.url())![1]!
  await page.goto(`./#/g/${group}/fire`)
  await expect(page.getByText('Nothing said yet')).toBeVisible()
  return group
}

test('what is said at the fire is answered, signed, edited, still there after a reload, and taken back', async ({
  page,
}) => {
  await lightFire(page)
  await expect(page.getByText('Not sealed yet')).toBeVisible()
  await sayIt(page, 'Kettle is on')
  await sayIt(page, 'Tea in five')

  await doWith(page, 'Kettle is on', 'Answer')
  await expect(page.getByText('Answer to You', { exact: true })).toBeVisible()
  await expect(field(page)).toBeFocused()
  await sayIt(page, 'Coming down')
  await expect(said(page, 'Coming down').getByRole('button', { name: 'Answer to You' })).toContainText('Kettle is on')

  await doWith(page, 'Tea in five', 'Fire')
  const sign = said(page, 'Tea in five').getByRole('button', { name: 'Fire, 1: You' })
  await expect(sign).toHaveAttribute('aria-pressed', 'true')

  await doWith(page, 'Tea in five', 'Edit')
  const edited = page.getByRole('textbox', { name: 'Edit what you said' })
  await expect(edited).toHaveValue('Tea in five')
  await edited.fill('Tea in ten')
  await page.getByRole('button', { name: 'Keep the change' }).click()
  await expect(said(page, 'Tea in ten')).toContainText('edited')

  await field(page).fill('Not said yet')
  await page.reload()
  await expect(log(page).getByRole('article')).toHaveCount(3)
  await expect(said(page, 'Tea in ten')).toContainText('edited')
  await expect(field(page)).toHaveValue('Not said yet')

  const kept = said(page, 'Tea in ten').getByRole('button', { name: 'Fire, 1: You' })
  await kept.click()
  await expect(kept).toHaveCount(0)
  await doWith(page, 'Tea in ten', 'Take back')
  await expect(said(page, 'Tea in ten')).toHaveCount(0)
  await expect(page.getByText('Removed “Tea in ten”')).toBeVisible()

  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('searchbox').fill('coming')
  await expect(page.getByText('1 found')).toBeVisible()
  await expect(log(page).getByRole('article')).toHaveCount(1)
})

test('who comes later finds what is new marked, and what was said before the last that was read in one line', async ({
  page,
}) => {
  const group = await lightFire(page)
  await page.goto('./')
  const home = page.url().replace(/#.*/, '')
  await using bo = await letInNeighbour(page, home, group, Date.now() - 3_600_000)
  await bo.node.campfire.send(group, { text: 'Anybody up early?' })
  await page.goto(`./#/g/${group}/fire`)
  await sayIt(page, 'Kettle is on')
  await expect(page.getByText('2 people in this group')).toBeVisible()
  await bo.give()
  await page.goto(`./#/g/${group}/fire`)
  await expect(log(page).getByText('New since you were last here')).toBeVisible()
  await expect(log(page).getByText(/came to the fire\. One message from before arrived\./)).toBeVisible()
  await expect(log(page).getByRole('article')).toContainText([/Anybody up early/, /Kettle is on/])
  // What was said in passing on the way here has gone, and covers nothing.
  await expect(page.getByText(/^Saved takibi/)).toHaveCount(0)
  await isAccessible(page)
  await page.getByRole('button', { name: '1 new message' }).click()
  await expect(said(page, 'Anybody up early?')).toBeFocused()
})
