/** What the page of websocket.spec.ts runs: the browser's own WebSocket as a channel. */
import { webClock } from '../../src/adapters/web/web-clock.ts'
import { browserTransport } from '../../src/adapters/web/websocket.ts'
import { pattern, readInOrder } from '../adapters/channel/behaviours.ts'

const transport = browserTransport(webClock)
const never = new AbortController().signal
const refusal = (address: string): Promise<unknown> =>
  transport.dial(address, never).then(
    () => 'open',
    (failure: unknown) => failure,
  )

Object.assign(globalThis, {
  refusal,
  /** Sends bytes to who sends them back, and answers how many came back in their place. */
  echo: async (address: string, size: number) => {
    const channel = await transport.dial(address, never)
    const [, read] = await Promise.all([channel.send(pattern(0, size)), readInOrder(channel, size)])
    channel.close()
    await channel.closed
    return read
  },
  /** Resolves when the other side ends the channel. */
  untilClosed: async (address: string) => {
    const channel = await transport.dial(address, never)
    await channel.closed
    return 'closed'
  },
})
