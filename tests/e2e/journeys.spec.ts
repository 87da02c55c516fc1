import type { BrowserContext, Locator, Page } from '@playwright/test'
import { expect, isControlled, test } from './fixtures.ts'

test.setTimeout(120_000)

/** A card, row or result that leads to a thing, by what the thing is called. */
const thing = (page: Page, name: string): Locator => page.getByRole('main').getByRole('link', { name })
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })
const title = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name })

/** A list from a template, as one starts the very first one; leaves its form open. */
const startList = async (page: Page, template: RegExp): Promise<void> => {
  await page.goto('./')
  await button(page, 'Start a list').click()
  await page.getByRole('button', { name: template }).click()
  await expect(button(page, 'Save and next')).toBeVisible()
}
/** Adds things in an open form by name, and ends in their collection. */
const addThings = async (page: Page, label: string, names: readonly string[]): Promise<void> => {
  for (const name of names) {
    await page.getByRole('main').getByLabel(label).fill(name)
    await button(page, name === names.at(-1) ? 'Save' : 'Save and next').click()
    await expect(page.getByText(`Saved “${name}”`)).toBeVisible()
  }
}
/** Changes a value where it stands, on the screen of a thing. */
const changeText = async (page: Page, label: string, to: string): Promise<void> => {
  await page.getByRole('button', { name: new RegExp(`^(Change|Add) ${label}`) }).click()
  await page.getByRole('main').getByLabel(label).fill(to)
  await button(page, 'Done').click()
  await expect(button(page, 'Done')).toBeHidden()
}
const history = (page: Page): Locator => page.getByRole('region', { name: 'History' })
const pill = (page: Page): Locator => page.getByRole('link', { name: 'Only here' }).filter({ visible: true })

test.describe('with no network from the second visit on', () => {
  test.use({ provoked: /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/ })

  test('[J1] three taps from nothing to the first thing, a photo, the browser closed: everything is there and goes on', async ({
    openProfile,
  }) => {
    const folder = test.info().outputPath('profile')
    const first = await openProfile(folder)
    const visit = await first.newPage()
    await visit.goto('./')
    await isControlled(visit)
    await visit.close()

    await first.setOffline(true)
    const page = await first.newPage()
    await page.addInitScript(() => {
      Object.assign(globalThis, { taps: 0 })
      const count = ({ isTrusted }: Event) => {
        const counted = globalThis as unknown as { taps: number }
        if (isTrusted) counted.taps += 1
      }
      addEventListener('pointerup', count, { capture: true })
    })
    await page.goto('./')
    await button(page, 'Start a list').click()
    await page.getByRole('button', { name: /^Observations/ }).click()
    // The form takes the focus: no tap is needed to type.
    await expect(page.getByLabel(/^What/)).toBeFocused()
    await page.keyboard.type('Grey heron')
    await button(page, 'Save').click()
    await expect(thing(page, 'Grey heron')).toBeVisible()
    expect(await page.evaluate(() => (globalThis as unknown as { taps: number }).taps)).toBe(3)

    await thing(page, 'Grey heron').click()
    await button(page, 'Add photos').click()
    const picture = await page.screenshot()
    await page
      .locator('input[type=file]')
      .last()
      .setInputFiles({ name: 'heron.png', mimeType: 'image/png', buffer: picture })
    await expect(button(page, 'Remove photo 1')).toBeVisible()
    await button(page, 'Done').click()
    await expect(history(page)).toContainText('added one to Photos')
    await first.close()

    const second = await openProfile(folder)
    await second.setOffline(true)
    const later = await second.newPage()
    await later.goto('./')
    await later
      .getByRole('link', { name: /^Observations/ })
      .first()
      .click()
    await thing(later, 'Grey heron').click()
    await later.getByRole('button', { name: 'Open photo 1 of 1' }).first().click()
    const large = later.getByRole('dialog').getByRole('img')
    await expect.poll(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(390)
    await later.keyboard.press('Escape')
    await changeText(later, 'Count', '3')
    await expect(history(later)).toContainText('changed Count from 1 to 3')
  })
})

test('[J2] only this browser holds it until a copy is made; another browser takes the copy in and goes on', async ({
  page,
  browser,
  watch,
}) => {
  await startList(page, /^Inventory/)
  await addThings(page, 'Item', ['Cable drum', 'Ladder'])
  await page.goto('./#/')
  await expect(pill(page)).toBeVisible()
  const note = page.getByRole('region', { name: 'Only this browser holds this' })
  const saving = page.waitForEvent('download')
  await note.getByRole('button', { name: 'Export a copy' }).click()
  const file = await (await saving).path()
  await expect(note).toBeHidden()
  await expect(pill(page)).toBeHidden()

  // The next change is on this device only again.
  await page
    .getByRole('link', { name: /^Inventory/ })
    .first()
    .click()
  await thing(page, 'Ladder').click()
  await changeText(page, 'Where', 'Shed')
  await expect(history(page)).toContainText('set Where to Shed')
  await page.goto('./#/')
  await expect(pill(page)).toBeVisible()

  const elsewhere = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' })
  await watch.context(elsewhere)
  const other = await elsewhere.newPage()
  await other.goto('./')
  await other.getByTestId('import').setInputFiles(file)
  await button(other, 'Look at it').click()
  await other
    .getByRole('link', { name: /^Inventory/ })
    .first()
    .click()
  await thing(other, 'Cable drum').click()
  await changeText(other, 'Where', 'Container A')
  await expect(history(other)).toContainText('set Where to Container A')
  await other.goto('./#/')
  await other.reload()
  await other
    .getByRole('link', { name: /^Inventory/ })
    .first()
    .click()
  await expect(other.getByRole('row', { name: /Cable drum/ })).toContainText('Container A')
  await expect(thing(other, 'Ladder')).toBeVisible()
  await elsewhere.close()
})

test('[J3] a half-filled form is there after a reload, and gone once it was saved', async ({ page }) => {
  await startList(page, /^Lending shelf/)
  await page.getByRole('main').getByLabel('Thing').fill('Apple press')
  await page.getByLabel('Who has it').fill('Oona')
  await page.reload()
  await expect(page.getByText('Picked up where you left it')).toBeVisible()
  await expect(page.getByRole('main').getByLabel('Thing')).toHaveValue('Apple press')
  await expect(page.getByLabel('Who has it')).toHaveValue('Oona')
  await button(page, 'Save and next').click()
  await expect(page.getByText('Saved “Apple press”')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('main').getByLabel('Thing')).toHaveValue('')
})

/** Lets ten seconds pass in the page at once. */
const passUndo = (context: BrowserContext): Promise<void> => context.clock.fastForward(10_500)

test('[J4] Remove waits ten seconds for Undo; what was removed is listed and comes back as a new thing', async ({
  page,
  context,
}) => {
  await context.clock.install()
  await startList(page, /^Lending shelf/)
  await addThings(page, 'Thing', ['Tent', 'Ladder'])
  const remove = async () => {
    await thing(page, 'Tent').click()
    await expect(title(page, 'Tent')).toBeVisible()
    await page.getByRole('main').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await expect(thing(page, 'Tent')).toBeHidden()
    await expect(page.getByText('Removed “Tent”')).toBeVisible()
  }
  const addressOf = (name: string) => thing(page, name).getAttribute('href')
  const before = await addressOf('Tent')

  await remove()
  await button(page, 'Undo').click()
  await expect(thing(page, 'Tent')).toBeVisible()
  expect(await addressOf('Tent')).toBe(before)

  await remove()
  await passUndo(context)
  await expect(button(page, 'Undo')).toBeHidden()
  await page.goto('./#/g/me/removed')
  await page.getByRole('button', { name: 'Bring it back: Tent' }).click()
  await expect(page.getByText('“Tent” is back')).toBeVisible()
  await expect(page.getByText('Nothing was removed.')).toBeVisible()
  await page.goto('./#/g/me/c')
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Lending shelf/ })
    .click()
  await expect(thing(page, 'Tent')).toBeVisible()
  expect(await addressOf('Tent')).not.toBe(before)
})

test('[J5] a field added later belongs to new things; old ones keep theirs, and the collection and its search span both', async ({
  page,
}) => {
  await startList(page, /^Inventory/)
  await addThings(page, 'Item', ['Cable drum', 'Ladder'])
  await page.getByRole('main').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Change fields' }).click()
  await button(page, 'Add a field').click()
  await page.getByRole('dialog').getByLabel('Label').fill('Owner')
  await button(page, 'Add field').click()
  await expect(page.getByText('New things have Owner. 2 things from before stay as they are.')).toBeVisible()
  await button(page, 'Save fields').click()

  await expect(thing(page, 'Ladder')).toBeVisible()
  await page.getByRole('link', { name: 'Add item' }).filter({ visible: true }).first().click()
  await page.getByLabel('Item').fill('Tarpaulin')
  await page.getByLabel('Owner').fill('Alder Lane')
  await button(page, 'Save').click()
  for (const name of ['Cable drum', 'Ladder', 'Tarpaulin']) await expect(thing(page, name)).toBeVisible()
  await expect(page.getByText('3 items').first()).toBeVisible()

  await thing(page, 'Ladder').click()
  await changeText(page, 'Where', 'Alder shed')
  await expect(page.getByRole('definition').filter({ hasText: 'Alder shed' })).toBeVisible()
  await expect(page.getByRole('main').getByText('Owner', { exact: true })).toBeHidden()
  await page.getByRole('link', { name: 'Back' }).click()

  await button(page, 'Search').click()
  await page.getByRole('searchbox').fill('alder')
  await expect(thing(page, 'Cable drum')).toBeHidden()
  await expect(thing(page, 'Ladder')).toBeVisible()
  await expect(thing(page, 'Tarpaulin')).toBeVisible()
  await page.getByRole('searchbox').fill('nowhere')
  await expect(page.getByText('Nothing for “nowhere”.')).toBeVisible()
  await button(page, 'Stop searching').click()
  await expect(thing(page, 'Cable drum')).toBeVisible()
})

test('[J6] a thing is shown as it was then, and one value of it comes back', async ({ page }) => {
  await startList(page, /^Inventory/)
  await addThings(page, 'Item', ['Ladder'])
  await thing(page, 'Ladder').click()
  await changeText(page, 'Where', 'Shed')
  await expect(history(page)).toContainText('set Where to Shed')
  await changeText(page, 'Where', 'Blue tent')
  await expect(history(page)).toContainText('changed Where from Shed to Blue tent')

  await history(page).getByRole('link', { name: 'As it was then' }).first().click()
  await expect(page.getByText(/^As it was \d/)).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: 'Shed' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Change/ })).toBeHidden()
  await button(page, 'Bring back this Where').click()
  await page.getByRole('link', { name: 'Back to now' }).click()
  await expect(history(page)).toContainText('changed Where from Blue tent to Shed')
  await expect(page.getByRole('button', { name: 'Change Where: Shed' })).toBeVisible()
})
