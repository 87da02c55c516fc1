import { WebSocket } from 'ws'
import type { Clock, Transport } from '../../ports/index.ts'
import { highBytes } from '../channel/channel.ts'
import { webSocketTransport } from '../channel/websocket-channel.ts'

const options = { perMessageDeflate: false, maxPayload: highBytes, followRedirects: false }

/** Dials `wss://` and `ws://` addresses with `ws`: Node has a WebSocket of its own from 22 on, but none that can be held up. */
export const nodeTransport = (clock: Clock): Transport =>
  webSocketTransport((address) => new WebSocket(address, options), clock)
