import type { Locator, Page } from '@playwright/test'
import { isAccessible } from './accessible.ts'
import { title } from './app.ts'
import { expect } from './fixtures.ts'
import { meetByCode } from './meet-by-code.ts'
import { copied, test } from './phones.ts'
import { launchOptions } from './two-browsers.ts'

test.use({ launchOptions })
test.describe.configure({ timeout: 120_000 })

/** Makes a group and an invite to it as it is proposed; gives the link. */
const inviteToGroup = async (page: Page, name: string): Promise<string> => {
  await page.goto('./#/groups/new')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: `Make “${name}”` }).click()
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make the invite' }).click()
  return copied(page, 'Copy link', /#\/join\/1/)
}

test('[IN1] who opens an invite asks with one tap, meets a member, is let in unasked, and sees the group', async ({
  openPhone,
  baseURL,
}) => {
  const [a, b] = [(await openPhone('a')).page(), (await openPhone('b')).page()]
  const link = await inviteToGroup(a, 'River Watch')

  await b.goto(link)
  await expect(title(b)).toHaveText('Join River Watch')
  await expect(b.getByText(/invites you to “River Watch”/)).toBeVisible()
  await b.getByLabel('What they call you').fill('Bo')
  await b.getByRole('button', { name: 'Ask to join' }).click()
  const state = b.getByRole('main').getByRole('status')
  await expect(state).toContainText('Nobody has your request yet.')
  await expect(title(b)).toBeFocused()
  await b.goto('./#/groups')
  await expect(b.getByRole('link', { name: /River Watch.*Looking for a member/s })).toBeVisible()

  await meetByCode(a, b, baseURL ?? '/')
  await b.goto(link)
  await expect(state).toContainText('You are in.', { timeout: 30_000 })
  await b.getByRole('link', { name: 'Open the group' }).click()
  await expect(title(b)).toHaveText('River Watch')
  await expect(b.getByRole('button', { name: /you.*Member/s })).toBeVisible()
  // What Bo was called when asking stays, as a claim of theirs, until somebody is given a name.
  await a.goto('./#/groups')
  await a.getByRole('link', { name: /^River Watch/ }).click()
  await a.getByRole('button', { name: /~Bo.*Calls themselves “Bo”/s }).click({ timeout: 30_000 })
  await a.getByLabel('Your name for them').fill('Bo from the river')
  await a.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await a.keyboard.press('Escape')
  await expect(a.getByRole('button', { name: /Bo from the river/ })).not.toContainText('Calls themselves')

  await a.goto('./#/groups')
  await a.getByRole('link', { name: /^River Watch/ }).click()
  await a.getByRole('button', { name: /1 of 1 came in/ }).click()
  await expect(a.getByRole('dialog').getByText('As many came in as it was for.')).toBeVisible()
})

test('[GS13] two people of a group are by its fire: each sees the other near, until one keeps to themselves that they are there', async ({
  openPhone,
  baseURL,
}) => {
  const [a, b] = [(await openPhone('a')).page(), (await openPhone('b')).page()]
  const link = await inviteToGroup(a, 'River Watch')
  const [fire] = /#\/g\/\w+/.exec(a.url())!
  await b.goto(link)
  await b.getByLabel('What they call you').fill('Bo')
  await b.getByRole('button', { name: 'Ask to join' }).click()
  await meetByCode(a, b, baseURL ?? '/')
  await b.goto(`./${fire}/fire`)
  const near = (page: Page): Locator => page.getByRole('status').filter({ hasText: /near$/ })
  await expect(near(b)).toHaveText(/^\S.* is near$/, { timeout: 30_000 })
  await a.goto(`./${fire}/fire`)
  await expect(near(a)).toHaveText(/is near$/)
  await expect(a.locator('[data-glow]')).not.toHaveAttribute('data-glow', '0')
  await isAccessible(a)
  await b.goto('./#/g/me/sync')
  await b.getByRole('switch', { name: /Show that I am here/ }).click()
  await expect(near(a)).toHaveText('Quiet: nobody else is near')
  await expect(a.locator('[data-glow]')).toHaveAttribute('data-glow', '0')
})

test('[IN3] who asks to be a moderator is asked about: the keeper sees what they call themselves and by whose invite they came', async ({
  openPhone,
  baseURL,
}) => {
  const [a, b] = [(await openPhone('a')).page(), (await openPhone('b')).page()]
  await a.goto('./#/groups/new')
  await a.getByLabel('Name', { exact: true }).fill('River Watch')
  await a.getByRole('button', { name: 'Make “River Watch”' }).click()
  await a.getByRole('button', { name: 'Invite somebody' }).click()
  const sheet = a.getByRole('dialog')
  await sheet.getByRole('radio', { name: 'Moderator' }).check({ force: true })
  await sheet.getByRole('button', { name: 'Make the invite' }).click()
  const link = await copied(a, 'Copy link', /#\/join\/1/)
  await b.goto(link)
  await b.getByLabel('What they call you').fill('Bo')
  await b.getByRole('button', { name: 'Ask to join' }).click()
  await expect(b.getByRole('main').getByRole('status')).toContainText('Nobody has your request yet.')
  await meetByCode(a, b, baseURL ?? '/')

  await a.goto('./#/groups')
  await a.getByRole('link', { name: /^River Watch/ }).click()
  await a.getByRole('button', { name: /Asks for a place.*Calls themselves “Bo”/ }).click({ timeout: 30_000 })
  await expect(sheet.getByText('Calls themselves “Bo”')).toBeVisible()
  await expect(sheet.getByText('By your invite, as moderator')).toBeVisible()
  await sheet.getByRole('button', { name: 'Let in as Moderator' }).click()
  await b.goto(link)
  await expect(b.getByRole('main').getByRole('status')).toContainText('You are in.', { timeout: 30_000 })
})
