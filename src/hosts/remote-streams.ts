import { packThrown, unpackThrown, type Message, type Send } from './remote-messages.ts'

/** Streams whose chunks their maker never touches again: they are moved to the other side, not copied. */
const givenAway = new WeakSet<object>()
/** Marks a stream: its byte chunks may be moved out of the sender's memory. */
export const giveAway = <T>(stream: AsyncIterable<T>): AsyncIterable<T> => {
  givenAway.add(stream)
  return stream
}
const wholeBuffer = (value: unknown): Transferable[] =>
  value instanceof Uint8Array && value.byteLength === value.buffer.byteLength ? [value.buffer as ArrayBuffer] : []

/** A stream that is made here and read on the other side. */
interface Offer {
  readonly stream: AsyncIterable<unknown>
  readonly end: () => void
  iterator?: AsyncIterator<unknown>
}
interface Asked {
  readonly resolve: (step: IteratorResult<unknown>) => void
  readonly reject: (thrown: unknown) => void
}

/** The streams of one wire, in both directions: a chunk is made when it is asked for, and one is under way at a time. */
export interface Streams {
  /** Has the other side read this stream; `end` when it is read, broken or withdrawn. */
  readonly offer: (id: number, stream: AsyncIterable<unknown>, end: () => void) => void
  /** Closes an offered stream where it is made, unless it is over already. */
  readonly withdraw: (id: number) => void
  /** The stream that the other side offers; `end` when it is read, broken or left. */
  readonly read: (id: number, end: () => void) => AsyncIterable<unknown>
  readonly receive: (message: Extract<Message, { say: 'pull' | 'return' | 'chunk' | 'broken' }>) => void
  /** Breaks the streams that are read and withdraws those that are offered. */
  readonly fail: (failure: unknown) => void
}

export function createStreams(send: Send): Streams {
  const offers = new Map<number, Offer>()
  const asked = new Map<number, Asked>()

  const finish = (id: number): Offer | undefined => {
    const offer = offers.get(id)
    offers.delete(id)
    offer?.end()
    return offer
  }
  // A stream that fails while it is being closed fails for nobody: its reader has left.
  const withdraw = (id: number): void =>
    void finish(id)
      ?.iterator?.return?.()
      .catch(() => undefined)

  const sendChunk = async (id: number): Promise<void> => {
    const offer = offers.get(id)
    if (!offer) return send({ say: 'chunk', id, step: { done: true, value: undefined } })
    try {
      offer.iterator ??= offer.stream[Symbol.asyncIterator]()
      const step = await offer.iterator.next()
      send({ say: 'chunk', id, step }, givenAway.has(offer.stream) ? wholeBuffer(step.value) : [])
      if (step.done) finish(id)
    } catch (thrown) {
      send({ say: 'broken', id, thrown: packThrown(thrown) })
      finish(id)
    }
  }

  const pull = (id: number): Promise<IteratorResult<unknown>> =>
    new Promise((resolve, reject) => {
      asked.set(id, { resolve, reject })
      send({ say: 'pull', id })
    })

  async function* read(id: number, end: () => void): AsyncGenerator {
    let isLeft = true
    try {
      for (;;) {
        isLeft = false
        const step = await pull(id)
        if (step.done) return
        isLeft = true
        yield step.value
      }
    } finally {
      if (isLeft) send({ say: 'return', id })
      end()
    }
  }

  return {
    offer: (id, stream, end) => void offers.set(id, { stream, end }),
    withdraw,
    read,
    receive: (message) => {
      const reader = asked.get(message.id)
      switch (message.say) {
        case 'pull':
          return void sendChunk(message.id)
        case 'return':
          return withdraw(message.id)
        case 'chunk':
          asked.delete(message.id)
          return reader?.resolve(message.step)
        case 'broken':
          asked.delete(message.id)
          return reader?.reject(unpackThrown(message.thrown))
      }
    },
    fail: (failure) => {
      for (const { reject } of asked.values()) reject(failure)
      for (const id of offers.keys()) withdraw(id)
      asked.clear()
    },
  }
}
