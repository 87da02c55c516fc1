import { fromTemplate } from '../../src/app/data/templates.ts'
import { createCollection } from '../../src/app/data/write-collection.ts'
import { templates } from '../../src/app/messages/en/templates.ts'
import { startValues } from '../../src/app/data/view-config.ts'
import { openTestNode } from '../../src/sdk/testing.ts'
import { makeCollection, title } from './app.ts'
import { expect, test } from './fixtures.ts'

test.setTimeout(90_000)

test('a value is changed where it stands: Enter stores, Escape lets go, two quiet seconds store too, Undo takes back', async ({
  page,
}) => {
  const collection = await makeCollection(page, 'Observations')
  await page.goto(`./#/g/me/c/${collection}/add`)
  await expect(title(page)).toHaveText(/^Add /)
  await page.getByLabel('What').fill('Grey heron')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('link', { name: /Grey heron/ }).click()
  await expect(title(page)).toContainText('Grey heron')
  const history = page.getByRole('region', { name: 'History' })

  await page.getByRole('button', { name: 'Change Count' }).click()
  await page.getByLabel('Count').fill('3')
  await page.keyboard.press('Enter')
  await expect(history).toContainText('You changed Count from 1 to 3')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(history).toContainText('You changed Count from 3 to 1')

  await page.getByRole('button', { name: 'Change Count' }).click()
  await page.getByLabel('Count').fill('99')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Change Count' })).toHaveText(/1$/)
  await expect(page.getByRole('button', { name: 'Change Count' })).toBeFocused()

  await page.keyboard.press('e')
  await page.getByLabel('What').fill('Great egret')
  await expect(history).toContainText('You changed What from Grey heron to Great egret')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Change Count' }).click()
  await page.getByLabel('Count').fill('many')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Write a number, with digits.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(history.getByRole('listitem')).toHaveCount(4)
})

/** A collection with one thing whose count was changed in two ways at once, as a file. */
const twoVersions = async (): Promise<{ readonly file: Buffer; readonly thing: string }> => {
  await using opened = await openTestNode({ seed: 7 })
  const { node } = opened
  const definition = fromTemplate('observations', templates)
  await createCollection(node, definition)
  const schema = (await node.schemas().once()).schemas.find(({ name }) => name === 'observations')!
  const thing = await node.create(schema, { ...startValues(definition.fields, schema), what: 'Grey heron' })
  const born = (await node.history(thing).once()).changes.map(({ operationId }) => operationId)
  await node.update(thing, { count: 2 }, { previous: born })
  await node.update(thing, { count: 3, status: 'Nesting' }, { previous: born })
  const pieces: Uint8Array[] = []
  for await (const piece of await node.export({ all: true })) pieces.push(piece)
  return { file: Buffer.concat(pieces), thing }
}

test('a field that was changed in two ways shows both; a choice settles it with one change, which can be undone', async ({
  page,
}) => {
  const { file, thing } = await twoVersions()
  await page.goto('./#/settings/files')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'two.takibi', mimeType: 'application/octet-stream', buffer: file })
  await expect(page.getByText(/new here/)).toBeVisible()

  await page.goto(`./#/g/me/d/${thing}`)
  const card = page.getByRole('region', { name: 'Count was changed in two ways' })
  await expect(card.getByRole('radio')).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'History' })).toContainText('imported')
  await expect(page.getByRole('region', { name: 'Status was changed in two ways' })).toHaveCount(0)

  await card.getByRole('button', { name: /^Use / }).click()
  await expect(card).toBeHidden()
  await expect(page.getByText(/Settled Count/).first()).toBeVisible()
})
