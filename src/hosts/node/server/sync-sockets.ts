import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { webSocketChannel } from '../../../adapters/channel/websocket-channel.ts'
import { maxFrameBytes } from '../../../core/limits.ts'
import type { Attached } from '../../../engine/sync/api.ts'
import type { Channel, Clock } from '../../../ports/index.ts'
import { addressOf } from './address.ts'
import { createBudget } from './budget.ts'
import type { NodeLog } from './json-log.ts'
import { type NodeLimits, burstSeconds, timeouts } from './limits.ts'
import type { Metrics } from './metrics.ts'

interface SyncSocketDeps {
  /** Hands a channel to the engine, which answers the handshake on it. */
  readonly attach: (channel: Channel) => Attached
  readonly clock: Clock
  readonly log: NodeLog
  readonly metrics: Metrics
  readonly limits: NodeLimits
  readonly isBehindProxy: boolean
  readonly stopping: AbortSignal
}

/** An answer to somebody who wanted a WebSocket and does not get one. */
function refuse(socket: Duplex, status: string, text: string): void {
  const body = `${text}\n`
  const headers = [
    'content-type: text/plain; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
    'retry-after: 5',
  ]
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${body}`)
}

/** Finds out that the other side went without a word: a phone that lost its network, a machine that was switched off. */
function keepAlive(socket: WebSocket): void {
  let isAlive = true
  socket.on('pong', () => {
    isAlive = true
  })
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, timeouts.ping)
  socket.on('close', () => clearInterval(timer))
}

/**
 * Takes WebSockets at `/sync` and hands them to the engine, as many as limits let in. Returns what ends them all, with goodbye.
 */
export function takeSyncSockets(server: Server, deps: SyncSocketDeps): () => Promise<void> {
  const { clock, limits, metrics, stopping } = deps
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
  })
  const handshakes = createBudget(clock, limits.handshakesPerSecond, 1)
  const handshakesOfOne = createBudget(clock, limits.handshakesPerAddress, burstSeconds.handshakes)
  const open = new Map<WebSocket, { readonly address: string; readonly attached: Attached }>()
  metrics.gauge('takibi_sync_connections_now', 'Open WebSockets for sync.', () => open.size)

  const countOf = (address: string): number => [...open.values()].filter((one) => one.address === address).length
  /** The limit that is reached, if any. The one of all together comes last, so that one address cannot use it up. */
  const limitFor = (address: string): string | undefined => {
    if (open.size >= limits.sockets) return 'sockets'
    if (countOf(address) >= limits.socketsPerAddress) return 'sockets-of-address'
    if (handshakesOfOne.take(address, 1) > 0) return 'handshakes-of-address'
    return handshakes.take('all', 1) > 0 ? 'handshakes' : undefined
  }
  const take = (socket: WebSocket, address: string): void => {
    keepAlive(socket)
    const attached = deps.attach(webSocketChannel(socket, clock))
    open.set(socket, { address, attached })
    metrics.count('takibi_sync_connections_total', {})
    socket.on('close', () => open.delete(socket))
    void attached.closed.then((failure) =>
      deps.log.debug('sync connection ended', { code: failure?.code ?? 'goodbye' }),
    )
  }
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => undefined)
    if (request.url?.split('?')[0] !== '/sync') return refuse(socket, '404 Not Found', 'WebSockets are at /sync.')
    if (stopping.aborted)
      return refuse(socket, '503 Service Unavailable', 'This node is stopping. Come again in a moment.')
    const address = addressOf(request, deps.isBehindProxy)
    const limit = limitFor(address)
    if (limit) {
      metrics.count('takibi_refused_total', { limit })
      return refuse(
        socket,
        '503 Service Unavailable',
        'This node has no room for another connection now. Come again in a moment.',
      )
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => take(accepted, address))
  }
  server.on('upgrade', onUpgrade)

  return async () => {
    const cut = setTimeout(() => {
      for (const socket of open.keys()) socket.terminate()
    }, timeouts.goodbye)
    const all = [...open.values()].map(({ attached }) => attached)
    for (const one of all) one.close()
    await Promise.all(all.map(({ closed }) => closed))
    clearTimeout(cut)
    for (const socket of open.keys()) socket.terminate()
  }
}
