import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { webSocketChannel } from '../../../src/adapters/channel/websocket-channel.ts'
import { maxUnreadBytes } from '../../../src/adapters/channel/channel.ts'
import { nodeTransport } from '../../../src/adapters/node/websocket-dial.ts'
import { joinChannels, portChannel } from '../../../src/adapters/web/port-channel.ts'
import { webClock } from '../../../src/adapters/web/web-clock.ts'
import type { Channel } from '../../../src/ports/transport.ts'
import { channelContract } from '../../contracts/channel.ts'
import { carriesBothWays, endedWell, endingOf, type Pair, pattern, readInOrder, takesUnread } from './behaviours.ts'

const never = new AbortController().signal
const transport = nodeTransport(webClock)
const MiB = 1024 * 1024

let host: Server
let answered: (socket: WebSocket) => void = () => undefined
let address = ''
beforeAll(async () => {
  host = createServer()
  const sockets = new WebSocketServer({ server: host })
  sockets.on('connection', (socket) => answered(socket))
  await new Promise<void>((resolve) => {
    host.listen(0, '127.0.0.1', resolve)
  })
  address = `ws://127.0.0.1:${(host.address() as AddressInfo).port}`
})
afterAll(() => {
  host.closeAllConnections()
  host.close()
})

const socketPair = async (): Promise<readonly [Channel, WebSocket]> => {
  const answering = new Promise<WebSocket>((resolve) => {
    answered = resolve
  })
  return [await transport.dial(address, never), await answering]
}

const throughWebSocket = async (): Promise<Pair> => {
  const [dialled, socket] = await socketPair()
  return [dialled, webSocketChannel(socket, webClock)]
}
const throughPort = (): Pair => {
  const { port1, port2 } = new MessageChannel()
  return [portChannel(port1, 'webrtc'), portChannel(port2, 'webrtc')]
}
/** page ↔ worker ↔ data channel, without the data channel. */
const throughTwoPorts = (): Pair => {
  const [near, middle] = throughPort()
  const [other, far] = throughPort()
  void joinChannels(middle, other)
  return [near, far]
}

const pairs = [
  { name: 'a WebSocket', open: throughWebSocket },
  { name: 'a port', open: throughPort },
  { name: 'two ports joined', open: throughTwoPorts },
]

for (const { name, open } of pairs)
  channelContract(name, async () => {
    const ends = await open()
    return { ends, [Symbol.asyncDispose]: async () => ends[0].close() }
  })

describe.each(pairs)('a channel over $name', ({ open }) => {
  test('[M6] carries bytes both ways at once, in order, whatever the pieces', async () => {
    const sizes = [1, 0, 70_000, 3, 4 * MiB + 1, 65_536, 12]
    const total = sizes.reduce((sum, size) => sum + size, 0)
    expect(await carriesBothWays(await open(), sizes)).toEqual([total, total])
  })

  test('[M6] keeps the order of what is sent without waiting', async () => {
    const [a, b] = await open()
    void a.send(pattern(0, 3 * MiB))
    void a.send(pattern(3 * MiB, 5))
    expect(await readInOrder(b, 3 * MiB + 5)).toBe(3 * MiB + 5)
  })

  test('[M7] holds the sender up while nobody reads', async () => {
    const [a] = await open()
    const taken = await takesUnread(a, 64 * MiB)
    expect(taken).toBeGreaterThan(MiB / 2)
    expect(taken).toBeLessThan(16 * MiB)
  })

  test('[M8] ends on both sides when one closes it', async () => {
    expect(await endingOf(await open())).toEqual(endedWell)
  })

  test('[M8] what came before the other side closed can still be read', async () => {
    const [a, b] = await open()
    await a.send(pattern(0, 1000))
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    a.close()
    await b.closed
    expect(await readInOrder(b, 2000)).toBe(1000)
  })

  test('[M8] a sender that is held up learns that the channel is gone', async () => {
    const [a, b] = await open()
    const sending = a.send(pattern(0, 32 * MiB)).then(
      () => 'sent',
      () => 'gone',
    )
    b.close()
    expect(await sending).toBe('gone')
  })
})

describe('dialling a WebSocket', () => {
  test('[M9] refuses what is no address of one', async () => {
    await expect(transport.dial('tel:123', never)).rejects.toEqual({ code: 'dial/unsupported', address: 'tel:123' })
  })

  test('[M9] says that nobody answers', async () => {
    const nobody = 'ws://127.0.0.1:9'
    await expect(transport.dial(nobody, never)).rejects.toEqual({ code: 'dial/unreachable', address: nobody })
  })

  test('[M9] can be called off', async () => {
    const calling = new AbortController()
    const dialling = transport.dial(address, calling.signal)
    calling.abort('changed my mind')
    await expect(dialling).rejects.toBe('changed my mind')
    await expect(transport.dial(address, calling.signal)).rejects.toBe('changed my mind')
  })

  test('[M10] a peer that sends text is cut off', async () => {
    const [channel, socket] = await socketPair()
    socket.send('hello')
    await channel.closed
    expect(await readInOrder(channel, 1)).toBe(0)
  })
})

test('[M10] a peer that cannot be held up and sends more than is read is cut off', async () => {
  const { port1, port2 } = new MessageChannel()
  const channel = portChannel(port1, 'webrtc')
  for (let sent = 0; sent <= maxUnreadBytes; sent += MiB) port2.postMessage({ bytes: new ArrayBuffer(MiB) })
  await channel.closed
  expect(await readInOrder(channel, 1)).toBe(0)
})
