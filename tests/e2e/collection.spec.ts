import type { Page } from '@playwright/test'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

test.setTimeout(90_000)

const add = async (page: Page, collection: string, label: string, names: readonly string[], option?: string) => {
  await page.goto(`./#/g/me/c/${collection}/add`)
  await expect(title(page)).toHaveText(/^Add /)
  for (const name of names) {
    await page.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(name)
    if (option !== undefined) await page.getByRole('radio', { name: option }).check({ force: true })
    await page.getByRole('button', { name: 'Save and next' }).click()
    await expect(page.getByText(`Saved “${name}”`)).toBeVisible()
  }
  await page.goto(`./#/g/me/c/${collection}`)
}
const card = (page: Page, name: string) => page.locator('[data-thing]', { hasText: name })

test('a card of the board moves by key, by menu and by dragging; an empty column stays', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const collection = await makeCollection(page, 'Task board')
  await add(page, collection, 'Task', ['Lay cable', 'Print signs', 'Hang lanterns'])
  const column = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}, `) })
  await expect(column('Waiting')).toContainText('Nothing here.')

  await page.getByRole('link', { name: 'Print signs' }).focus()
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByRole('button', { name: 'Doing' }).click()
  await expect(column('Doing')).toContainText('Print signs')
  await expect(page.getByRole('link', { name: 'Print signs' })).toBeFocused()

  await page.getByRole('button', { name: 'Move Hang lanterns' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await expect(column('Done')).toContainText('Hang lanterns')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(column('To do')).toContainText('Hang lanterns')

  await card(page, 'Lay cable').dragTo(column('Waiting'))
  await expect(column('Waiting')).toContainText('Lay cable')

  await column('Done').getByRole('link', { name: 'Add' }).click()
  await expect(page.getByRole('radio', { name: 'Done' })).toBeChecked()
})

test('a checklist takes a line, and what is ticked sinks below', async ({ page }) => {
  await makeCollection(page, 'Shopping')
  for (const item of ['Bread', 'Milk']) {
    await page.getByRole('textbox', { name: 'Add item' }).fill(item)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('checkbox', { name: item })).toBeVisible()
  }
  await page.getByRole('checkbox', { name: 'Bread' }).click()
  await expect(page.getByRole('heading', { name: '1 done' })).toBeVisible()
  await expect(page.getByRole('checkbox').first()).toHaveAccessibleName('Milk')
  await page.getByRole('checkbox', { name: 'Bread' }).click()
  await expect(page.getByRole('heading', { name: '1 done' })).toBeHidden()
})

test('filters, search and order show what they say, and another view can be added', async ({ page }) => {
  const collection = await makeCollection(page, 'Inventory')
  await add(page, collection, 'Item', ['Cable drum', 'Tarp'], 'Ready')
  await add(page, collection, 'Item', ['Ladder'], 'Broken')
  await expect(page.locator('[data-thing]')).toHaveText([/^Cable drum/, /^Ladder/, /^Tarp/])

  await page.getByRole('button', { name: 'Item' }).click()
  await expect(page.locator('[data-thing]')).toHaveText([/^Tarp/, /^Ladder/, /^Cable drum/])
  await page.getByRole('button', { name: 'Broken' }).click()
  await expect(page.locator('[data-thing]')).toHaveText([/^Ladder/])
  await page.getByRole('button', { name: 'Everything' }).click()

  await page.keyboard.press('/')
  await page.getByRole('searchbox').fill('cabl')
  await expect(page.getByText('One found').first()).toBeVisible()
  await expect(page.locator('[data-thing]')).toHaveText([/^Cable drum/])
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-thing]')).toHaveCount(3)

  await page.getByRole('button', { name: 'Add a view' }).click()
  await page.getByRole('radio', { name: 'Board' }).check({ force: true })
  await page.getByRole('button', { name: 'Add view' }).click()
  await expect(page.getByRole('region', { name: 'Broken, 1' })).toContainText('Ladder')
})

test('of a long list only the rows near the sight are drawn, and the way to its end is short', async ({ page }) => {
  const collection = await makeCollection(page, 'Shopping')
  const input = page.getByRole('textbox', { name: 'Add item' })
  for (let at = 0; at < 40; at += 1) {
    await input.fill(`Item ${String(at).padStart(3, '0')}`)
    await page.keyboard.press('Enter')
  }
  await expect(page.getByText('40 items')).toBeVisible()
  expect(await page.locator('[data-thing]').count()).toBeLessThan(36)
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  await expect(page.getByRole('checkbox', { name: 'Item 039' })).toBeVisible()
  await page.getByRole('link', { name: 'Open Item 039' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Item 039')
  await page.goBack()
  await expect(page.getByRole('checkbox', { name: 'Item 039' })).toBeInViewport()
  expect(collection).not.toBe('')
})
