import type { Page } from '@playwright/test'
import type { AppTools } from '../harness/subject.ts'
import { writeShareLink } from '../../src/sdk/links.ts'
import type { AppBundle } from './app-bundle.ts'
import { importBundle } from './app.ts'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** A browser of its own, which may use the camera and the clipboard, with an empty app. */
export const openPhone = async ({ open, url }: AppTools): Promise<Page> => {
  const { context } = await open()
  await context.grantPermissions(['camera', 'clipboard-read', 'clipboard-write'])
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(url)
  return page
}

/** Follows the schema of a bundle, by a link that names no node, with the consent that the screen asks for. */
export const followBundle = async (page: Page, url: string, { schemaId }: AppBundle): Promise<void> => {
  await page.goto(`${url}#/join/${writeShareLink({ schemaId, name: 'Shopping', hints: [] })}`)
  await button(page, 'Follow').click()
  await page.getByText('Waiting for the first device').first().waitFor()
}

/** Waits until the screen says that everything is with the other. */
export const isUpToDate = async (page: Page, url: string, timeout = 120_000): Promise<void> => {
  await page.goto(`${url}#/g/me/sync`)
  const state = page.getByRole('region', { name: 'Sync' }).getByRole('status')
  await state.filter({ hasText: /^Up to date with 1/ }).waitFor({ timeout })
}

/** Two browsers with the same 10,000 things, which both share, and which have met. */
export const openTwoAlike = async (tools: AppTools): Promise<readonly [Page, Page]> => {
  const bundle = await tools.bundle()
  const [a, b] = [await openPhone(tools), await openPhone(tools)]
  for (const page of [a, b]) {
    await followBundle(page, tools.url, bundle)
    await importBundle(page, tools.url, bundle)
  }
  await meetByCode(a, b, tools.url)
  for (const page of [a, b]) await isUpToDate(page, tools.url)
  return [a, b]
}

/** Shows a device's code and returns it as text. */
export const showCode = async (page: Page, url: string): Promise<string> => {
  await page.goto(`${url}#/meet`)
  await button(page, 'Use the camera').click()
  await page.getByRole('img', { name: /^QR code/ }).waitFor()
  await page.evaluate('navigator.clipboard.writeText("")')
  await button(page, 'Copy text').click()
  let code = ''
  while (code === '') code = (await page.evaluate('navigator.clipboard.readText()')) as string
  return code
}

/** Hands a device the other's code, as a scan would. */
export const takeCode = async (page: Page, code: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Link or text' }).fill(code)
  await button(page, 'Take this code').click()
}

/** Connects two by what they show each other; each keeps its page. */
export const meetByCode = async (a: Page, b: Page, url: string): Promise<void> => {
  const [codeA, codeB] = [await showCode(a, url), await showCode(b, url)]
  await takeCode(a, codeB)
  await takeCode(b, codeA)
  for (const page of [a, b]) await page.getByText('Connected.').waitFor()
}
