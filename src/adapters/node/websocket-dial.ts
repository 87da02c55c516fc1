import { WebSocket } from 'ws'
import type { Clock, DialFailure, Transport } from '../../ports/index.ts'
import { highBytes } from '../channel/channel.ts'
import { dialledChannel } from '../channel/websocket-channel.ts'

/** Dials `wss://` and `ws://` addresses with `ws`: Node has a WebSocket of its own from 22 on, but none that can be held up. */
export const webSocketTransport = (clock: Clock): Transport => ({
  dial: async (address, signal) => {
    signal.throwIfAborted()
    return dialledChannel(openSocket(address), address, clock, signal)
  },
})

function openSocket(address: string): WebSocket {
  try {
    return new WebSocket(address, { perMessageDeflate: false, maxPayload: highBytes, followRedirects: false })
  } catch {
    throw { code: 'dial/unsupported', address } satisfies DialFailure as unknown as Error
  }
}
