import { expect, test } from 'vitest'
import { serve } from '../../src/sdk/node.ts'
import { aFolder } from '../hosts/cli/a-terminal.ts'

test('[N7] serve runs a node from a program, says what it does, and ends when asked to', async () => {
  const lines: string[] = []
  const node = await serve({
    dataDir: await aFolder(),
    port: 0,
    host: '127.0.0.1',
    address: 'ws://127.0.0.1/sync',
    onLine: (line) => lines.push(line),
  })
  expect((await fetch(`${node.url}/health`)).status).toBe(200)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    message: 'listening',
    url: node.url,
    transportKey: node.transportKey,
    link: expect.stringMatching(/^#\/node\/1/),
  })
  const { port } = new URL(node.url)
  const again = serve({ dataDir: await aFolder(), port: Number(port), host: '127.0.0.1' })
  await expect(again).rejects.toMatchObject({ failure: { code: 'host/cannot-listen', reason: 'EADDRINUSE' } })
  await node.stop()
  await expect(fetch(`${node.url}/health`)).rejects.toThrow('fetch failed')
})

test('[N7] what cannot be a node is said at once, with the reason', async () => {
  const dataDir = await aFolder()
  await expect(serve({ dataDir, port: 0, follow: ['no schema'] })).rejects.toMatchObject({
    failure: { code: 'schema/id-malformed' },
  })
  await expect(serve({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', port: 0 })).rejects.toMatchObject({
    failure: { code: 'store/unavailable', reason: expect.stringContaining('REFUSED') },
  })
})
