import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { expect, test } from './fixtures.ts'
import { openScript } from './page-script.ts'

test.use({ provoked: /ERR_CONNECTION_REFUSED/ })

let host: Server
let address = ''
test.beforeAll(async () => {
  host = createServer()
  new WebSocketServer({ server: host }).on('connection', (socket, { url }) => {
    if (url === '/text') socket.send('hello')
    if (url === '/gone') socket.close()
    socket.on('message', (bytes) => socket.send(bytes as Buffer))
  })
  await new Promise<void>((resolve) => {
    host.listen(0, '127.0.0.1', resolve)
  })
  address = `ws://127.0.0.1:${(host.address() as AddressInfo).port}`
})
test.afterAll(() => {
  host.closeAllConnections()
  host.close()
})
test.beforeEach(async ({ page, context }) => {
  // Chromium asks a person before a page from the internet reaches into their network; to it, this page is one.
  await context.grantPermissions(['local-network-access'])
  await openScript(page, 'websocket-page.ts')
  await page.waitForFunction('globalThis.echo !== undefined')
})

test('[M6] a WebSocket of the browser carries bytes both ways', async ({ page }) => {
  expect(await page.evaluate(`echo('${address}/', 3000000)`)).toBe(3_000_000)
})

test('[M8] a WebSocket that the other side closes, or sends text on, ends', async ({ page }) => {
  expect(await page.evaluate(`untilClosed('${address}/gone')`)).toBe('closed')
  expect(await page.evaluate(`untilClosed('${address}/text')`)).toBe('closed')
})

test('[M9] a WebSocket that the browser cannot open says why', async ({ page }) => {
  // Of the ports that a browser dials at all, one where nobody listens.
  const nobody = 'ws://127.0.0.1:65530/'
  expect(await page.evaluate(`refusal('${nobody}')`)).toEqual({ code: 'dial/unreachable', address: nobody })
  expect(await page.evaluate("refusal('tel:123')")).toEqual({ code: 'dial/unsupported', address: 'tel:123' })
})
