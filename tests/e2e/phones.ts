import type { BrowserContext, Locator, Page } from '@playwright/test'
import type { SchemaId } from '../../src/core/ids.ts'
import { readShareLink, writeShareLink } from '../../src/sdk/links.ts'
import { title } from './app.ts'
import { showWall } from './camera-film.ts'
import { expect, test as base } from './fixtures.ts'
import { aNodeProcess, type NodeProcess } from './node-process.ts'

/** A browser with a profile and a camera of its own, and one page of the app. */
export interface Phone {
  /** While it is awake. */
  readonly page: () => Page
  /** What its camera will see when it is opened next. */
  readonly film: string
  /** Closes the browser. What its profile holds stays. */
  readonly sleep: () => Promise<void>
  /** Opens the browser again, on its home screen. */
  readonly wake: () => Promise<void>
  /** The page and its workers are gone at once, and the page is opened again. */
  readonly crash: () => Promise<void>
}

interface Fixtures {
  readonly openPhone: (name: string) => Promise<Phone>
  /** A node that runs until the test ends, or kills it. */
  readonly runNode: (follow: readonly string[]) => Promise<NodeProcess>
}

export const test = base.extend<Fixtures>({
  openPhone: async ({ openProfile }, use, info) => {
    await use(async (name) => {
      const film = info.outputPath(`${name}.y4m`)
      await showWall(film)
      const folder = info.outputPath(name)
      let awake: { readonly context: BrowserContext; readonly page: Page } | undefined
      const wake = async (): Promise<void> => {
        const context = await openProfile(folder, [`--use-file-for-fake-video-capture=${film}`])
        await context.grantPermissions(['camera', 'clipboard-read', 'clipboard-write'])
        const page = context.pages()[0] ?? (await context.newPage())
        await page.goto('./')
        awake = { context, page }
      }
      await wake()
      return {
        film,
        wake,
        page: () => {
          if (awake === undefined) throw new Error(`${name} is asleep`)
          return awake.page
        },
        crash: async () => {
          if (awake === undefined) throw new Error(`${name} is asleep`)
          const { context, page } = awake
          const crashed = page.waitForEvent('crash')
          // Nobody is left to answer.
          page.goto('chrome://crash').catch(() => undefined)
          await crashed
          const next = await context.newPage()
          await page.close()
          await next.goto('./')
          awake = { context, page: next }
        },
        sleep: async () => {
          await awake?.context.close()
          awake = undefined
        },
      }
    })
  },

  runNode: async ({ watch }, use) => {
    const nodes: NodeProcess[] = []
    await use(async (follow) => {
      const node = await aNodeProcess(follow)
      nodes.push(node)
      await node.start()
      // Its person chose it: what the phone wrote is brought there by HTTP.
      watch.home(node.url())
      return node
    })
    for (const node of nodes) await node.remove()
  },
})

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })

/** Adds things by the form, and ends in their collection. */
export const addThings = async (page: Page, collection: string, names: readonly string[]): Promise<void> => {
  await page.goto(`./#/g/me/c/${collection}/add`)
  await expect(title(page)).toHaveText(/^Add /)
  for (const name of names) {
    await page.getByRole('main').getByLabel('Item').fill(name)
    await button(page, name === names.at(-1) ? 'Save' : 'Save and next').click()
    await expect(page.getByText(`Saved “${name}”`)).toBeVisible()
  }
}

/** Opens a thing by its name. */
export const openThing = async (page: Page, collection: string, name: string): Promise<void> => {
  await page.goto(`./#/g/me/c/${collection}`)
  await page.getByRole('main').getByRole('link', { name }).click()
  await expect(title(page)).toContainText(name)
}

/** Changes a value where it stands, on the screen of a thing. */
export const changeText = async (page: Page, label: string, to: string): Promise<void> => {
  await page.getByRole('button', { name: new RegExp(`^(Change|Add) ${label}`) }).click()
  await page.getByRole('main').getByLabel(label).fill(to)
  await button(page, 'Done').click()
  await expect(button(page, 'Done')).toBeHidden()
}

/** Presses a button that copies, and returns what it copied: not before the clipboard holds something of that kind. */
export const copied = async (page: Page, name: string, kind: RegExp): Promise<string> => {
  await button(page, name).click()
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(read).toMatch(kind)
  return read()
}

/** Shares a collection with the consent that the screen asks for, and returns its link. */
export const share = async (page: Page, collection: string): Promise<string> => {
  await page.goto(`./#/g/me/c/${collection}/share`)
  await button(page, /^Share /).click()
  await expect(title(page)).toHaveText(/is shared$/)
  return copied(page, 'Copy link', /#\/join\//)
}
/** The address that shows a link to whom follows it; it names no node. */
export const shareLink = (schemaId: string): string =>
  `./#/join/${writeShareLink({ schemaId: schemaId as SchemaId, name: 'Inventory', hints: [] })}`
/** The schema that a link leads to. */
export const schemaOf = (link: string): string => readShareLink(link.split('#/join/')[1] ?? '').schemaId

/** Follows a link, with the consent that the screen asks for. */
export const follow = async (page: Page, link: string): Promise<void> => {
  await page.goto(link)
  await button(page, 'Follow').click()
  await expect(
    page.getByRole('status').filter({ hasText: /Waiting for the first device|It is coming in|It is here/ }),
  ).toBeVisible()
}

/** Adds a node by the link that its operator gave out. @param port of what stands before it, if anything does */
export const addNode = async (page: Page, node: NodeProcess, port?: number): Promise<void> => {
  await page.goto(`./${node.link(port)}`)
  await button(page, /^Connect with/).click()
  await expect(page.getByText('Connected.')).toBeVisible()
}

/** Has a phone that connects by itself connect only when its person says so, or the other way round. */
export const connectOnlyWhenAsked = async (page: Page, isOn: boolean): Promise<void> => {
  await page.goto('./#/settings/connections')
  const choice = page.getByRole('switch', { name: /^Connect only when I say/ })
  await choice.click()
  await expect(choice).toBeChecked({ checked: isOn })
}

/** Waits until the screen says with whom everything is. */
export const isUpToDate = async (page: Page, withWhom: string): Promise<void> => {
  await page.goto('./#/g/me/sync')
  const state = page.getByRole('region', { name: 'Sync' }).getByRole('status')
  await expect(state).toHaveText(`Up to date with ${withWhom}`, { timeout: 30_000 })
}

/** The things of a collection as the screen lists them: where each leads and what it is called, in one order for all. */
const thingsOn = async (page: Page, collection: string): Promise<readonly string[]> => {
  await page.goto(`./#/g/me/c/${collection}`)
  const links = page.getByRole('main').locator('a[href*="/d/0020"]')
  const found = await links.evaluateAll((all) => all.map((link) => `${link.getAttribute('href')} ${link.textContent}`))
  return [...new Set(found)].toSorted()
}
/** Waits until all list the same things, so many of them, and none that is said to be on one of them only. */
export const listTheSame = (pages: readonly Page[], collection: string, count: number): Promise<void> =>
  expect(async () => {
    const lists = await Promise.all(pages.map((page) => thingsOn(page, collection)))
    for (const list of lists) expect(list).toEqual(lists[0])
    expect(lists[0]).toHaveLength(count)
    expect(lists[0]?.filter((thing) => thing.endsWith('To share'))).toEqual([])
  }).toPass({ timeout: 30_000 })

/** The history of the thing on the screen: each change's sentence, and the view that it made. Who did it is said from the reader's side, and left out. */
export const historyOn = (page: Page): Promise<readonly string[]> =>
  page
    .getByRole('region', { name: 'History' })
    .getByRole('listitem')
    .evaluateAll((lines) =>
      lines.map((line) => {
        const words = line.querySelector('p')?.textContent?.replace(/^(You|Another device)/, '') ?? ''
        return `${words} ${line.querySelector('a')?.getAttribute('href') ?? 'now'}`
      }),
    )
