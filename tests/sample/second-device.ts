import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { openNode } from '../../src/sdk/node.ts'

/** The recovery words of the person of a browser, once a second device of theirs renewed them. */
const renewed = new WeakMap<BrowserContext, Promise<string>>()

/** A second device of the person whose browser this is, which it knows of from then on. Resolves to the words that count since. Ends anywhere. */
export const bringSecondDevice = (page: Page): Promise<string> => {
  const known = renewed.get(page.context()) ?? secondDevice(page)
  renewed.set(page.context(), known)
  return known
}

const goTo = (page: Page, hash: string): Promise<unknown> => page.evaluate((to) => (location.hash = to), hash)

async function secondDevice(page: Page): Promise<string> {
  await goTo(page, '/you/words')
  await page.getByRole('button', { name: 'Show the twelve words' }).click()
  const list = page.getByRole('list', { name: 'The twelve words, in order' })
  await list.waitFor()
  const words = (await list.getByRole('listitem').allTextContents()).join(' ')
  await goTo(page, '/settings/files')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save file' }).click()
  const dataDir = await mkdtemp(join(tmpdir(), 'takibi-second-'))
  const node = await openNode({ dataDir })
  try {
    await node.import(await readFile(await (await downloading).path()))
    await node.identity.words.recover(words)
    const pieces: Uint8Array[] = []
    for await (const piece of await node.export({ all: true })) pieces.push(piece)
    const file = { name: 'second.takibi', mimeType: 'application/octet-stream', buffer: Buffer.concat(pieces) }
    await page.getByTestId('import').setInputFiles(file)
    await page.getByRole('button', { name: 'Look at it' }).click()
    return (await node.identity.words.show()).join(' ')
  } finally {
    await node.close()
    await rm(dataDir, { recursive: true })
  }
}
