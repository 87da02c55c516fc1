import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { memoryClock } from '../../src/adapters/memory/memory-clock.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import type { TakibiNode } from '../../src/sdk/testing.ts'

/** Somebody else in a group, met by handing files over. */
export interface Neighbour extends AsyncDisposable {
  readonly node: TakibiNode
  readonly advance: (ms: number) => Promise<void>
  /** Takes what the app has. */
  readonly take: () => Promise<void>
  /** Gives the app what there is. */
  readonly give: () => Promise<void>
}

/**
 * Somebody who asks for a place in a group and is let in as a member.
 *
 * @param home where the app is
 * @param now what their clock says, milliseconds
 */
export const letInNeighbour = async (page: Page, home: string, group: string, now: number): Promise<Neighbour> => {
  const { api, clock } = memoryEngine(7, { clock: memoryClock(now) })
  const node = await nodeOver(api, () => undefined)
  const take = async (): Promise<void> => {
    await page.goto(`${home}#/settings/files`)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save file' }).click()
    await node.import(await readFile(await (await downloading).path()))
  }
  const give = async (): Promise<void> => {
    const pieces: Uint8Array[] = []
    for await (const piece of await node.export({ all: true })) pieces.push(piece)
    await page.goto(`${home}#/settings/files`)
    await page
      .getByTestId('import')
      .setInputFiles({ name: 'bo.takibi', mimeType: 'application/octet-stream', buffer: Buffer.concat(pieces) })
    await page.getByRole('button', { name: 'Look at it' }).click()
  }
  await take()
  await node.groups.ask(group)
  await give()
  await page.goto(`${home}#/g/${group}/people`)
  const line = page.getByRole('main').getByRole('button', { name: `Key ${node.publicKey.slice(0, 4)}` })
  await line.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Let in as Member' }).click()
  await line.filter({ hasText: 'Member' }).waitFor()
  await take()
  return { node, advance: clock.advance, take, give, [Symbol.asyncDispose]: () => node.close() }
}
