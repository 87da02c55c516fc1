import { isAccessible } from './accessible.ts'
import { makeGroup } from './app.ts'
import { expect } from './fixtures.ts'
import { compareWords, linkDevices } from './link-devices.ts'
import { test } from './phones.ts'
import { launchOptions } from './two-browsers.ts'

test.use({ launchOptions })
test.describe.configure({ timeout: 120_000 })

test('[LD14] a new device is linked by codes and four words: both list both, and the group of the first is on the second', async ({
  openPhone,
  baseURL,
}) => {
  const [phone, laptop] = [(await openPhone('phone')).page(), (await openPhone('laptop')).page()]
  await makeGroup(phone, 'Kitchen')
  await linkDevices(phone, laptop, baseURL ?? '/')
  for (const page of [phone, laptop]) {
    await page.getByRole('link', { name: 'See your devices' }).click()
    await expect(page.getByRole('button', { name: /^(This|Another) device/ })).toHaveCount(2)
    await isAccessible(page)
  }
  await laptop.goto('./#/groups')
  await expect(laptop.getByRole('link', { name: /Kitchen/ })).toBeVisible({ timeout: 30_000 })
  // There is no list on it yet; who is in a group is nobody to be welcomed for the first time.
  await laptop.goto('./#/')
  await expect(laptop.getByText('Nothing to keep yet.')).toBeVisible()
})

test('[LD14] words that differ end it, and nothing is linked', async ({ openPhone, baseURL }) => {
  const [phone, laptop] = [(await openPhone('phone')).page(), (await openPhone('laptop')).page()]
  await makeGroup(phone, 'Kitchen')
  await compareWords(phone, laptop, baseURL ?? '/')
  await expect(phone.getByRole('heading', { name: 'Are these the same four words?' })).toBeFocused()
  await isAccessible(phone)
  await phone.getByRole('button', { name: 'They differ' }).click()
  for (const page of [phone, laptop])
    await expect(page.getByRole('heading', { name: 'Nothing was linked.' })).toBeVisible()
  await phone.goto('./#/you')
  await expect(phone.getByRole('button', { name: 'This device' })).toBeVisible()
  await expect(phone.getByRole('button', { name: 'Another device' })).toHaveCount(0)
})
