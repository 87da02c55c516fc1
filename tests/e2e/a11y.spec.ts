import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { choose, fillSample, importSample, type Places, serveSample, useSampleClock } from '../sample/sample.ts'
import { firstScreens, isDrawn, screens, visit } from '../sample/screens.ts'
import { builtApp, expect, test } from './fixtures.ts'

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
const phone = { width: 390, height: 844 }
const desk = { width: 1280, height: 800 }
const looks = ['morning', 'night', 'paper'] as const

test.describe.configure({ timeout: 300_000 })
// Many hundred looks at one page, each of which names what it found: a trace would copy the page twice for each.
test.use({ trace: 'off', contextOptions: { reducedMotion: 'reduce' } })
// A screen that does not come fails at once, not when the whole test's time is over.
test.beforeEach(({ page }) => page.setDefaultTimeout(20_000))

let places: Places
let bundle: Buffer
test.beforeAll(async ({ browser }) => {
  const { url, stop } = await serveSample(builtApp)
  const context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block' })
  await useSampleClock(context)
  ;({ places, bundle } = await fillSample(context, url))
  await context.close()
  await stop()
})

/** A page with the sample in it, and where its home is. */
const filledPage = async (page: Page): Promise<string> => {
  await page.goto('./')
  await choose(page, 'morning')
  await importSample(page, bundle)
  return page.url().replace(/#.*/, '')
}

/** The rules whose verdict a look can change: it changes colours and lines, never the markup. */
const rulesOfLooks = ['color-contrast', 'link-in-text-block', 'target-size']

/** What axe finds, one line each: the rule, and the first places. Its source goes in by the debugging protocol, which no policy binds. */
const findings = async (page: Page, rules?: readonly string[]): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  return page.evaluate(async (only) => {
    const { axe: found } = globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }
    const { violations } = await found.run({
      preload: false,
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
      ...(only === undefined ? {} : { runOnly: only }),
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    )
  }, rules)
}

for (const [name, size] of Object.entries({ phone, desk })) {
  test.describe(`on a ${name}`, () => {
    test.use({ viewport: size })

    test('[X1] axe finds nothing on any screen in morning, night and paper', async ({ page }) => {
      await page.goto('./')
      const home = page.url().replace(/#.*/, '')
      const look = async (screen: string): Promise<void> => {
        for (const chosen of looks) {
          await choose(page, chosen)
          await page.locator(`html[data-look=${chosen}]`).waitFor()
          await isDrawn(page)
          const rules = chosen === 'morning' ? undefined : rulesOfLooks
          expect.soft(await findings(page, rules), `${screen} in ${chosen}`).toEqual([])
        }
        await choose(page, 'morning')
      }
      for (const screen of firstScreens) {
        await visit(page, home, screen, places)
        await look(screen.name)
      }
      await page.goto('./')
      await importSample(page, bundle)
      for (const screen of screens) {
        await visit(page, home, screen, places)
        await look(screen.name)
      }
    })
  })
}

/** Draws the page in a text size and a direction; how far it can be scrolled sideways then, in pixels, and what sticks out. */
const overflow = (page: Page, fontSize: string, direction: string): Promise<readonly string[]> =>
  page.evaluate(
    async ([size, dir]) => {
      const root = document.documentElement
      root.style.fontSize = size
      root.dir = dir
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      const scrolls = (element: Element): boolean => {
        const { overflowX } = getComputedStyle(element)
        return overflowX === 'auto' || overflowX === 'scroll' || overflowX === 'hidden' || overflowX === 'clip'
      }
      if (root.scrollWidth <= root.clientWidth) return []
      const sticksOut = [...document.querySelectorAll('body *')].filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        if (width === 0 || (right <= root.clientWidth + 1 && left >= -1)) return false
        for (
          let parent = element.parentElement;
          parent !== null && parent !== document.body;
          parent = parent.parentElement
        )
          if (scrolls(parent)) return false
        return true
      })
      return [
        `${root.scrollWidth - root.clientWidth} px too wide`,
        ...sticksOut.slice(0, 4).map(({ tagName, className }) => `${tagName} ${className}`),
      ]
    },
    [fontSize, direction] as const,
  )

test('[X2] no screen scrolls sideways: at 320 and 360 px, at 200 % zoom, with text twice as large, or right to left', async ({
  page,
}) => {
  const home = await filledPage(page)
  const ways = [
    { way: '320 px', size: { width: 320, height: 640 } },
    { way: '360 px', size: { width: 360, height: 740 } },
    { way: '200 % zoom of a desk', size: { width: 640, height: 400 } },
    { way: 'text at 200 % on a phone', size: phone, text: '200%' },
    { way: 'text at 200 % on a desk', size: desk, text: '200%' },
    { way: 'right to left on a phone', size: phone, dir: 'rtl' },
    { way: 'right to left on a desk', size: desk, dir: 'rtl' },
  ]
  for (const screen of screens) {
    await page.setViewportSize(phone)
    await visit(page, home, screen, places)
    for (const { way, size, text = '', dir = 'ltr' } of ways) {
      await page.setViewportSize(size)
      expect.soft(await overflow(page, text, dir), `${screen.name}, ${way}`).toEqual([])
    }
    await overflow(page, '', 'ltr')
  }
})

/** What is wrong with the way the focus shows: no ring, or the focused thing is out of sight. */
const focusFault = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const focused = document.activeElement
    if (focused === null || focused === document.body) return undefined
    const name = `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent.slice(0, 30)}`
    const hasRing = (element: Element | null): boolean => {
      if (element === null) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    }
    // A hidden input shows its focus on its label, a field in a frame on the frame.
    const around = [focused, focused.parentElement, focused.closest('label'), focused.nextElementSibling]
    // In a day or a time the browser marks the part of it itself.
    const isParted = focused.matches('[type=date], [type=datetime-local]')
    if (!isParted && !around.some(hasRing)) return `${name}: no ring`
    const shown = focused.closest('label') ?? focused
    const { top, bottom, left, right, width, height } = shown.getBoundingClientRect()
    if (bottom <= 0 || top >= innerHeight) return `${name}: out of sight`
    if (width < 2 || height < 2) return undefined
    const x = Math.min(innerWidth - 1, Math.max(1, (left + right) / 2))
    const isCovered = (y: number): boolean => {
      const at = document.elementFromPoint(x, Math.min(innerHeight - 1, Math.max(1, y)))
      return at !== null && at !== shown && !shown.contains(at) && !at.contains(shown)
    }
    if ([top + 2, (top + bottom) / 2, bottom - 2].every(isCovered)) return `${name}: covered`
    return undefined
  })

test('[X3] whatever Tab reaches shows its focus, in sight and under no bar', async ({ page }) => {
  const home = await filledPage(page)
  for (const screen of screens.filter(({ prepare }) => prepare === undefined)) {
    await visit(page, home, screen, places)
    for (let at = 0; at < 20; at += 1) {
      await page.keyboard.press('Tab')
      expect.soft(await focusFault(page), `${screen.name}, stop ${at + 1}`).toBeUndefined()
    }
  }
})

test('[X4] dialogs and menus keep the focus and give it back', async ({ page }) => {
  const home = await filledPage(page)
  const table = screens.find(({ name }) => name === 'table')
  if (table === undefined) throw new Error('There is no table')
  await visit(page, home, table, places)
  for (const name of ['Sort', 'Add a view']) {
    const opener = page.getByRole('button', { name, exact: true })
    await opener.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    for (let at = 0; at < 12; at += 1) {
      await page.keyboard.press('Tab')
      const isOutside = await page.evaluate(() => {
        const focused = document.activeElement
        return focused !== document.body && focused?.closest('dialog') === null
      })
      expect(isOutside, `${name}: the focus left the dialog`).toBe(false)
    }
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(opener).toBeFocused()
  }
  const more = page.getByRole('main').getByRole('button', { name: 'More' })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Change fields' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('menuitem', { name: 'Remove collection' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
})

test('[X5] the main story works with the keyboard alone', async ({ page }) => {
  await page.goto('./')
  /** Tab until the focus stands on what has this name. */
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let at = 0; at < 60; at += 1) {
      const here = await page.evaluate(() => {
        const focused = document.activeElement
        const labels = focused instanceof HTMLInputElement ? [...(focused.labels ?? [])] : []
        return [
          focused?.getAttribute('aria-label'),
          ...labels.map(({ textContent }) => textContent),
          focused?.textContent,
        ]
          .filter(Boolean)
          .join(' ')
      })
      if (name.test(here)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab never reached ${String(name)}`)
  }
  const enter = async (name: RegExp): Promise<void> => {
    await tabTo(name)
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('button', { name: 'Start a list' })).toBeVisible()
  await enter(/^Start a list/)
  await enter(/^Inventory/)
  await expect(page.getByLabel('Item')).toBeFocused()
  await page.keyboard.type('Cable drum')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Inventory' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'Cable drum' })).toBeVisible()

  await page.keyboard.press('n')
  await expect(page.getByLabel('Item')).toBeFocused()
  await page.keyboard.type('Ladder')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Ladder' })).toBeVisible()

  await enter(/^Ladder/)
  await expect(page.getByText('wrote this down')).toBeVisible()
  await enter(/^Change Quantity/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await expect(page.getByText('changed Quantity from 1 to 3')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Change Quantity/ })).toBeFocused()

  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { level: 1, name: 'Collections' })).toBeFocused()
  await enter(/^Inventory/)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('ladder')
  await expect(page.getByRole('link', { name: 'Cable drum' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: 'Cable drum' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
})

test('[X6] nothing moves by itself where less motion is asked for', async ({ page }) => {
  await page.goto('./')
  const running = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)
  await expect(page.getByRole('button', { name: 'Start a list' })).toBeVisible()
  expect(await running()).toBe(0)
  await importSample(page, bundle)
  expect(await running()).toBe(0)
})

test('[X7] German changes the language of the page and its words, and leaves what people wrote', async ({ page }) => {
  await filledPage(page)
  await choose(page, 'morning', 'de')
  await expect(page.locator('html[lang=de]')).toBeAttached()
  await expect(page.getByRole('heading', { name: 'Deine Sammlungen' })).toBeVisible()
  await expect(page.getByRole('link', { name: /Build tasks/ }).first()).toBeVisible()
})
