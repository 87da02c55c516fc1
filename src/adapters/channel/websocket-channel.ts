import type { Channel, Clock, DialFailure, Transport } from '../../ports/index.ts'
import { createChannel, highBytes, lowBytes } from './channel.ts'

/** What the WebSocket of a browser and the one of `ws` have in common. */
export interface WebSocketLike {
  binaryType: string
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number
  readonly bufferedAmount: number
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => void
  readonly close: (code: number) => void
  readonly addEventListener: (type: 'open' | 'message' | 'close' | 'error', listener: (event: object) => void) => void
  /** Stops reading from the network, where the implementation can (`ws`). */
  readonly pause?: () => void
  readonly resume?: () => void
}

const open = 1
const normalClosure = 1000
/** How often a full socket is asked whether it has room: WebSockets have no event for it. */
const askEveryMs = 10
const never = new AbortController().signal

/** A channel over an open WebSocket, of either side. Only binary messages belong in it: a text ends it. */
export function webSocketChannel(socket: WebSocketLike, clock: Clock): Channel {
  let isPaused = false
  const ends = createChannel('websocket', {
    write: (piece) => socket.send(piece),
    bufferedBytes: () => socket.bufferedAmount,
    awaitRoom: () => void askForRoom(),
    onRead: (_, unread) => {
      if (isPaused && unread <= lowBytes) resume()
    },
    shut: () => {
      // A paused socket would not read that the other side agrees.
      resume()
      socket.close(normalClosure)
    },
  })
  const askForRoom = async (): Promise<void> => {
    while (!ends.isGone() && socket.bufferedAmount > lowBytes) await clock.sleep(askEveryMs, never)
    ends.room()
  }
  const resume = (): void => {
    isPaused = false
    socket.resume?.()
  }

  socket.binaryType = 'arraybuffer'
  socket.addEventListener('message', (event) => {
    const { data } = event as { readonly data: unknown }
    if (!(data instanceof ArrayBuffer)) return ends.channel.close()
    if (ends.take(new Uint8Array(data)) <= highBytes || isPaused || !socket.pause) return
    isPaused = true
    socket.pause()
  })
  socket.addEventListener('close', ends.gone)
  socket.addEventListener('error', ends.gone)
  if (socket.readyState !== open) ends.gone()
  return ends.channel
}

/** Dials by WebSockets that `connect` makes. It throws where it refuses the address: not one of a WebSocket, or plain `ws:` from a page of https. */
export const webSocketTransport = (connect: (address: string) => WebSocketLike, clock: Clock): Transport => ({
  dial: async (address, signal) => {
    signal.throwIfAborted()
    let socket
    try {
      socket = connect(address)
    } catch {
      throw { code: 'dial/unsupported', address } satisfies DialFailure as unknown as Error
    }
    return dialledChannel(socket, address, clock, signal)
  },
})

/**
 * A channel over a WebSocket that is still connecting. Rejects with `dial/unreachable` where it does not open, with `signal.reason` when
 * aborted first.
 */
function dialledChannel(socket: WebSocketLike, address: string, clock: Clock, signal: AbortSignal): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      socket.close(normalClosure)
      reject(signal.reason)
    }
    // Ports reject with plain failures.
    const unreachable = (): void => reject({ code: 'dial/unreachable', address } satisfies DialFailure)
    const settle = (then: () => void) => (): void => {
      signal.removeEventListener('abort', stop)
      then()
    }
    signal.addEventListener('abort', stop, { once: true })
    socket.addEventListener(
      'open',
      settle(() => resolve(webSocketChannel(socket, clock))),
    )
    socket.addEventListener('error', settle(unreachable))
    socket.addEventListener('close', settle(unreachable))
  })
}
