import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import { codeOf, take } from './meet-by-code.ts'

/** Brings both devices to where they show the four words, which it gives; each keeps its page. They need `launchOptions` of two-browsers.ts. */
export const compareWords = async (known: Page, fresh: Page, home: string): Promise<readonly (readonly string[])[]> => {
  await known.goto(`${home}#/link`)
  const without = known.getByRole('button', { name: 'Link without words' })
  await expect(without.or(known.getByRole('button', { name: 'Without the camera' }))).toBeVisible()
  if (await without.isVisible()) await without.click()
  const ofKnown = await codeOf(known)
  await fresh.goto(`${home}#/link`)
  const ofFresh = await codeOf(fresh)
  await take(fresh, ofKnown)
  await take(known, ofFresh)
  return Promise.all(
    [known, fresh].map(async (page) => {
      const words = page.getByRole('list', { name: /^The four words/ }).getByRole('listitem')
      await expect(words).toHaveCount(4)
      return words.allTextContents()
    }),
  )
}

/** Makes a new device one of the person of the other, by codes and words. */
export const linkDevices = async (known: Page, fresh: Page, home: string): Promise<void> => {
  const [here, there] = await compareWords(known, fresh, home)
  expect(here).toEqual(there)
  await known.getByRole('button', { name: 'They are the same' }).click()
  await expect(known.getByText('The new device is one of yours now.')).toBeVisible()
  await expect(fresh.getByText('This device is one of yours now.')).toBeVisible()
}
