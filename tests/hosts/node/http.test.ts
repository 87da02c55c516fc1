import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { run } from '../../../src/hosts/node/cli/run.ts'
import { explainFailure } from '../../../src/sdk/errors.ts'
import { aClient } from '../../interop/a-client.ts'
import { aFolder } from '../cli/a-terminal.ts'
import { aNode, ask } from './a-node.ts'

const portOf = (url: string): string => new URL(url).port

test('[N7] says that it is well, what it does, and what it has done', async () => {
  const node = await aNode()
  const health = await fetch(`${node.url}/health`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  expect(await (await fetch(node.url)).text()).toContain('/graphql')
  await aClient(node).create('schema_field_definition_v1', [
    ['name', 'str', 'title'],
    ['type', 'str', 'str'],
  ])
  const metrics = await fetch(`${node.url}/metrics`)
  expect(metrics.headers.get('content-type')).toContain('version=0.0.4')
  const text = await metrics.text()
  expect(text).toContain('takibi_published_entries_total{outcome="stored"} 1')
  expect(text).toContain('takibi_http_requests_total{route="graphql",status="200"} 2')
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
  for (const line of text.trim().split('\n'))
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{.*\})? [\d.e+-]+)$/)
})

test('[N7] every line of its log is one JSON object with time, level and message', async () => {
  const node = await aNode()
  await ask(node, '{ __typename }')
  await node.stop()
  const lines = node.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  for (const line of lines)
    expect(line).toMatchObject({ time: expect.any(String), level: expect.any(String), message: expect.any(String) })
  expect(lines.map(({ message }) => message)).toEqual(['listening', 'request', 'stopping', 'stopped'])
})

test('[N7] pages of any origin may ask, and paths and methods that do not exist are said to', async () => {
  const { url } = await aNode()
  const preflight = await fetch(`${url}/graphql`, { method: 'OPTIONS' })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, POST, OPTIONS')
  expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type')
  expect((await fetch(`${url}/nothing`)).status).toBe(404)
  const deleting = await fetch(`${url}/graphql`, { method: 'DELETE' })
  expect([deleting.status, deleting.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
  expect((await fetch(`${url}/sync`)).status).toBe(426)
  const page = await fetch(`${url}/graphql`)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(await (await fetch(`${url}/graphql?query=${encodeURIComponent('{ __typename }')}`)).json()).toEqual({
    data: { __typename: 'Query' },
  })
})

test('[N6] an address that asks too often hears when to come again; health is still told', async () => {
  const { url } = await aNode({ limits: { requestsPerSecond: 1 } })
  const statuses = []
  for (let n = 0; n < 12; n++) statuses.push((await fetch(url)).status)
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200))
  expect(statuses.slice(10)).toContain(503)
  const refused = await fetch(url)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await fetch(`${url}/health`)).status).toBe(200)
})

test('[N6] behind a proxy each address has its own supply, and otherwise what a caller says of itself counts for nothing', async () => {
  const behind = await aNode({ limits: { requestsPerSecond: 0.1 }, isBehindProxy: true })
  const from = (url: string, address: string): Promise<number> =>
    fetch(url, { headers: { 'x-forwarded-for': `6.6.6.6, ${address}` } }).then(({ status }) => status)
  expect([await from(behind.url, '10.0.0.1'), await from(behind.url, '10.0.0.1')]).toEqual([200, 503])
  expect(await from(behind.url, '10.0.0.2')).toBe(200)
  expect([await from(behind.url, '2001:db8::1'), await from(behind.url, '2001:db8::2')]).toEqual([200, 503])
  const open = await aNode({ limits: { requestsPerSecond: 0.1 } })
  expect([await from(open.url, '10.0.0.1'), await from(open.url, '10.0.0.2')]).toEqual([200, 503])
})

test('[N6] a key that brings too much is asked to come again, by the status of the whole answer', async () => {
  const node = await aNode({ limits: { keyBytesPerSecond: 100 } })
  const client = aClient(node)
  const publish = (name: string): Promise<string> =>
    client.create('schema_field_definition_v1', [
      ['name', 'str', name],
      ['type', 'str', 'str'],
    ])
  await publish('a')
  await expect(publish('b')).rejects.toThrow(/^503/)
  const other = aClient(node)
  await other.create('schema_field_definition_v1', [
    ['name', 'str', 'c'],
    ['type', 'str', 'str'],
  ])
})

test('[N5] a request that is too long, or never ends, is not read to its end', async () => {
  const { url } = await aNode()
  const headers = { 'content-type': 'application/json' }
  const long = await fetch(`${url}/graphql`, { method: 'POST', headers, body: ' '.repeat(9 * 1024 * 1024) }).then(
    ({ status }) => status,
    () => 'cut',
  )
  expect([413, 'cut']).toContain(long)
  expect((await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{' })).status).toBe(400)
  expect((await fetch(`${url}/graphql`, { method: 'POST', body: 'query' })).status).toBe(415)
})

test('[N8] what was begun is answered when the node is asked to stop, and what comes then is refused', async () => {
  const node = await aNode()
  const body = JSON.stringify({ query: '{ __typename }' })
  const socket = connect(Number(portOf(node.url)), '127.0.0.1')
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  )
  const answer = new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (piece) => (text += String(piece))).on('close', () => resolve(text))
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  const stopped = node.stop()
  await expect(fetch(node.url)).rejects.toThrow('fetch failed')
  socket.write(body.slice(5))
  expect(await answer).toContain('"__typename":"Query"')
  await stopped
  await node.stop()
})

test('[N7] a port that is taken is said so, with how to choose another', async () => {
  const node = await aNode()
  const err: string[] = []
  const terminal = { out: () => undefined, err: (line: string) => void err.push(line), explain: explainFailure }
  const data = await aFolder()
  const code = await run(['node', '--host', '127.0.0.1', '--port', portOf(node.url), '--data', data], terminal)
  expect(code).toBe(2)
  expect(err.join()).toContain('--port')
})
