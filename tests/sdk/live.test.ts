import { describe, expect, test } from 'vitest'
import { ok, fail, type Result } from '../../src/core/result.ts'
import type { Call } from '../../src/engine/api.ts'
import type { Failure } from '../../src/engine/failure.ts'
import { P2pandaError } from '../../src/sdk/errors.ts'
import { failedView, liveView } from '../../src/sdk/live.ts'
import type { Live, LiveStatus } from '../../src/sdk/types.ts'

type State = LiveStatus & { readonly n: number }
const initial: State = { status: 'loading', n: 0 }

/** A view of a number, and the calls by which it watches: how often it started, how often it was stopped. */
function aView() {
  const calls: Call<Result<number, Failure>>[] = []
  const view: Live<State> = liveView<number, State>({
    initial,
    watch: async (call) => {
      calls.push(call)
      await new Promise<void>((resolve) => call.signal.addEventListener('abort', () => resolve()))
    },
    next: (n, state) => (state.n === n && state.status === 'ready' ? state : { status: 'ready', n }),
  })
  const running = () => calls.filter(({ signal }) => !signal.aborted)
  return { view, calls, running, say: (result: Result<number, Failure>) => running()[0]?.report?.(result) }
}

describe('a live view', () => {
  test('watches from the first subscriber to the last', () => {
    const { view, calls, running } = aView()
    expect(calls).toHaveLength(0)
    const leave = [view.subscribe(() => undefined), view.subscribe(() => undefined)]
    expect(calls).toHaveLength(1)
    leave[0]?.()
    leave[0]?.()
    expect(running()).toHaveLength(1)
    leave[1]?.()
    expect(running()).toHaveLength(0)
    view.subscribe(() => undefined)
    expect(calls).toHaveLength(2)
  })

  test('tells each listener the new and the former state, and keeps the reference when nothing changed', () => {
    const { view, say } = aView()
    const heard: (readonly [State, State])[] = []
    view.subscribe((now, before) => heard.push([now, before]))
    say(ok(1))
    const state = view.getState()
    say(ok(1))
    expect(view.getState()).toBe(state)
    expect(heard).toEqual([[{ status: 'ready', n: 1 }, initial]])
    expect(view.getInitialState()).toBe(initial)
  })

  test('keeps the last good value beside a failure, and recovers', () => {
    const { view, say } = aView()
    view.subscribe(() => undefined)
    say(ok(1))
    say(fail({ code: 'store/closed' }))
    expect(view.getState()).toMatchObject({ status: 'failed', n: 1, error: { failure: { code: 'store/closed' } } })
    say(ok(2))
    expect(view.getState()).toEqual({ status: 'ready', n: 2 })
  })

  test('ignores what was on its way when the last subscriber left', () => {
    const { view, calls } = aView()
    view.subscribe(() => undefined)()
    calls[0]?.report?.(ok(5))
    expect(view.getState()).toBe(initial)
  })

  test('fails when its watch cannot begin', async () => {
    const view = liveView<number, State>({
      initial,
      watch: () => Promise.reject({ code: 'call/lost', reason: 'it was killed' }),
      next: (_, state) => state,
    })
    const thrown = await view.once().catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(P2pandaError)
    expect(thrown).toMatchObject({ failure: { code: 'call/lost' } })
  })
})

describe('once', () => {
  test('waits for the first answer and then lets go', async () => {
    const { view, say, running } = aView()
    const state = view.once()
    say(ok(3))
    expect(await state).toEqual({ status: 'ready', n: 3 })
    expect(running()).toHaveLength(0)
  })

  test('does not give what is left from an earlier watch', async () => {
    const { view, say } = aView()
    const first = view.once()
    say(ok(1))
    await first
    const second = view.once()
    say(ok(2))
    expect(await second).toEqual({ status: 'ready', n: 2 })
  })

  test('gives what a running watch knows at once', async () => {
    const { view, say } = aView()
    view.subscribe(() => undefined)
    say(ok(1))
    expect(await view.once()).toEqual({ status: 'ready', n: 1 })
  })

  test('throws the failure, or that it was stopped', async () => {
    const { view, say, running } = aView()
    const failing = view.once()
    say(fail({ code: 'store/full' }))
    await expect(failing).rejects.toMatchObject({ failure: { code: 'store/full' } })
    const controller = new AbortController()
    const stopped = view.once({ signal: controller.signal })
    controller.abort()
    await expect(stopped).rejects.toMatchObject({ failure: { code: 'call/aborted' } })
    expect(running()).toHaveLength(0)
  })
})

test('a view of what cannot be is failed from the start', async () => {
  const view = failedView<State>(initial, { code: 'hash/malformed' })
  expect(view.getState()).toMatchObject({ status: 'failed', n: 0 })
  expect(view.getState()).toBe(view.getState())
  await expect(view.once()).rejects.toMatchObject({ failure: { code: 'hash/malformed' } })
})
