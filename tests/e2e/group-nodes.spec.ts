import type { Page } from '@playwright/test'
import { title } from './app.ts'
import { expect } from './fixtures.ts'
import { copied, test } from './phones.ts'
import { anOwnNode } from './sharing.ts'
import { launchOptions } from './two-browsers.ts'

test.use({ launchOptions })
test.describe.configure({ timeout: 180_000 })

const slowly = { timeout: 60_000 }

const makeGroup = async (page: Page, name: string): Promise<void> => {
  await page.goto('./#/groups/new')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: `Make “${name}”` }).click()
  await expect(title(page)).toHaveText(name)
}

test('[NH2] a keeper lets a node keep the group and sleeps; who opens the link knocks there, and is in when the keeper comes back', async ({
  openPhone,
  watch,
}) => {
  const shed = await anOwnNode(watch, 'hay')
  const link = await shed.start()
  const [ada, bo] = [await openPhone('ada'), await openPhone('bo')]
  const a = ada.page()
  await makeGroup(a, 'River Watch')

  await a.getByRole('button', { name: 'Let a node keep it' }).click()
  const sheet = a.getByRole('dialog')
  await sheet.getByLabel('Link of a node').fill('https://node.example/#/node/what')
  await sheet.getByRole('button', { name: 'Look at it' }).click()
  await expect(sheet.getByRole('alert')).toContainText('no link of a node')
  await sheet.getByLabel('Link of a node').fill(`https://takibi.example/#/node/${link}`)
  await sheet.getByRole('button', { name: 'Look at it' }).click()
  await expect(sheet.getByText('It sees who is in the group')).toBeVisible()
  await sheet.getByLabel('Token').fill('hay')
  await sheet.getByRole('button', { name: /^Let localhost:\d+ keep it$/ }).click()
  const kept = a.getByRole('main').getByRole('button', { name: /^localhost/ })
  await expect(kept).toContainText('Has everything that this device has.', slowly)

  await a.getByRole('button', { name: 'Invite somebody' }).click()
  await sheet.getByRole('button', { name: 'Make the invite' }).click()
  const invite = await copied(a, 'Copy link', /#\/join\/1/)
  await a.keyboard.press('Escape')
  await expect(kept).toContainText('Has everything that this device has.', slowly)
  await ada.sleep()

  const b = bo.page()
  await b.goto(invite)
  await expect(b.getByText(/The link names localhost/)).toBeVisible()
  await b.getByLabel('What they call you').fill('Bo')
  await b.getByRole('button', { name: 'Ask to join' }).click()
  const state = b.getByRole('main').getByRole('status')
  await expect(state).toContainText('Your place is kept by one device.', slowly)

  await ada.wake()
  await expect(state).toContainText('You are in.', slowly)
  await b.getByRole('link', { name: 'Open the group' }).click()
  await expect(title(b)).toHaveText('River Watch')
  await expect(b.getByRole('main').getByRole('button', { name: /^localhost/ })).toBeVisible()
  await expect(b.getByText('Nodes are for keepers to choose.')).toBeVisible()
  await expect(b.getByRole('button', { name: 'Let a node keep it' })).toHaveCount(0)

  const back = ada.page()
  await back.goto('./#/groups')
  await back.getByRole('link', { name: /^River Watch/ }).click()
  await back
    .getByRole('main')
    .getByRole('button', { name: /^localhost/ })
    .click()
  await back.getByRole('dialog').getByRole('button', { name: 'Let it go' }).click()
  await expect(back.getByRole('dialog').getByText('As soon as it hears of it')).toBeVisible()
  await back.getByRole('dialog').getByRole('button', { name: 'Yes, let it go' }).click()
  await expect(back.getByText('What is new passes only between two of you')).toBeVisible()
  await shed.remove()
})
