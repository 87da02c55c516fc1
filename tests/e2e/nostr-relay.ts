import type { AddressInfo } from 'node:net'
import { type NostrEvent, verifyEvent } from 'nostr-tools/pure'
import { type WebSocket, WebSocketServer } from 'ws'

interface Filter {
  readonly kinds?: readonly number[]
  readonly '#x'?: readonly string[]
}

/** A Nostr relay on loopback (NIP-01): passes ephemeral events on to whoever asked for them, keeps none, and remembers all that it saw. */
export interface TestRelay {
  readonly url: string
  /** Every message of every client, as text. */
  readonly seen: readonly string[]
  /** Events that were passed on: their signatures hold, by an implementation that is not ours. */
  readonly events: readonly NostrEvent[]
  /** Clients connected now. */
  readonly clients: () => number
  /** Goes on as if it had always been there, on the same port. */
  readonly start: () => Promise<void>
  /** Drops everybody, and is not there any more. */
  readonly stop: () => Promise<void>
}

const matches = ({ kinds, '#x': topics }: Filter, { kind, tags }: NostrEvent): boolean =>
  (kinds === undefined || kinds.includes(kind)) &&
  (topics === undefined || tags.some(([name, value]) => name === 'x' && value !== undefined && topics.includes(value)))

/** Starts a relay on a port of its own. */
export async function startRelay(): Promise<TestRelay> {
  const seen: string[] = []
  const events: NostrEvent[] = []
  const filters = new Map<WebSocket, Map<string, Filter>>()
  let server: WebSocketServer | undefined
  let port = 0

  const say = (socket: WebSocket, ...message: readonly unknown[]): void => socket.send(JSON.stringify(message))
  const publish = (from: WebSocket, event: NostrEvent): void => {
    // As a type guard it would say that whatever does not verify is no event.
    const isValid: boolean = verifyEvent(event)
    if (!isValid) return say(from, 'OK', event.id, false, 'invalid: its signature does not hold')
    events.push(event)
    say(from, 'OK', event.id, true, '')
    for (const [socket, asked] of filters)
      for (const [name, filter] of asked) if (matches(filter, event)) say(socket, 'EVENT', name, event)
  }
  const hear = (socket: WebSocket, text: string): void => {
    seen.push(text)
    const [type, first, second] = JSON.parse(text) as readonly [string, unknown, unknown]
    if (type === 'EVENT') publish(socket, first as NostrEvent)
    if (type === 'CLOSE') filters.get(socket)?.delete(String(first))
    if (type === 'REQ') {
      filters.get(socket)?.set(String(first), second as Filter)
      say(socket, 'EOSE', first)
    }
  }
  const start = async (): Promise<void> => {
    const started = new WebSocketServer({ host: 'localhost', port })
    started.on('connection', (socket) => {
      filters.set(socket, new Map())
      socket.on('message', (bytes) => hear(socket, (bytes as Buffer).toString()))
      socket.on('close', () => filters.delete(socket))
    })
    await new Promise((resolve) => started.once('listening', resolve))
    port = (started.address() as AddressInfo).port
    server = started
  }
  await start()
  return {
    url: `ws://localhost:${port}`,
    seen,
    events,
    clients: () => filters.size,
    start,
    stop: async () => {
      for (const socket of filters.keys()) socket.terminate()
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
      server = undefined
    },
  }
}
