import type { Locator, Page } from '@playwright/test'
import { makeGroup } from './app.ts'
import { expect } from './fixtures.ts'
import { linkDevices } from './link-devices.ts'
import { meetByCode } from './meet-by-code.ts'
import { copied, test } from './phones.ts'
import { launchOptions } from './two-browsers.ts'

test.use({ launchOptions })
test.describe.configure({ timeout: 240_000 })

/** Asks for a place; no member has heard of it yet. */
const ask = async (page: Page, link: string, as: string): Promise<void> => {
  await page.goto(link)
  await page.getByLabel('What they call you').fill(as)
  await page.getByRole('button', { name: 'Ask to join' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('Nobody has your request yet.')
}
const isIn = async (page: Page, link: string): Promise<void> => {
  await page.goto(link)
  await expect(page.getByRole('main').getByRole('status')).toContainText('You are in.', { timeout: 30_000 })
}
const say = async (page: Page, group: string, text: string): Promise<void> => {
  await page.goto(`./#/g/${group}/fire`)
  await page.getByRole('textbox', { name: 'Say something by the fire' }).fill(text)
  await page.keyboard.press('Enter')
  await expect(said(page, text)).toBeVisible()
}
const said = (page: Page, text: string): Locator =>
  page.getByRole('log', { name: 'What was said' }).getByRole('article').filter({ hasText: text })

test('[CR1] two people with two devices each let a newcomer in while the phone that invited sleeps, and all five devices hear what all say', async ({
  openPhone,
  baseURL,
}) => {
  const home = baseURL ?? '/'
  const phone = await openPhone('phone')
  const a1 = phone.page()
  const group = await makeGroup(a1, 'River Watch')
  await a1.goto(`./#/g/${group}/people`)
  await a1.getByRole('button', { name: 'Invite somebody' }).click()
  await a1
    .getByRole('dialog')
    .getByRole('radio', { name: /^About/ })
    .first()
    .check({ force: true })
  await a1.getByRole('dialog').getByRole('button', { name: 'Make the invite' }).click()
  const link = await copied(a1, 'Copy link', /#\/join\/1/)

  const a2 = (await openPhone('laptop')).page()
  await linkDevices(a1, a2, home)
  const b1 = (await openPhone('other-phone')).page()
  await ask(b1, link, 'Bo')
  await meetByCode(a1, b1, home)
  await isIn(b1, link)
  const b2 = (await openPhone('other-laptop')).page()
  await linkDevices(b1, b2, home)

  await phone.sleep()
  const c = (await openPhone('newcomer')).page()
  await ask(c, link, 'Kim')
  await meetByCode(b1, c, home)
  await meetByCode(b1, a2, home)
  // The words of both were given up after the invite was made, which takes a key out: so a keeper is asked.
  await a2.goto(`./#/g/${group}/people`)
  await a2.getByRole('button', { name: /Asks for a place.*Calls themselves “Kim”/ }).click({ timeout: 30_000 })
  await a2.getByRole('dialog').getByRole('button', { name: 'Let in as Member' }).click()
  await isIn(c, link)
  await say(c, group, 'Here I am')
  await say(a2, group, 'Welcome')

  await phone.wake()
  await meetByCode(phone.page(), c, home)
  await say(phone.page(), group, 'Back again')
  for (const page of [phone.page(), a2, b1, b2, c]) {
    await page.goto(`./#/g/${group}/fire`)
    for (const text of ['Here I am', 'Welcome', 'Back again'])
      await expect(said(page, text)).toBeVisible({ timeout: 30_000 })
  }
  for (const page of [phone.page(), a2, b1, b2]) {
    await page.goto(`./#/g/${group}/people`)
    await expect(page.getByRole('button', { name: /~Kim/ })).toBeVisible()
  }
})
