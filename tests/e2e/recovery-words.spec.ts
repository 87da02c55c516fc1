import type { Page } from '@playwright/test'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

/** Goes through the screens to the twelve words, and reads them. */
const readWords = async (page: Page): Promise<readonly string[]> => {
  await page.goto('./#/you')
  await page.getByRole('link', { name: 'Write them down' }).click()
  await page.getByRole('button', { name: 'Show the twelve words' }).click()
  const words = page.getByRole('list', { name: 'The twelve words, in order' }).getByRole('listitem')
  await expect(words).toHaveCount(12)
  return words.allTextContents()
}

const typeWords = async (page: Page, words: Readonly<Record<number, string>>): Promise<void> => {
  for (const [place, word] of Object.entries(words)) await page.getByLabel(`Word ${place}`).fill(word)
  await page.getByRole('button', { name: 'Check' }).click()
}

test('recovery words are shown, asked for by three of them, and gone from the device', async ({ page }) => {
  await makeCollection(page, 'Shopping')
  const words = await readWords(page)
  const left = await page.evaluate(() =>
    JSON.stringify([location.href, history.state, Object.entries(localStorage), Object.entries(sessionStorage)]),
  )
  // The settings have words of the list in them, as `system`; all twelve they have not.
  expect(words.filter((word) => new RegExp(`\\b${word}\\b`).test(left)).length).toBeLessThan(4)

  await page.getByRole('button', { name: 'I wrote them down' }).click()
  await expect(title(page)).toHaveText('Look at your paper')
  await expect(page.getByRole('list', { name: 'The twelve words, in order' })).toBeHidden()
  await typeWords(page, { 3: words[2]!, 7: words[6]!, 11: words[10]! })
  await expect(title(page)).toHaveText('On your paper')
  await expect(page.getByText('The words are gone from this device.')).toBeVisible()

  await page.reload()
  await expect(title(page)).toHaveText('On your paper')
  await page.getByRole('link', { name: 'Done' }).click()
  await expect(page.getByText('On your paper, and nowhere else.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Write them down' })).toBeHidden()
})

test('a wrong recovery word is named, with what was meant, and nothing is forgotten', async ({ page }) => {
  await makeCollection(page, 'Shopping')
  const words = await readWords(page)
  await page.getByRole('button', { name: 'I wrote them down' }).click()
  const other = words[6] === 'zoo' ? 'abandon' : 'zoo'
  await typeWords(page, { 3: `${words[2]!}q`, 7: other })
  await expect(page.getByText(`Word 3 is not spelled like that. Did you mean “${words[2]!}”?`)).toBeVisible()
  await expect(page.getByText('Word 7 is another one.')).toBeVisible()
  await expect(page.getByText('Word 11 is missing.')).toBeVisible()
  await expect(page.getByLabel('Word 3')).toBeFocused()
  await page.getByRole('button', { name: 'Show them again' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: words[2]! }).first()).toBeVisible()
})

test('a name of one’s own stays on this device, beside six words and the short name', async ({ page }) => {
  await makeCollection(page, 'Shopping')
  await page.goto('./#/you')
  await expect(page.getByRole('region', { name: 'Six words that are you' }).getByRole('listitem')).toHaveCount(6)
  await expect(page.getByText('This device', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^This device/ }).click()
  await page.getByLabel('What you call it').fill('Kitchen tablet')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: /^Kitchen tablet This device · Key/ })).toBeVisible()
  await page.getByRole('button', { name: 'Name yourself' }).click()
  await page.getByRole('textbox', { name: 'Your name' }).fill('Mira')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.reload()
  await expect(page.getByText('Mira', { exact: true })).toBeVisible()
})

test('before something is shared the recovery words are asked for; put aside, they come again after a day', async ({
  page,
}) => {
  await page.clock.install()
  const collection = await makeCollection(page, 'Shopping')
  const card = page.getByRole('region', { name: 'Write down your recovery words' })
  await page.goto('./#/')
  await expect(page.getByRole('heading', { name: 'Your collections' })).toBeVisible()
  await expect(card).toBeHidden()
  await page.goto(`./#/g/me/c/${collection}/share`)
  await card.getByRole('button', { name: 'Not now' }).click()
  await expect(card).toBeHidden()
  await page.clock.fastForward(25 * 3_600_000)
  await expect(card).toBeVisible()
})
