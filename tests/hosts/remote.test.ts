import * as fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Bug } from '../../src/core/assert.ts'
import { giveAway } from '../../src/hosts/remote-streams.ts'
import { connect, serve } from '../../src/hosts/remote.ts'

interface Call<Report = never> {
  readonly signal: AbortSignal
  readonly report?: (report: Report) => void
}

/** Something to call: each method does one thing that cannot simply be cloned. */
const sample = (seen: string[] = []) => ({
  echo: async (...values: readonly unknown[]): Promise<unknown> => values,
  fails: async (failure: unknown): Promise<never> => {
    throw failure
  },
  bug: async (): Promise<never> => {
    throw new Bug('two and two are five')
  },
  untilStopped: async ({ signal }: Call): Promise<unknown> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve(signal.reason)
      signal.addEventListener('abort', () => resolve(signal.reason))
    }),
  countTo: async (end: number, { report }: Call<number>): Promise<string> => {
    for (let n = 1; n <= end; n++) report?.(n)
    return 'done'
  },
  sum: async (source: AsyncIterable<Uint8Array>): Promise<number> => {
    let sum = 0
    for await (const chunk of source) sum += chunk.reduce((a, b) => a + b, 0)
    return sum
  },
  firstOf: async (source: AsyncIterable<number>): Promise<number | undefined> => {
    for await (const n of source) return n
    return undefined
  },
  numbers: async (end: number): Promise<{ ok: true; value: AsyncIterable<number> }> => ({
    ok: true,
    value: (async function* () {
      try {
        for (let n = 1; n <= end; n++) {
          seen.push(`made ${n}`)
          yield n
        }
      } finally {
        seen.push('closed')
      }
    })(),
  }),
  reading: async ({ signal, report }: Call<string>): Promise<AsyncIterable<number>> =>
    (async function* () {
      for (let n = 1; n <= 3; n++) {
        signal.throwIfAborted()
        yield n
      }
      report?.('read to the end')
    })(),
  breaks: async (): Promise<AsyncIterable<number>> =>
    (async function* () {
      yield 1
      throw { code: 'store/closed' }
    })(),
})
type Sample = ReturnType<typeof sample>

function overPort(seen?: string[]) {
  const { port1, port2 } = new MessageChannel()
  const stop = serve(sample(seen), port1)
  const connection = connect<Sample>(port2)
  onTestFinished(() => {
    stop()
    port1.close()
    port2.close()
  })
  return connection
}
const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}
async function* of<T>(...values: readonly T[]): AsyncGenerator<T> {
  yield* values
}

describe('a remote interface', () => {
  test('answers as the direct call does, whatever can be cloned', async () => {
    const { api } = overPort()
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 4 }), async (values) => {
        // What the platform cannot clone (symbols) is no question for us.
        const cloned = structuredClone(values)
        expect(await api.echo(...values)).toEqual(cloned)
      }),
      { numRuns: 200 },
    )
  })

  test('keeps answers apart that are under way at once', async () => {
    const { api } = overPort()
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => api.echo(n)))
    expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => [n]))
  })

  test('rejects with the plain failure that was thrown', async () => {
    const { api } = overPort()
    await expect(api.fails({ code: 'store/full' })).rejects.toStrictEqual({ code: 'store/full' })
    await expect(api.fails(new RangeError('too far'))).rejects.toThrow(new RangeError('too far'))
    await expect(api.bug()).rejects.toThrow(Bug)
  })

  test('refuses what cannot be cloned, on either side, and lives on', async () => {
    const { api } = overPort()
    await expect(api.echo([Symbol('never')])).rejects.toThrow(/could not be cloned/)
    await expect(api.fails({ inside: { deep: () => 1 } })).rejects.toThrow(/cloned/)
    expect(await api.echo(1)).toEqual([1])
  })

  test('names a method that is not there', async () => {
    const { api } = overPort()
    await expect((api as unknown as { nothing: () => Promise<void> }).nothing()).rejects.toThrow(/nothing/)
  })

  test('carries an abort with its reason, before and during the call', async () => {
    const { api } = overPort()
    const during = new AbortController()
    const answer = api.untilStopped({ signal: during.signal })
    during.abort({ code: 'call/aborted' })
    expect(await answer).toEqual({ code: 'call/aborted' })
    expect(await api.untilStopped({ signal: AbortSignal.abort('early') })).toBe('early')
  })

  test('calls reports in order, all of them before the answer', async () => {
    const { api } = overPort()
    const reports: number[] = []
    const { signal } = new AbortController()
    expect(await api.countTo(5, { signal, report: (n) => reports.push(n) })).toBe('done')
    expect(reports).toEqual([1, 2, 3, 4, 5])
  })
})

describe('a remote stream', () => {
  test('gives an argument chunk by chunk', async () => {
    const { api } = overPort()
    expect(await api.sum(of(Uint8Array.of(1, 2), Uint8Array.of(3)))).toBe(6)
  })

  test('moves the chunks of a stream that was given away, and copies all others', async () => {
    const { api } = overPort()
    const mine = Uint8Array.of(1, 2, 3)
    expect(await api.sum(of(mine))).toBe(6)
    expect(mine.length).toBe(3)
    expect(await api.sum(giveAway(of(mine)))).toBe(6)
    expect(mine.length).toBe(0)
  })

  test('is made only as fast as it is read', async () => {
    const seen: string[] = []
    const { api } = overPort(seen)
    const { value } = await api.numbers(100)
    const iterator = value[Symbol.asyncIterator]()
    expect(await iterator.next()).toEqual({ done: false, value: 1 })
    expect(await iterator.next()).toEqual({ done: false, value: 2 })
    expect(seen).toEqual(['made 1', 'made 2'])
  })

  test('is closed where it is made when its reader stops early', async () => {
    const seen: string[] = []
    const { api } = overPort(seen)
    for await (const n of (await api.numbers(100)).value) if (n === 3) break
    await api.echo('a message later')
    expect(seen).toEqual(['made 1', 'made 2', 'made 3', 'closed'])
  })

  test('given as an argument is closed when the call is over', async () => {
    const { api } = overPort()
    let isClosed = false
    const source = (async function* () {
      try {
        for (let n = 7; ; n++) yield n
      } finally {
        isClosed = true
      }
    })()
    expect(await api.firstOf(source)).toBe(7)
    await api.echo('a message later')
    expect(isClosed).toBe(true)
  })

  test('in an answer can still report and be stopped after the answer came', async () => {
    const { api } = overPort()
    const reports: string[] = []
    const report = (text: string): void => void reports.push(text)
    expect(await collect(await api.reading({ signal: new AbortController().signal, report }))).toEqual([1, 2, 3])
    expect(reports).toEqual(['read to the end'])

    const controller = new AbortController()
    const iterator = (await api.reading({ signal: controller.signal, report }))[Symbol.asyncIterator]()
    await iterator.next()
    controller.abort({ code: 'call/aborted' })
    await expect(iterator.next()).rejects.toEqual({ code: 'call/aborted' })
  })

  test('ends and breaks as the direct one does', async () => {
    const { api } = overPort()
    expect(await collect((await api.numbers(3)).value)).toEqual([1, 2, 3])
    await expect(collect(await api.breaks())).rejects.toStrictEqual({ code: 'store/closed' })
  })
})

describe('a connection whose other side died', () => {
  test('rejects all that waits and all that comes, streams too', async () => {
    const { api, fail } = overPort()
    const call = api.untilStopped({ signal: new AbortController().signal })
    const { value } = await api.numbers(3)
    const iterator = value[Symbol.asyncIterator]()
    await iterator.next()
    const failure = { code: 'call/lost', reason: 'it was killed' }
    const next = iterator.next()
    fail(failure)
    await expect(call).rejects.toBe(failure)
    await expect(next).rejects.toBe(failure)
    await expect(api.echo(1)).rejects.toBe(failure)
  })
})
