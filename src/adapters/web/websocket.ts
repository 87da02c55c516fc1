import type { Clock, DialFailure, Transport } from '../../ports/index.ts'
import { dialledChannel } from '../channel/websocket-channel.ts'

/** Dials `wss://` and `ws://` addresses with the browser's own WebSocket. */
export const webSocketTransport = (clock: Clock): Transport => ({
  dial: async (address, signal) => {
    signal.throwIfAborted()
    return dialledChannel(openSocket(address), address, clock, signal)
  },
})

/** Throws where the browser refuses the address: not one of a WebSocket, or plain `ws:` from a page of https. */
function openSocket(address: string): WebSocket {
  try {
    return new WebSocket(address)
  } catch {
    throw { code: 'dial/unsupported', address } satisfies DialFailure as unknown as Error
  }
}
