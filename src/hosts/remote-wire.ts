import type { Hole, Message, Parcel, Send } from './remote-messages.ts'
import { createStreams } from './remote-streams.ts'

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** What holds a parcel's holes open. */
interface Life {
  /** Lets go of signals and callbacks, and closes streams that were not read to their end. */
  readonly release: () => void
  /** Resolves when all streams of the parcel are over; at once where there is none. */
  readonly streamsEnd: Promise<unknown>
}
interface OpenLife extends Life {
  readonly onRelease: (step: () => void) => void
  /** Called for each stream: what to call when it is over. */
  readonly newStream: () => () => void
}

function newLife(): OpenLife {
  const steps: (() => void)[] = []
  const streams: Promise<void>[] = []
  return {
    onRelease: (step) => void steps.push(step),
    newStream: () => {
      let end: () => void = () => undefined
      streams.push(
        new Promise((resolve) => {
          end = resolve
        }),
      )
      return end
    },
    release: () => {
      for (const step of steps) step()
    },
    get streamsEnd() {
      return Promise.all(streams)
    },
  }
}

/** One end of the parcels' wire. */
export interface Wire {
  readonly send: Send
  /** Takes signals, callbacks and streams out of the values. */
  readonly pack: (values: readonly unknown[]) => { readonly parcel: Parcel; readonly life: Life }
  /** Puts stand-ins where the other side took something out. */
  readonly unpack: (parcel: Parcel) => { readonly values: unknown[]; readonly life: Life }
  /** `true`: the message belonged to a parcel. */
  readonly receive: (message: Message) => boolean
  /** Ends everything that waits, with this failure. */
  readonly fail: (failure: unknown) => void
}

/** Carries parcels over a port; both ends have one. What crosses, and in which messages, is told in remote-messages.ts. */
export function createWire(port: MessagePort): Wire {
  let lastId = 0
  const reports = new Map<number, (value: unknown) => void>()
  const aborts = new Map<number, AbortController>()
  const send: Send = (message, transfer = []) => port.postMessage(message, transfer)
  const streams = createStreams(send)

  /** What stands at one place, made ready for the other side; `undefined` where cloning will do. */
  const takeOut = (at: Hole['at'], value: unknown, life: OpenLife): Hole | undefined => {
    const id = ++lastId
    if (value instanceof AbortSignal) {
      if (value.aborted) return { at, id, kind: 'signal', aborted: { reason: value.reason } }
      const tell = (): void => send({ say: 'abort', id, reason: value.reason })
      value.addEventListener('abort', tell, { once: true })
      life.onRelease(() => value.removeEventListener('abort', tell))
      return { at, id, kind: 'signal' }
    }
    if (typeof value === 'function') {
      reports.set(id, value as (value: unknown) => void)
      life.onRelease(() => reports.delete(id))
      return { at, id, kind: 'report' }
    }
    if (!isStream(value)) return undefined
    streams.offer(id, value, life.newStream())
    life.onRelease(() => streams.withdraw(id))
    return { at, id, kind: 'stream' }
  }

  const standIn = ({ id, kind, aborted }: Hole, life: OpenLife): unknown => {
    if (kind === 'report') return (value: unknown) => send({ say: 'report', id, value })
    if (kind === 'stream') return streams.read(id, life.newStream())
    const controller = new AbortController()
    if (aborted) controller.abort(aborted.reason)
    else aborts.set(id, controller)
    life.onRelease(() => aborts.delete(id))
    return controller.signal
  }

  return {
    send,
    pack: (values) => {
      const life = newLife()
      const holes: Hole[] = []
      const keep = (at: Hole['at'], value: unknown): unknown => {
        const hole = takeOut(at, value, life)
        if (!hole) return value
        holes.push(hole)
        return undefined
      }
      const rest = values.map((value, index) =>
        isPlain(value)
          ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keep([index, key], inner)]))
          : keep([index], value),
      )
      return { parcel: { values: rest, holes }, life }
    },
    unpack: ({ values, holes }) => {
      const life = newLife()
      for (const hole of holes) {
        const [index, key] = hole.at
        if (key === undefined) values[index] = standIn(hole, life)
        else (values[index] as Record<string, unknown>)[key] = standIn(hole, life)
      }
      return { values, life }
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
        case 'return':
        case 'chunk':
        case 'broken':
          streams.receive(message)
          return true
        case 'call':
        case 'answer':
        case 'refusal':
          return false
      }
    },
    fail: (failure) => {
      streams.fail(failure)
      for (const controller of aborts.values()) controller.abort(failure)
      aborts.clear()
      reports.clear()
    },
  }
}
