import type { BrowserContext, Page } from '@playwright/test'
import type { Places } from './sample.ts'
import { type Screen, share } from './screens.ts'

/** Shows a device's code and returns it as text. */
const codeOf = async (page: Page, url: string): Promise<string> => {
  await page.goto(`${url}#/meet`)
  await page.getByRole('button', { name: 'Without the camera' }).click()
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await page.getByRole('button', { name: 'Copy text' }).click()
  const text = await page.waitForFunction(() => navigator.clipboard.readText())
  return text.jsonValue()
}

/**
 * Somebody else's device that follows what is shared here, meets this one by code, and has the heron open, its count being changed.
 *
 * @param context of the filled app; a tab of it stays open, and has the connection
 * @param other of a browser that holds nothing
 */
export const bringCompany = async (
  context: BrowserContext,
  other: BrowserContext,
  url: string,
  places: Places,
): Promise<void> => {
  for (const one of [context, other]) await one.grantPermissions(['clipboard-read', 'clipboard-write'])
  const [here, there] = [await context.newPage(), await other.newPage()]
  for (const name of ['Inventory', 'Observations']) {
    await here.goto(`${url}${places.collection(name)}/share`)
    await share(here)
    await there.goto((await here.getByText(/#\/join\//).textContent()) ?? '')
    await there.getByRole('button', { name: 'Follow' }).click()
    await there.getByText('Waiting for the first device').waitFor()
  }
  const codes = [await codeOf(here, url), await codeOf(there, url)] as const
  for (const [page, code] of [
    [here, codes[1]],
    [there, codes[0]],
  ] as const) {
    await page.getByRole('textbox', { name: 'Link or text' }).fill(code)
    await page.getByRole('button', { name: 'Take this code' }).click()
  }
  for (const page of [here, there]) await page.getByText('Connected.').waitFor()
  // In its own tab, which has the connection, so that it stays.
  await there.evaluate((hash) => (location.hash = hash), places.heron)
  await there.getByText('Pair, carrying sticks').waitFor({ timeout: 60_000 })
  await there.getByRole('button', { name: /^Change Count/ }).click()
}

/** Screens as they are while somebody else is here. */
export const companyScreens: readonly Screen[] = [
  { name: 'home-met', place: () => '#/', shows: 'other by the fire' },
  {
    name: 'cards-met',
    place: (places) => places.collection('Observations'),
    shows: /^×\d/,
    prepare: (page) => page.getByText('One other here').waitFor(),
  },
  {
    name: 'thing-met',
    place: ({ heron }) => heron,
    shows: /is changing Count/,
    prepare: (page) => page.getByRole('main').locator('img').first().waitFor(),
  },
  {
    name: 'sync-met',
    place: () => '#/g/me/sync',
    shows: /Is changing Count of/,
    prepare: (page) => page.getByRole('status').filter({ hasText: 'Up to date with 1 device' }).waitFor(),
  },
  {
    name: 'hood-sync-met',
    place: () => '#/hood/sync',
    shows: 'ready',
    prepare: async (page) => {
      await page.locator('summary').filter({ hasText: 'live' }).first().click()
      await page.locator('summary').filter({ hasText: 'Observations' }).click()
      await page.getByText(/logs known to be the same/).waitFor()
    },
  },
]
