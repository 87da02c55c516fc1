import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { chooseLook, makeCollection } from './app.ts'
import { expect, test } from './fixtures.ts'

const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

/** What axe has against the page as it stands; empty when nothing. */
const complaints = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    interface Found {
      readonly violations: readonly {
        readonly id: string
        readonly nodes: readonly { readonly target: readonly unknown[] }[]
      }[]
    }
    const { axe } = globalThis as unknown as { readonly axe: { readonly run: () => Promise<Found> } }
    return (await axe.run()).violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
    )
  })
}
const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > innerWidth)

const screens = (collection: string): readonly string[] => [
  '#/',
  '#/welcome',
  '#/you',
  '#/settings/look',
  '#/settings/language',
  '#/settings/storage',
  '#/settings/files',
  '#/settings/about',
  '#/g/me/c',
  '#/g/me/c/new',
  `#/g/me/c/${collection}`,
  `#/g/me/c/${collection}/fields`,
  `#/g/me/c/${collection}/add`,
  '#/g/me/changes',
  '#/g/me/removed',
  '#/hood',
  '#/nowhere',
]

for (const look of ['morning', 'night', 'paper'] as const)
  test(`axe finds nothing on any screen, ${look}`, async ({ page }) => {
    await chooseLook(page, look)
    const collection = await makeCollection(page, 'Observations')
    for (const screen of screens(collection)) {
      await page.goto(`./${screen}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await complaints(page), screen).toEqual([])
    }
  })

test('every screen fits: 320 px, 200 % zoom, large text, from right to left', async ({ page }) => {
  const collection = await makeCollection(page, 'Observations')
  for (const screen of screens(collection)) {
    await page.goto(`./${screen}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    for (const [width, height] of [
      [320, 640],
      [640, 400],
      [900, 700],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height })
      expect(await isTooWide(page), `${screen} at ${width} px`).toBe(false)
    }
    await page.setViewportSize({ width: 360, height: 740 })
    await page.evaluate(() => document.documentElement.style.setProperty('--text-size', '1.3'))
    expect(await isTooWide(page), `${screen} with large text`).toBe(false)
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    expect(await isTooWide(page), `${screen} from right to left`).toBe(false)
    await page.evaluate(() => {
      document.documentElement.dir = 'ltr'
      document.documentElement.style.removeProperty('--text-size')
    })
  }
})

test('a screen says its name: the title, and the focus on its heading', async ({ page }) => {
  await makeCollection(page, 'Shopping')
  await page.getByRole('link', { name: 'Changes' }).click()
  await expect(page).toHaveTitle('Changes · Takibi')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.goto('./#/settings/look')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await expect(page).toHaveURL(/#\/settings\/look$/)
})
