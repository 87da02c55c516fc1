import { Bug } from '../core/assert.ts'

/**
 * What structured cloning cannot carry, carried all the same. A parcel is a list of values with holes; each hole says what stood there:
 *
 *   signal   the sender tells when it is aborted        abort  ──▶
 *   report   the receiver calls, the sender's runs             ◀──  report
 *   stream   the receiver pulls, one chunk at a time    chunk  ──▶  ◀──  pull, return
 *
 * Holes are looked for among the values and one step inside plain objects, nowhere deeper, so that large data is not walked.
 */
export interface Parcel {
  readonly values: unknown[]
  readonly holes: readonly Hole[]
}
interface Hole {
  readonly at: readonly [index: number, key?: string]
  readonly id: number
  readonly kind: 'signal' | 'report' | 'stream'
  /** A signal that had said stop before it was sent. */
  readonly aborted?: { readonly reason: unknown }
}

/** An exception on its way through a port. A `Bug` stays one; everything else is cloned, and failures are plain objects already. */
export type Thrown = { readonly bug: string } | { readonly value: unknown }

export type Message =
  | { readonly say: 'call'; readonly id: number; readonly method: string; readonly parcel: Parcel }
  | { readonly say: 'answer'; readonly id: number; readonly parcel: Parcel }
  | { readonly say: 'refusal'; readonly id: number; readonly thrown: Thrown }
  | { readonly say: 'abort'; readonly id: number; readonly reason: unknown }
  | { readonly say: 'report'; readonly id: number; readonly value: unknown }
  | { readonly say: 'pull' | 'return'; readonly id: number }
  | { readonly say: 'chunk'; readonly id: number; readonly step: IteratorResult<unknown> }
  | { readonly say: 'broken'; readonly id: number; readonly thrown: Thrown }

/** Streams whose chunks their maker never touches again: they are moved to the other side, not copied. */
const givenAway = new WeakSet<object>()
/** Marks a stream: its byte chunks may be moved out of the sender's memory. */
export const giveAway = <T>(stream: AsyncIterable<T>): AsyncIterable<T> => {
  givenAway.add(stream)
  return stream
}

export const packThrown = (thrown: unknown): Thrown =>
  thrown instanceof Bug ? { bug: thrown.message } : { value: thrown }
export const unpackThrown = (thrown: Thrown): unknown => ('bug' in thrown ? new Bug(thrown.bug) : thrown.value)

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
const wholeBuffer = (value: unknown): Transferable[] =>
  value instanceof Uint8Array && value.byteLength === value.buffer.byteLength ? [value.buffer as ArrayBuffer] : []

interface Waiting {
  readonly resolve: (step: IteratorResult<unknown>) => void
  readonly reject: (thrown: unknown) => void
}

/** One end of the parcels' wire. */
export interface Wire {
  readonly send: (message: Message) => void
  /** Takes signals, callbacks and streams out of the values; `release` when the call they belong to is over. */
  readonly pack: (values: readonly unknown[]) => { readonly parcel: Parcel; readonly release: () => void }
  /** Puts stand-ins where the other side took something out. */
  readonly unpack: (parcel: Parcel) => { readonly values: unknown[]; readonly release: () => void }
  /** `true`: the message belonged to a parcel. */
  readonly receive: (message: Message) => boolean
  /** Ends everything that waits, with this failure. */
  readonly fail: (failure: unknown) => void
}

export function createWire(port: MessagePort): Wire {
  let lastId = 0
  const reports = new Map<number, (value: unknown) => void>()
  const aborts = new Map<number, AbortController>()
  const producers = new Map<number, { readonly stream: AsyncIterable<unknown>; iterator?: AsyncIterator<unknown> }>()
  const waiting = new Map<number, Waiting>()

  const send = (message: Message, transfer: Transferable[] = []): void => port.postMessage(message, transfer)

  const endProducer = async (id: number): Promise<void> => {
    const producer = producers.get(id)
    producers.delete(id)
    await producer?.iterator?.return?.()
  }

  const sendChunk = async (id: number): Promise<void> => {
    const producer = producers.get(id)
    if (!producer) return send({ say: 'chunk', id, step: { done: true, value: undefined } })
    try {
      producer.iterator ??= producer.stream[Symbol.asyncIterator]()
      const step = await producer.iterator.next()
      if (step.done) producers.delete(id)
      send({ say: 'chunk', id, step }, givenAway.has(producer.stream) ? wholeBuffer(step.value) : [])
    } catch (thrown) {
      producers.delete(id)
      send({ say: 'broken', id, thrown: packThrown(thrown) })
    }
  }

  /** What stands at one place, made ready for the other side; `undefined` where cloning will do. */
  const takeOut = (at: Hole['at'], value: unknown, cleanUp: (() => void)[]): Hole | undefined => {
    if (value instanceof AbortSignal) {
      const id = ++lastId
      if (value.aborted) return { at, id, kind: 'signal', aborted: { reason: value.reason } }
      const tell = (): void => send({ say: 'abort', id, reason: value.reason })
      value.addEventListener('abort', tell, { once: true })
      cleanUp.push(() => value.removeEventListener('abort', tell))
      return { at, id, kind: 'signal' }
    }
    if (typeof value === 'function') {
      const id = ++lastId
      reports.set(id, value as (value: unknown) => void)
      cleanUp.push(() => reports.delete(id))
      return { at, id, kind: 'report' }
    }
    if (isStream(value)) {
      const id = ++lastId
      producers.set(id, { stream: value })
      cleanUp.push(() => void endProducer(id).catch(() => undefined))
      return { at, id, kind: 'stream' }
    }
    return undefined
  }

  const standIn = (hole: Hole, cleanUp: (() => void)[]): unknown => {
    if (hole.kind === 'report') return (value: unknown) => send({ say: 'report', id: hole.id, value })
    if (hole.kind === 'stream') return pulled(hole.id)
    const controller = new AbortController()
    if (hole.aborted) controller.abort(hole.aborted.reason)
    else aborts.set(hole.id, controller)
    cleanUp.push(() => aborts.delete(hole.id))
    return controller.signal
  }

  async function* pulled(id: number): AsyncGenerator {
    let isOver = false
    try {
      for (;;) {
        const step = await new Promise<IteratorResult<unknown>>((resolve, reject) => {
          waiting.set(id, { resolve, reject })
          send({ say: 'pull', id })
        }).catch((thrown: unknown) => {
          isOver = true
          throw thrown
        })
        isOver = step.done === true
        if (isOver) return
        yield step.value
      }
    } finally {
      if (!isOver) send({ say: 'return', id })
    }
  }

  return {
    send,
    pack: (values) => {
      const cleanUp: (() => void)[] = []
      const holes: Hole[] = []
      const rest = values.map((value, index) => {
        const whole = takeOut([index], value, cleanUp)
        if (whole) holes.push(whole)
        if (whole || !isPlain(value)) return whole ? undefined : value
        return Object.fromEntries(
          Object.entries(value).map(([key, inner]) => {
            const hole = takeOut([index, key], inner, cleanUp)
            if (hole) holes.push(hole)
            return [key, hole ? undefined : inner]
          }),
        )
      })
      return { parcel: { values: rest, holes }, release: () => cleanUp.forEach((step) => step()) }
    },
    unpack: ({ values, holes }) => {
      const cleanUp: (() => void)[] = []
      for (const hole of holes) {
        const [index, key] = hole.at
        if (key === undefined) values[index] = standIn(hole, cleanUp)
        else (values[index] as Record<string, unknown>)[key] = standIn(hole, cleanUp)
      }
      return { values, release: () => cleanUp.forEach((step) => step()) }
    },
    receive: (message) => {
      switch (message.say) {
        case 'abort':
          aborts.get(message.id)?.abort(message.reason)
          return true
        case 'report':
          reports.get(message.id)?.(message.value)
          return true
        case 'pull':
          void sendChunk(message.id)
          return true
        case 'return':
          void endProducer(message.id).catch(() => undefined)
          return true
        case 'chunk':
        case 'broken': {
          const asked = waiting.get(message.id)
          waiting.delete(message.id)
          if (message.say === 'chunk') asked?.resolve(message.step)
          else asked?.reject(unpackThrown(message.thrown))
          return true
        }
        case 'call':
        case 'answer':
        case 'refusal':
          return false
      }
    },
    fail: (failure) => {
      for (const { reject } of waiting.values()) reject(failure)
      for (const controller of aborts.values()) controller.abort(failure)
      for (const id of producers.keys()) void endProducer(id).catch(() => undefined)
      waiting.clear()
      aborts.clear()
      reports.clear()
    },
  }
}
