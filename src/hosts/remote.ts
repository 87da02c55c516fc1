import { assert, Bug } from '../core/assert.ts'
import { packThrown, unpackThrown, type Message, type Parcel, type Thrown } from './remote-messages.ts'
import { createWire } from './remote-wire.ts'

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
    const { values, life } = wire.unpack(parcel)
    try {
      const run = methods.get(method)
      assert(run, `only what is served is called, and ${method} is not`)
      const packed = wire.pack([await run(...values)])
      wire.send({ say: 'answer', id, parcel: packed.parcel })
      // A stream in the answer goes on with the call: it may still report, and be told to stop.
      await packed.life.streamsEnd
    } catch (thrown) {
      refuse(id, packThrown(thrown))
    } finally {
      life.release()
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
    { readonly resolve: (parcel: Parcel) => void; readonly reject: (thrown: unknown) => void }
  >()
  let lastCall = 0
  let lost: { readonly failure: unknown } | undefined

  const call = async (method: string, values: readonly unknown[]): Promise<unknown> => {
    const id = ++lastCall
    const { parcel, life } = wire.pack(values)
    const answer = new Promise<Parcel>((resolve, reject) => {
      if (lost) throw lost.failure
      calls.set(id, { resolve, reject })
      wire.send({ say: 'call', id, method, parcel })
    })
    try {
      const answered = wire.unpack(await answer)
      void answered.life.streamsEnd.then(life.release)
      return answered.values[0]
    } catch (thrown) {
      life.release()
      throw thrown
    } finally {
      calls.delete(id)
    }
  }
  port.addEventListener('message', (event: MessageEvent<Message>) => {
    const message = event.data
    if (wire.receive(message)) return
    if (message.say === 'answer') calls.get(message.id)?.resolve(message.parcel)
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
