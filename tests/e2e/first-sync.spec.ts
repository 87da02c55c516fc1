import type { Locator, Page } from '@playwright/test'
import { takibi } from '../../scripts/takibi-process.mjs'
import { expect } from './fixtures.ts'
import { aHeldLine } from './held-line.ts'
import { manyThings } from './many-things.ts'
import { addNode, follow, shareLink, test } from './phones.ts'

/** The first sync of a large collection, as its person sees it. */
// A slow machine needs minutes for so many, at each of three steps.
test.describe.configure({ timeout: 480_000 })
test.use({ provoked: /WebSocket connection to/ })

const all = 10_000

const stateCard = (page: Page): Locator => page.getByRole('region', { name: 'Sync' })
const bar = (page: Page): Locator => page.getByRole('progressbar', { name: 'What has come in of what was asked for' })
/** How far the bar is, from 0 to 1. */
const filled = (page: Page): Promise<number> =>
  bar(page).evaluate((element) => {
    const { value, max } = element as HTMLProgressElement
    return value / max
  })
const numbersIn = async (words: Locator): Promise<readonly number[]> =>
  [...((await words.textContent()) ?? '').matchAll(/\d[\d,]*/g)].map(([found]) => Number(found.replaceAll(',', '')))
/** How many things the one shared collection is said to have here. */
const things = async (page: Page): Promise<number> => {
  const row = page.getByRole('region', { name: 'What you share' }).getByText(/^[\d,]+ things?$/)
  return (await row.count()) === 0 ? 0 : ((await numbersIn(row))[0] ?? 0)
}

test('[Y5] the first sync of 10,000 things says how far it is, by words and a bar that moves; it is stopped, says so, and goes on where it was', async ({
  openPhone,
  runNode,
  watch,
}, info) => {
  const { file, schemaId } = await manyThings(info.outputPath('made'), all)
  const node = await runNode([schemaId])
  await node.kill()
  await takibi('import', file, '--data', node.dataDir)
  await node.start()
  const phone = (await openPhone('phone')).page()
  await follow(phone, shareLink(schemaId))
  // No machine is so quick that it has all before it is stopped.
  const line = await aHeldLine(node.port())
  watch.home(`http://localhost:${line.port}`)
  line.allow(800_000)
  await addNode(phone, node, line.port)
  await phone.goto('./#/g/me/sync')

  const words = stateCard(phone).getByText(/entries came in, .* to come/)
  // The node serves it once all of it has entered, which takes a while for so many.
  await expect(words).toBeVisible({ timeout: 120_000 })
  await expect(words).toHaveText(/[\d.]+ [kM]B in, /)
  const began = await filled(phone)
  const [cameBefore = 0] = await numbersIn(words)
  line.allow(300_000)
  await expect.poll(() => filled(phone), { timeout: 120_000 }).toBeGreaterThan(began)
  await expect.poll(async () => (await numbersIn(words))[0]).toBeGreaterThan(cameBefore)

  await stateCard(phone).getByRole('button', { name: 'Stop' }).click()
  await expect(phone.getByText('Stopped. What came in stays.')).toBeVisible()
  await expect(bar(phone)).toBeHidden()
  await expect(stateCard(phone).getByRole('status')).toHaveText('Just you here')
  const cut = stateCard(phone).getByText(/^Stopped midway/)
  await expect(cut).toBeVisible()
  const [missing = 0] = await numbersIn(cut)
  expect(missing).toBeGreaterThan(0)
  await expect(phone.getByText('Met nobody yet who has all of it.')).toBeVisible()
  const kept = await things(phone)
  expect(kept).toBeLessThan(all)

  line.allow(Infinity)
  await stateCard(phone).getByRole('button', { name: 'Go on' }).click()
  await expect(cut).toBeHidden()
  expect(await things(phone)).toBeGreaterThanOrEqual(kept)
  await expect(stateCard(phone).getByRole('status')).toHaveText('Up to date with 1 node', { timeout: 300_000 })
  await expect.poll(() => things(phone), { timeout: 120_000 }).toBe(all)
  await line.close()
})
