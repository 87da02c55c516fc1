import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** Shows a device's code on the screen where it is and returns it as text. */
export const codeOf = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Without the camera' }).click()
  // The code of an earlier meeting may still be there.
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await page.getByRole('button', { name: 'Copy text' }).click()
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(read).not.toBe('')
  return read()
}
export const take = async (page: Page, code: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Link or text' }).fill(code)
  await page.getByRole('button', { name: 'Take this code' }).click()
}

/** Connects two browsers by what they show each other; each keeps its page. They need `launchOptions` of two-browsers.ts. */
export const meetByCode = async (a: Page, b: Page, home: string): Promise<void> => {
  for (const page of [a, b]) {
    // What is left of an earlier meeting goes with its screen.
    await page.goto(`${home}#/you`)
    await page.goto(`${home}#/meet`)
  }
  const [codeA, codeB] = [await codeOf(a), await codeOf(b)]
  await take(a, codeB)
  await take(b, codeA)
  for (const page of [a, b]) await expect(page.getByText('Connected.')).toBeVisible()
}
