import { expect, onTestFinished, test } from 'vitest'
import { openNode, serve } from '../../src/sdk/node.ts'
import type { RunningNode } from '../../src/sdk/node.ts'
import type { TakibiNode } from '../../src/sdk/takibi-node.ts'
import { startP2pandaNode } from '../engine/outbox/a-p2panda-node.ts'
import { aFolder } from '../hosts/cli/a-terminal.ts'

/** A program that uses the library; closed at the latest when the test is over. */
async function aProgram(dataDir: string): Promise<TakibiNode> {
  const node = await openNode({ dataDir })
  onTestFinished(node.close)
  return node
}
async function aServer(dataDir: string, port = 0, follow: readonly string[] = []): Promise<RunningNode> {
  const server = await serve({ dataDir, port, host: '127.0.0.1', follow })
  onTestFinished(server.stop)
  return server
}
const addressOf = ({ url, transportKey }: RunningNode) => ({
  address: `${url.replace('http', 'ws')}/sync`,
  transportKey,
})
const titles = async (node: TakibiNode, schema: string): Promise<readonly unknown[]> => {
  const { documents } = await node.query(schema, { orderBy: ['title'] }).once()
  return documents.map(({ fields }) => fields['title'])
}
const slowly = { timeout: 30_000 }

test('[Q3] programs that chose the same node have the same, and still do when they and the node were started anew', async () => {
  const [hers, his, place] = [await aFolder(), await aFolder(), await aFolder()]
  const her = await aProgram(hers)
  const { id } = await her.defineSchema('item', 'What we need', { title: 'str' })
  await her.create(id, { title: 'Oats' })
  const server = await aServer(place, 0, [id])
  const him = await aProgram(his)
  for (const node of [her, him]) {
    await node.sync.share(id)
    await node.sync.nodes.add(addressOf(server))
  }
  await expect.poll(() => titles(him, id).catch(() => []), slowly).toEqual(['Oats'])
  expect((await him.sync.nodes.list().once()).nodes).toMatchObject([{ ...addressOf(server), isPaused: false }])

  await her.close()
  await server.stop()
  await him.create(id, { title: 'Salt' })
  await him.close()
  const again = await aServer(place, Number(new URL(server.url).port), [id])
  expect(again.transportKey).toBe(server.transportKey)
  const [herAgain, himAgain] = [await aProgram(hers), await aProgram(his)]
  await expect.poll(() => titles(herAgain, id), slowly).toEqual(['Oats', 'Salt'])
  await expect.poll(async () => (await himAgain.sync.outbox().once()).nodes, slowly).toMatchObject([{ waiting: 0 }])
})

test('[Q3] a program that chose no node calls nobody', async () => {
  const node = await aProgram(await aFolder())
  expect((await node.sync.nodes.list().once()).nodes).toEqual([])
  expect((await node.sync.peers().once()).peers).toEqual([])
})

test('[O1] what a program writes is brought to another p2panda node by HTTP', async () => {
  const other = await startP2pandaNode()
  onTestFinished(other.stop)
  const node = await aProgram(await aFolder())
  const { id } = await node.defineSchema('item', 'What we need', { title: 'str' })
  await node.sync.share(id)
  await node.sync.nodes.publishTo(other.url)
  const oats = await node.create(id, { title: 'Oats' })
  await expect.poll(() => other.stored, slowly).toContain(oats)
  await expect.poll(async () => (await node.sync.outbox().once()).nodes, slowly).toMatchObject([{ waiting: 0 }])
})
