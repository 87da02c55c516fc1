import { assert } from '../../core/assert.ts'
import type { Channel } from '../../ports/transport.ts'
import type { Clock } from '../../ports/clock.ts'

export interface MemoryChannelOptions {
  readonly clock: Clock
  /** Milliseconds that each chunk is under way; absent: none, and no clock is asked. */
  readonly latencyMs?: number
  /** Bytes that may lie unread before `send` waits. */
  readonly windowBytes?: number
}

/** One direction: what has arrived and was not read yet, and who waits for it to change. */
interface Pipe {
  readonly arrived: Uint8Array[]
  unread: number
  wake: () => void
}

const defaultWindowBytes = 64 * 1024
const gone = { code: 'channel/gone' } as const

const newPipe = (): Pipe => ({ arrived: [], unread: 0, wake: () => undefined })

/** A turn for whoever waits for this pipe: readers for a chunk, writers for room. */
const changeOf = (pipe: Pipe): Promise<void> =>
  new Promise((resolve) => {
    const before = pipe.wake
    pipe.wake = () => {
      before()
      resolve()
    }
  })
const changed = (pipe: Pipe): void => {
  const { wake } = pipe
  pipe.wake = () => undefined
  wake()
}

/**
 * Two ends of one channel. Chunks arrive in their order, after `latencyMs` by the clock. When either end closes, both are gone: what had
 * arrived can still be read, what was under way is lost.
 */
export function memoryChannelPair({
  clock,
  latencyMs = 0,
  windowBytes = defaultWindowBytes,
}: MemoryChannelOptions): readonly [Channel, Channel] {
  const end = new AbortController()
  const closed = new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve(), { once: true }))
  const [there, back] = [newPipe(), newPipe()]

  const close = (): void => {
    if (end.signal.aborted) return
    end.abort(gone)
    changed(there)
    changed(back)
  }
  const arriveIn = (pipe: Pipe): ((bytes: Uint8Array) => void) => {
    let underWay: Promise<void> = Promise.resolve()
    const arrive = (bytes: Uint8Array): void => {
      if (end.signal.aborted) return
      pipe.arrived.push(bytes)
      changed(pipe)
    }
    return (bytes) => {
      if (latencyMs === 0) return arrive(bytes)
      // All begin to wait at once, and arrive in their order.
      const landing = clock.sleep(latencyMs, end.signal).catch(() => undefined)
      underWay = Promise.all([underWay, landing]).then(() => arrive(bytes))
    }
  }
  const endOf = (from: Pipe, to: Pipe): Channel => {
    const deliver = arriveIn(to)
    let isRead = false
    async function* received(): AsyncGenerator<Uint8Array> {
      assert(!isRead, 'a channel is read once')
      isRead = true
      for (;;) {
        const chunk = from.arrived.shift()
        if (chunk) {
          from.unread -= chunk.length
          changed(from)
          yield chunk
        } else if (end.signal.aborted) return
        else await changeOf(from)
      }
    }
    return {
      medium: 'memory',
      received: { [Symbol.asyncIterator]: received },
      send: async (bytes) => {
        end.signal.throwIfAborted()
        to.unread += bytes.length
        deliver(bytes.slice())
        while (to.unread > windowBytes && !end.signal.aborted) await changeOf(to)
        end.signal.throwIfAborted()
      },
      closed,
      close,
    }
  }
  return [endOf(back, there), endOf(there, back)]
}
