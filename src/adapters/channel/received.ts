/** What came in over a channel and waits to be read. */
export interface Received {
  /** For the channel's `received`: to be iterated once. */
  readonly all: AsyncIterable<Uint8Array>
  readonly push: (bytes: Uint8Array) => void
  /** Bytes that wait. */
  readonly unreadBytes: () => number
  /** No more will come; what waits may still be read. */
  readonly end: () => void
  /** Nobody wants it any more. */
  readonly drop: () => void
}

/** @param onRead told how many bytes somebody took, so that whoever sends may be let go on */
export function createReceived(onRead: (bytes: number) => void): Received {
  const unread: Uint8Array[] = []
  let unreadBytes = 0
  let hasEnded = false
  let wake = (): void => undefined
  const news = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve
    })

  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const bytes = unread.shift()
      if (bytes) {
        unreadBytes -= bytes.length
        onRead(bytes.length)
        yield bytes
      } else if (hasEnded) return
      else await news()
    }
  }

  const end = (): void => {
    hasEnded = true
    wake()
  }
  return {
    all: read(),
    push: (bytes) => {
      if (hasEnded) return
      unread.push(bytes)
      unreadBytes += bytes.length
      wake()
    },
    unreadBytes: () => unreadBytes,
    end,
    drop: () => {
      unread.length = 0
      unreadBytes = 0
      end()
    },
  }
}
