import type { Clock } from '../../../ports/index.ts'

/** What the WebSocket of a browser and the one of `ws` have in common, for text. */
export interface TextSocket {
  readonly send: (text: string) => void
  readonly close: () => void
  readonly addEventListener: (type: 'open' | 'message' | 'close' | 'error', listener: (event: object) => void) => void
}

/** One Nostr relay (NIP-01), as far as a meeting needs it: what is published under a topic reaches whoever listens to it now. */
export interface NostrRelay {
  /** Hears what is published under a topic from now on, also after the line to the relay was lost and came back. Returns the function that ends it. */
  readonly listen: (topic: string, hear: (content: string) => void) => () => void
  /** Sends an `["EVENT", …]`; where there is no line now, it is dropped. */
  readonly publish: (event: string) => void
  /** Resolves with true once there is a line, with false when `close` was called first. */
  readonly opened: () => Promise<boolean>
  /** Ends the line and everything that listens. */
  readonly close: () => void
}

export interface RelayOptions {
  readonly connect: () => TextSocket
  /** The kind of the events of a topic: relays do not keep ephemeral ones (20,000 to 29,999). */
  readonly kindOf: (topic: string) => number
  readonly clock: Clock
  /** There is a line now, or no longer. */
  readonly onLine: (isOpen: boolean) => void
}

/** First pause after a line that did not come about, or broke; doubled each time. */
const firstPauseMs = 2_000
const longestPauseMs = 60_000
/** Characters of one message: a connection's offer is a few thousand. */
const maxMessage = 65_536
/** The tag that carries the topic. */
const tag = 'x'

/** An event's topic and content, where the text is `["EVENT", <listener>, { content, tags: [["x", topic], …] }]`. */
function parseEvent(text: string): { readonly topic: string; readonly content: string } | undefined {
  if (text.length > maxMessage) return undefined
  try {
    const [type, , event] = JSON.parse(text) as readonly unknown[]
    const { content, tags } = event as { readonly content: unknown; readonly tags: readonly (readonly unknown[])[] }
    const topic = tags.find(([name]) => name === tag)?.[1]
    return type === 'EVENT' && typeof content === 'string' && typeof topic === 'string' ? { topic, content } : undefined
  } catch {
    // Whatever else a relay says, or makes up, is nothing to us.
    return undefined
  }
}

/** Keeps a line to a relay until it is closed: where it breaks it is made again, after a pause that grows. */
export function nostrRelay({ connect, kindOf, clock, onLine }: RelayOptions): NostrRelay {
  const life = new AbortController()
  const topics = new Map<string, (content: string) => void>()
  let open: TextSocket | undefined
  let waiters: ((isOpen: boolean) => void)[] = []

  const ask = (topic: string): void =>
    open?.send(JSON.stringify(['REQ', topic, { kinds: [kindOf(topic)], [`#${tag}`]: [topic] }]))
  const settle = (isOpen: boolean): void => {
    for (const waiter of waiters.splice(0)) waiter(isOpen)
  }
  /** Resolves when the line is gone, with whether there was one. */
  const oneLine = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect()
      let wasOpen = false
      const end = (): void => {
        life.signal.removeEventListener('abort', end)
        if (open === socket) {
          open = undefined
          onLine(false)
        }
        socket.close()
        resolve(wasOpen)
      }
      life.signal.addEventListener('abort', end, { once: true })
      socket.addEventListener('open', () => {
        if (life.signal.aborted) return
        wasOpen = true
        open = socket
        for (const topic of topics.keys()) ask(topic)
        settle(true)
        onLine(true)
      })
      socket.addEventListener('message', (event) => {
        const { data } = event as { readonly data: unknown }
        const said = typeof data === 'string' ? parseEvent(data) : undefined
        if (said && open === socket) topics.get(said.topic)?.(said.content)
      })
      socket.addEventListener('close', end)
      socket.addEventListener('error', end)
    })
  const keep = async (): Promise<void> => {
    for (let pauseMs = firstPauseMs; !life.signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      if (await oneLine()) pauseMs = firstPauseMs
      await clock.sleep(pauseMs, life.signal)
    }
  }
  // Ends with `close`, and by an address that the browser refuses.
  keep().catch(() => undefined)

  return {
    listen: (topic, hear) => {
      topics.set(topic, hear)
      ask(topic)
      return () => {
        topics.delete(topic)
        open?.send(JSON.stringify(['CLOSE', topic]))
      }
    },
    publish: (event) => open?.send(event),
    opened: () =>
      open || life.signal.aborted
        ? Promise.resolve(!life.signal.aborted)
        : new Promise((resolve) => {
            waiters = [...waiters, resolve]
          }),
    close: () => {
      topics.clear()
      life.abort()
      settle(false)
    },
  }
}
