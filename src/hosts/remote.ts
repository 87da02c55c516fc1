import { assert, Bug } from '../core/assert.ts'
import { createWire, packThrown, unpackThrown, type Message, type Thrown } from './remote-wire.ts'

/**
 * An interface of asynchronous methods, carried over a MessagePort, so that a caller cannot tell it from the direct call:
 *
 *   page                                   engine worker
 *   connect(port).query(q, { signal })  ─▶ serve(api, port): api.query(q, { signal })
 *
 * Arguments and answers are cloned; an AbortSignal is followed, a callback is called back, an async iterable is pulled
 * chunk by chunk, only as fast as it is read. Rejections arrive as what was thrown.
 */
export interface Connection<Api> {
  readonly api: Api
  /** Rejects every call that waits and all to come with this failure. Use it when the other side is known to be dead. */
  readonly fail: (failure: unknown) => void
}

type Method = (...values: readonly unknown[]) => unknown

/** Answers calls from the port until the port is closed. Returns the function that stops answering. */
export function serve(api: object, port: MessagePort): () => void {
  const wire = createWire(port)
  const methods = new Map(Object.entries(api).filter((pair): pair is [string, Method] => typeof pair[1] === 'function'))

  const answer = async ({ id, method, parcel }: Extract<Message, { say: 'call' }>): Promise<void> => {
    const received = wire.unpack(parcel)
    try {
      const run = methods.get(method)
      assert(run, `a call of ${method}, which is not served`)
      const answered = await run(...received.values)
      wire.send({ say: 'answer', id, parcel: wire.pack([answered]).parcel })
    } catch (thrown) {
      refuse(id, packThrown(thrown))
    } finally {
      received.release()
    }
  }
  const refuse = (id: number, thrown: Thrown): void => {
    try {
      wire.send({ say: 'refusal', id, thrown })
    } catch {
      // What was thrown cannot be cloned, so it was no failure of ours to begin with.
      wire.send({ say: 'refusal', id, thrown: { bug: 'something that cannot be sent was thrown' } })
    }
  }
  const onMessage = (event: MessageEvent<Message>): void => {
    if (!wire.receive(event.data) && event.data.say === 'call') void answer(event.data)
  }
  port.addEventListener('message', onMessage)
  port.start()
  return () => {
    port.removeEventListener('message', onMessage)
    wire.fail(new Bug('this end of the port was closed'))
  }
}

/** The other side's interface, as if it were here. */
export function connect<Api extends object>(port: MessagePort): Connection<Api> {
  const wire = createWire(port)
  const calls = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (thrown: unknown) => void }
  >()
  let lastCall = 0
  let lost: { readonly failure: unknown } | undefined

  const call = (method: string, values: readonly unknown[]): Promise<unknown> => {
    const id = ++lastCall
    const { parcel, release } = wire.pack(values)
    return new Promise<unknown>((resolve, reject) => {
      if (lost) throw lost.failure
      calls.set(id, { resolve, reject })
      wire.send({ say: 'call', id, method, parcel })
    }).finally(() => {
      calls.delete(id)
      release()
    })
  }
  port.addEventListener('message', (event: MessageEvent<Message>) => {
    const message = event.data
    if (wire.receive(message)) return
    if (message.say === 'answer') calls.get(message.id)?.resolve(wire.unpack(message.parcel).values[0])
    if (message.say === 'refusal') calls.get(message.id)?.reject(unpackThrown(message.thrown))
  })
  port.start()

  const methods = new Map<PropertyKey, Method>()
  const api = new Proxy({} as Api, {
    get: (_, name) => {
      // Whoever awaits the connection itself asks for `then`.
      if (typeof name === 'symbol' || name === 'then') return undefined
      const known = methods.get(name) ?? ((...values) => call(name, values))
      methods.set(name, known)
      return known
    },
  })
  return {
    api,
    fail: (failure) => {
      lost ??= { failure }
      for (const { reject } of calls.values()) reject(failure)
      wire.fail(failure)
    },
  }
}
