import type { Page } from '@playwright/test'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

/** Saves everything that a page has as a file. */
const exported = async (page: Page): Promise<string> => {
  await page.goto('./#/settings/files')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save file' }).click()
  return (await downloading).path()
}
const bring = async (page: Page, file: string): Promise<void> => {
  await page.getByTestId('import').setInputFiles(file)
  await page.getByRole('button', { name: 'Look at it' }).click()
}
const otherDevice = (page: Page) => page.getByRole('main').getByRole('button', { name: /^Another device/ })

test('with the words from paper another browser becomes a device of the person, and is taken out as lost', async ({
  page,
  openProfile,
}) => {
  test.setTimeout(120_000)
  await makeCollection(page, 'Shopping')
  await page.goto('./#/you/words')
  await page.getByRole('button', { name: 'Show the twelve words' }).click()
  const words = page.getByRole('list', { name: 'The twelve words, in order' }).getByRole('listitem')
  await expect(words).toHaveCount(12)
  const paper = await words.allTextContents()
  const copy = await exported(page)

  const other = await (await openProfile()).newPage()
  await other.goto('./#/welcome')
  await other.getByRole('link', { name: 'I have recovery words' }).click()
  const typed = other.getByRole('textbox', { name: 'Your twelve words' })
  // A slip is named with what was meant, and mended by a tap.
  const at = paper.findIndex((word) => word.length > 4)
  await typed.fill(paper.with(at, `${paper[at]!}q`).join(' '))
  await other.getByRole('button', { name: 'Check the words' }).click()
  await expect(other.getByText(`Word ${at + 1} is not spelled like that.`)).toBeVisible()
  await other.getByRole('button', { name: `Take “${paper[at]!}”` }).click()
  await expect(typed).toHaveValue(paper.join(' '))
  await other.getByRole('button', { name: 'Check the words' }).click()
  await expect(title(other)).toHaveText('Sound words, nothing here yet')
  await bring(other, copy)
  await expect(title(other)).toHaveText('These are your words')
  await expect(other.getByRole('checkbox')).not.toBeChecked()
  await other.getByRole('button', { name: 'Make this device mine' }).click()
  await expect(title(other)).toHaveText('This device is yours')
  await other.getByRole('link', { name: 'Write down the new words' }).click()
  await expect(other.getByRole('button', { name: 'Show the twelve words' })).toBeVisible()
  const newer = await exported(other)
  await other.goto('./#/you')
  await expect(otherDevice(other)).toHaveCount(1)

  await bring(page, newer)
  await page.goto('./#/you')
  await expect(page.getByText('Not on this device. They are on your paper')).toBeVisible()
  await otherDevice(page).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('region', { name: 'What happens' })).toContainText('of its logs are kept')
  await expect(sheet.getByText('This is final')).toBeVisible()
  await sheet.getByRole('button', { name: 'Take it out' }).click()
  await expect(sheet.getByRole('button', { name: 'Rather not' })).toBeFocused()
  await sheet.getByRole('button', { name: 'Yes, take it out' }).click()
  await expect(sheet).toBeHidden()
  await expect(page.getByText(/^It is out\./)).toBeVisible()
  await expect(otherDevice(page)).toHaveCount(0)
})
