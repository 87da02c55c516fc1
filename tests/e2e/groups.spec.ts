import { title } from './app.ts'
import { expect, test } from './fixtures.ts'

test('a group is made from a purpose; one is its keeper, and its care log says so', async ({ page }) => {
  await page.goto('./#/groups')
  await page.getByRole('link', { name: 'New group' }).click()
  await page.getByRole('radio', { name: /^Field research/ }).check({ force: true })
  await page.getByLabel('Name', { exact: true }).fill('River Watch')
  await page.getByRole('button', { name: 'Make “River Watch”' }).click()
  await expect(title(page)).toHaveText('River Watch')
  await expect(page.getByText('Not sealed yet')).toBeVisible()

  await page.getByRole('button', { name: /you.*Keeper/ }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByText('You are the last keeper.')).toBeVisible()
  await expect(sheet.getByRole('listitem')).toHaveCount(6)
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Group care' }).click()
  await expect(page.getByText('You became its first keeper.')).toBeVisible()
  await expect(page.getByText('You began “River Watch”.')).toBeVisible()

  await page.getByRole('link', { name: 'See the signed operations' }).click()
  await expect(page.getByRole('region', { name: 'Control operations' }).getByRole('row')).toHaveCount(4)
})
