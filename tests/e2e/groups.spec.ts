import { readFile } from 'node:fs/promises'
import { openTestNode } from '../../src/sdk/testing.ts'
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

test('somebody who asks is let in, sent away after a second tap, and can be let in again; the care log says all of it', async ({
  page,
}) => {
  await page.goto('./#/groups/new')
  await page.getByLabel('Name', { exact: true }).fill('River Watch')
  await page.getByRole('button', { name: 'Make “River Watch”' }).click()
  await expect(title(page)).toHaveText('River Watch')
  const group = /#\/g\/([^/]+)/.exec(page.url())![1]!

  await page.goto('./#/settings/files')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save file' }).click()
  await using bo = await openTestNode({ seed: 7 })
  await bo.node.import(await readFile(await (await downloading).path()))
  await bo.node.groups.ask(group)
  const pieces: Uint8Array[] = []
  for await (const piece of await bo.node.export({ all: true })) pieces.push(piece)
  const buffer = Buffer.concat(pieces)
  await page.getByTestId('import').setInputFiles({ name: 'bo.takibi', mimeType: 'application/octet-stream', buffer })

  await page.goto(`./#/g/${group}/people`)
  const name = `Key ${bo.node.publicKey.slice(0, 4)}`
  const line = page.getByRole('main').getByRole('button', { name })
  const sheet = page.getByRole('dialog')
  await line.click()
  await sheet.getByRole('button', { name: 'Let in as Member' }).click()
  await expect(line).toContainText('Member')

  await line.click()
  await sheet.getByRole('button', { name: 'Send away' }).click()
  await expect(sheet.getByRole('status')).toContainText('wrote stays')
  await sheet.getByRole('button', { name: 'Yes, do it' }).click()
  await expect(page.getByRole('heading', { name: 'Not in it any more' })).toBeVisible()
  await line.click()
  await expect(sheet.getByRole('button', { name: /^Let in again as/ })).toBeVisible()
  await expect(sheet.getByRole('button', { name: 'Send away' })).toHaveCount(0)
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Group care' }).click()
  await expect(page.getByText(`You sent ${name}`)).toBeVisible()
  await expect(page.getByText(`You kept what ${name}`)).toBeVisible()
})
