import type { Result } from '../core/result.ts'
import type { Call } from '../engine/api.ts'
import type { Failure } from '../engine/failure.ts'
import { P2pandaError } from './errors.ts'
import type { Live, LiveStatus, Waiting } from './takibi-node.ts'
import { toError } from './unwrap.ts'

/** How one kind of live view is kept. */
export interface LiveSource<Value, State extends LiveStatus> {
  /** The state before the first answer. */
  readonly initial: State
  /** Asks the engine to report now and after every change, until the signal says stop. */
  readonly watch: (call: Call<Result<Value, Failure>>) => Promise<void>
  /** A new state from what was reported, with as much of the old one in it as stayed the same. */
  readonly next: (value: Value, state: State) => State
  /** Whether a state says everything; one that is `ready` may be on its way to that. */
  readonly isWhole?: (state: State) => boolean
}

const aborted = (): P2pandaError => new P2pandaError({ code: 'call/aborted' })

/**
 * A live view over a watch of the engine: it starts with the first subscriber and stops with the last.
 * Between two subscriptions it keeps its last state, so a component that comes back shows something at once.
 */
export function liveView<Value, State extends LiveStatus>(source: LiveSource<Value, State>): Live<State> {
  let state = source.initial
  let running: AbortController | undefined
  const listeners = new Set<(state: State, previous: State) => void>()

  const change = (next: State): void => {
    if (next === state) return
    const previous = state
    state = next
    for (const listener of listeners) listener(next, previous)
  }
  const fail = (thrown: unknown): void => {
    const error = toError(thrown)
    if (!(error instanceof P2pandaError)) throw error
    change({ ...state, status: 'failed', error })
  }
  const start = (): void => {
    const controller = new AbortController()
    const { signal } = controller
    running = controller
    const report = (result: Result<Value, Failure>): void => {
      // A report may already be on its way when the last subscriber leaves.
      if (signal.aborted) return
      if (result.ok) change(source.next(result.value, state))
      else fail(result.error)
    }
    source.watch({ signal, report }).catch((thrown: unknown) => {
      if (!signal.aborted) fail(thrown)
    })
  }

  const subscribe = (listener: (state: State, previous: State) => void): (() => void) => {
    // Each subscription is its own, also when one function subscribes twice.
    const own = (now: State, previous: State): void => listener(now, previous)
    listeners.add(own)
    if (!running) start()
    return () => {
      if (!listeners.delete(own) || listeners.size > 0) return
      running?.abort()
      running = undefined
    }
  }

  const once = ({ signal }: Waiting = {}): Promise<State> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted())
      const settle = (now: State): void => {
        if (now.status === 'ready' && (source.isWhole?.(now) ?? true)) leave(() => resolve(now))
        if (now.status === 'failed') leave(() => reject(now.error))
      }
      const stop = (): void => leave(() => reject(aborted()))
      const leave = (say: () => void): void => {
        unsubscribe()
        signal?.removeEventListener('abort', stop)
        say()
      }
      // What is kept from before may be old: only somebody else's running watch makes it current.
      const isCurrent = running !== undefined
      const unsubscribe = subscribe(settle)
      signal?.addEventListener('abort', stop, { once: true })
      if (isCurrent) settle(state)
    })

  return { getState: () => state, getInitialState: () => source.initial, subscribe, once }
}

/** A view of something that cannot exist: it failed before it began. */
export const failedView = <State extends LiveStatus>(initial: State, failure: Failure): Live<State> => {
  const error = new P2pandaError(failure)
  const state: State = { ...initial, status: 'failed', error }
  return {
    getState: () => state,
    getInitialState: () => state,
    subscribe: () => () => undefined,
    once: () => Promise.reject(error),
  }
}
