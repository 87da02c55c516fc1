import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { percentile95, type AppSubject } from './harness/subject.ts'
import { nodeLink, startNode } from './support/node-process.ts'
import { openPhone } from './support/two-phones.ts'

const guests = 20
const token = 'bench'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const kept = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('button', { name: /^localhost/ })
    .filter({ hasText: 'Has everything that this device has.' })

/** A group that a node keeps, on the screen of its keeper; gives the link of an invite for all guests. */
const invite = async (page: Page, url: string, link: string): Promise<string> => {
  await page.goto(`${url}#/groups/new`)
  await page.getByLabel('Name', { exact: true }).fill('River Watch')
  await button(page, 'Make “River Watch”').click()
  await button(page, 'Let a node keep it').click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Link of a node').fill(`${url}${link}`)
  await button(page, 'Look at it').click()
  await sheet.getByLabel('Token').fill(token)
  await sheet.getByRole('button', { name: /keep it$/ }).click()
  await kept(page).waitFor()
  await button(page, 'Invite somebody').click()
  await sheet.getByText('About 50 people').click()
  await button(page, 'Make the invite').click()
  await page.evaluate('navigator.clipboard.writeText("")')
  await button(page, 'Copy link').click()
  let copied = ''
  while (copied === '') copied = (await page.evaluate('navigator.clipboard.readText()')) as string
  await page.keyboard.press('Escape')
  await kept(page).waitFor()
  return copied.slice(copied.indexOf('#'))
}

export const subject: AppSubject = {
  name: 'join',
  about: `${guests} newcomers, one after the other, each with an empty app, open the link of an invite to a group that a node keeps while its keeper’s app is open: from the tap on “Ask to join” until the screen says that they are in, as a script sees it that looks now and then.`,
  measure: async (tools) => {
    const folder = await mkdtemp(join(tmpdir(), 'takibi-bench-join-'))
    const node = await startNode('--data', folder, '--groups', '--token', token)
    try {
      const keeper = await openPhone(tools)
      const link = await invite(keeper, tools.url, nodeLink(node))
      const all: number[] = []
      for (let guest = 0; guest < guests; guest += 1) {
        const page = await openPhone(tools)
        await page.goto(`${tools.url}${link}`)
        await button(page, 'Ask to join').waitFor()
        const began = performance.now()
        await button(page, 'Ask to join').click()
        await page
          .getByRole('main')
          .getByRole('status')
          .filter({ hasText: /You are in\./ })
          .waitFor({ timeout: 60_000 })
        all.push(performance.now() - began)
        await page.context().close()
      }
      const value = percentile95(all)
      return [
        { name: `p95 of ${guests} guests`, value, unit: 'ms', all, toReach: '≤ 3000 ms', isReached: value <= 3_000 },
      ]
    } finally {
      await node.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
