import type { Page } from '@playwright/test'
import { takibi } from '../../scripts/takibi-process.mjs'
import { expect } from './fixtures.ts'
import { aHeldLine } from './held-line.ts'
import { manyThings } from './many-things.ts'
import { addNode, follow, isUpToDate, share, shareLink, test } from './phones.ts'

/** Phones that sync with a node, and what may come between. */
test.describe.configure({ timeout: 180_000 })
test.use({ provoked: /WebSocket connection to/ })

/** How many things of the one shared collection the sync screen says are here; none before it is. */
const countOn = async (page: Page): Promise<number> => {
  const rows = await page.getByRole('region', { name: 'What you share' }).getByRole('listitem').allTextContents()
  return Number(/([\d,]+) things?/.exec(rows.join(' '))?.[1]?.replaceAll(',', '') ?? 0)
}
/** Waits until it says so many or more; resolves with how many. */
const hasAtLeast = async (page: Page, count: number, onLook: () => void = () => undefined): Promise<number> => {
  let found = 0
  const look = async (): Promise<number> => {
    onLook()
    return (found = await countOn(page))
  }
  await expect.poll(look, { timeout: 60_000, intervals: [50] }).toBeGreaterThanOrEqual(count)
  return found
}

/** Has a browser without WebRTC: else the two would bring each other what the node does not. */
const withoutWebRtc = async (page: Page): Promise<void> => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'))
  await page.reload()
}

test('[J10] a node is killed while one phone brings and another fetches, and started again: both go on by themselves, and nothing is lost', async ({
  openPhone,
  runNode,
}, info) => {
  const { file, schemaId, collection } = await manyThings(info.outputPath('made'), 3_000)
  const [a, b] = [await openPhone('a'), await openPhone('b')]
  for (const { page } of [a, b]) await withoutWebRtc(page())
  await a.page().getByTestId('import').setInputFiles(file)
  await a.page().getByRole('button', { name: 'Look at it' }).click()
  const node = await runNode([schemaId])
  await follow(b.page(), await share(a.page(), collection))
  await addNode(b.page(), node)
  await addNode(a.page(), node)
  for (const { page } of [a, b]) await page().goto('./#/g/me/sync')
  await hasAtLeast(b.page(), 500)
  await node.kill()
  await expect(b.page().getByText(/Not reached. Next try at/)).toBeVisible()
  expect(await countOn(b.page())).toBeLessThan(3_000)
  await node.start()
  // Before, the second may be up to date with a node that has yet to get the rest from the first.
  expect(await hasAtLeast(b.page(), 3_000)).toBe(3_000)
  for (const { page } of [a, b]) await isUpToDate(page(), '1 node')
})

test('[J11] the first sync of 10,000 things is interrupted five times, goes on from where it was, and comes to its end', async ({
  openPhone,
  runNode,
  watch,
}, info) => {
  const all = 10_000
  const { file, schemaId, collection } = await manyThings(info.outputPath('made'), all)
  const node = await runNode([schemaId])
  await node.kill()
  await takibi('import', file, '--data', node.dataDir)
  await node.start()
  // No machine is so quick that it has all while a browser closes.
  const line = await aHeldLine(node.port())
  watch.home(`http://localhost:${line.port}`)
  const letThrough = (): void => line.allow(2_000)
  line.allow(20_000)
  const phone = await openPhone('phone')
  await follow(phone.page(), shareLink(schemaId))
  await addNode(phone.page(), node, line.port)
  const restart = async (): Promise<void> => {
    await node.kill()
    await node.start()
  }
  const interruptions = [
    () => phone.page().reload(),
    restart,
    () => phone.sleep().then(phone.wake),
    restart,
    () => phone.crash(),
  ]
  for (const [at, interrupt] of interruptions.entries()) {
    await phone.page().goto('./#/g/me/sync')
    const before = await hasAtLeast(phone.page(), 500 + 700 * at, letThrough)
    expect(before).toBeLessThan(all)
    await interrupt()
  }
  line.allow(Infinity)
  await isUpToDate(phone.page(), '1 node')
  expect(await countOn(phone.page())).toBe(all)
  await phone.page().goto(`./#/g/me/c/${collection}`)
  await expect(phone.page().getByText('10,000 items').first()).toBeVisible()
  await line.close()
})
