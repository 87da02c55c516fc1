import type { Clock, Transport } from '../../ports/index.ts'
import { webSocketTransport } from '../channel/websocket-channel.ts'

/** Dials `wss://` and `ws://` addresses with the browser's own WebSocket. */
export const browserTransport = (clock: Clock): Transport =>
  webSocketTransport((address) => new WebSocket(address), clock)
