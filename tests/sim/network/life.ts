import type { EnginePorts } from '../../../src/engine/deps.ts'
import type { Channel, Clock, Locks, Store } from '../../../src/ports/index.ts'
import type { TransportKey } from '../../../src/ports/transport-key.ts'

/** What the dead are answered. */
const nothingMore = new Promise<never>(() => undefined)

/**
 * The life of one process. It may end at any of its calls to the outside, before the call or after it and before the answer; from then on
 * nothing it began goes on. What lies in its store stays.
 */
export interface Life {
  readonly isOver: () => boolean
  /** Ends it at the call that many calls from now. */
  readonly endIn: (calls: number, when: 'before' | 'after') => void
  readonly end: () => void
  readonly call: <T>(make: () => Promise<T>) => Promise<T>
  /** Resolves when it is over. */
  readonly ended: Promise<void>
}

export function newLife(onEnd: () => void): Life {
  let isOver = false
  let death: { left: number; readonly when: 'before' | 'after' } | undefined
  let onEnded = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    onEnded = resolve
  })
  const end = (): void => {
    if (isOver) return
    isOver = true
    onEnded()
    onEnd()
  }
  return {
    isOver: () => isOver,
    end,
    endIn: (calls, when) => {
      death = { left: calls, when }
    },
    ended,
    call: async (make) => {
      if (isOver) return nothingMore
      const meant = death
      const isLast = meant !== undefined && meant.left-- === 0
      if (isLast && meant.when === 'before') end()
      if (isOver) return nothingMore
      const answer = await make().catch((thrown: unknown) => {
        if (isOver) return nothingMore
        throw thrown
      })
      // A call may last, as a sleep does, and the death be put off meanwhile.
      if (isLast && death === meant) end()
      return isOver ? nothingMore : answer
    },
  }
}

type AnyMethod = (...args: readonly unknown[]) => unknown
/** Its methods that answer page by page. */
const paged: ReadonlySet<string> = new Set(['allHeads', 'allDocuments', 'partLogs'] satisfies (keyof Store)[])

function mortalStore(life: Life, store: Store): Store {
  async function* pages(source: AsyncIterable<unknown>): AsyncGenerator {
    const pulled = source[Symbol.asyncIterator]()
    for (;;) {
      const next = await life.call(() => pulled.next())
      if (next.done) return
      yield next.value
    }
  }
  const methods = Object.entries(store).map(([name, method]): readonly [string, AnyMethod] => {
    const call = method as AnyMethod
    return paged.has(name)
      ? [name, (...args) => pages(call(...args) as AsyncIterable<unknown>)]
      : [name, (...args) => life.call(() => call(...args) as Promise<unknown>)]
  })
  return { ...(Object.fromEntries(methods) as unknown as Store), [Symbol.asyncDispose]: store[Symbol.asyncDispose] }
}

const mortalClock = (life: Life, { now, sleep }: Clock): Clock => ({
  now,
  sleep: (ms, signal) => life.call(() => sleep(ms, signal)),
})

/** Whoever dies lets go of what it held, as the browser sees to. */
const mortalLocks = (life: Life, locks: Locks): Locks => ({
  hold: <T>(name: string, body: () => Promise<T>, signal: AbortSignal) =>
    life.call(() =>
      locks.hold<T | void>(name, () => (life.isOver() ? life.ended : Promise.race([body(), life.ended])), signal),
    ) as Promise<T>,
})

/** Ports that work as long as the process lives. */
export const mortalPorts = (life: Life, ports: EnginePorts): EnginePorts => ({
  ...ports,
  store: mortalStore(life, ports.store),
  clock: mortalClock(life, ports.clock),
  locks: mortalLocks(life, ports.locks),
  keys: {
    publicKeys: () => life.call(ports.keys.publicKeys),
    signEntries: (unsigned, signal) => life.call(() => ports.keys.signEntries(unsigned, signal)),
    signHello: (side, hash, signal) => life.call(() => ports.keys.signHello(side, hash, signal)),
  },
  verifier: { verify: (...args) => life.call(() => ports.verifier.verify(...args)) },
  broadcast: {
    post: (message) => {
      if (!life.isOver()) ports.broadcast.post(message)
    },
    subscribe: (listener) => ports.broadcast.subscribe((message) => (life.isOver() ? undefined : listener(message))),
  },
})

export const mortalTransportKey = (life: Life, key: TransportKey): TransportKey => ({
  publicKey: () => life.call(key.publicKey),
  answer: (question, signal) => life.call(() => key.answer(question, signal)),
  seal: (to, plain, signal) => life.call(() => key.seal(to, plain, signal)),
  unseal: (from, sealed, signal) => life.call(() => key.unseal(from, sealed, signal)),
})

export function mortalChannel(life: Life, channel: Channel): Channel {
  async function* received(): AsyncGenerator<Uint8Array> {
    const chunks = channel.received[Symbol.asyncIterator]()
    for (;;) {
      const next = await life.call(() => chunks.next())
      if (next.done) return
      yield next.value
    }
  }
  return {
    ...channel,
    received: { [Symbol.asyncIterator]: received },
    send: (bytes) => life.call(() => channel.send(bytes)),
    close: () => {
      if (!life.isOver()) channel.close()
    },
  }
}
