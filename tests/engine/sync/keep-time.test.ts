import { expect, onTestFinished, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { createAttention } from '../../../src/engine/attention.ts'
import { keepTime } from '../../../src/engine/sync/keep-time.ts'
import type { Failure } from '../../../src/engine/failure.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

/** A connection whose peer answers each beat, and a clock that counts who sleeps. `moreTicks`: how often there is still something to do. */
const aConnection = ({ hasHello = true, isHeard = true, moreTicks = 0 } = {}) => {
  const clock = memoryClock(1_700_000_000_000)
  const [attention, life] = [createAttention(), new AbortController()]
  onTestFinished(() => life.abort())
  const seen = { sleeps: 0, beats: [] as number[], ticks: [] as number[], failures: [] as Failure[] }
  let saidAt = clock.now()
  let more = moreTicks
  const sleep: typeof clock.sleep = (ms, signal) => {
    seen.sleeps++
    return clock.sleep(ms, signal)
  }
  const time = keepTime(
    { now: clock.now, sleep },
    attention,
    {
      hasHello: () => hasHello,
      lastSaidAt: () => saidAt,
      beat: () => {
        seen.beats.push((saidAt = clock.now()))
        if (isHeard) time.heard()
      },
      tick: async () => {
        seen.ticks.push(clock.now())
        return more-- > 0
      },
      stop: (failure) => {
        seen.failures.push(failure)
        life.abort()
      },
    },
    life.signal,
  )
  return { clock, attention, time, seen }
}
/** Until whoever was woken sleeps again. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('[RP30] a connection on which nothing happens wakes for its beats only, every 30 seconds', async () => {
  const { clock, seen } = aConnection()
  await clock.advance(hourMs)
  expect(seen.beats).toHaveLength(120)
  expect(seen.sleeps).toBeLessThanOrEqual(122)
  expect(seen.ticks).toEqual([])
})

test('[RP30] while nobody looks it wakes at whole minutes, often enough that nobody takes it for gone', async () => {
  const { clock, attention, seen } = aConnection()
  attention.set(false)
  await turn()
  await clock.advance(hourMs)
  expect(seen.beats.length).toBeGreaterThanOrEqual(59)
  expect(seen.beats.length).toBeLessThanOrEqual(60)
  expect(seen.beats.filter((at) => at % minuteMs !== 0)).toEqual([])
  expect(seen.sleeps).toBeLessThanOrEqual(63)
  const gaps = seen.beats.slice(1).map((at, n) => at - (seen.beats[n] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(80_000)
})

test('[RP30] what happened is looked after a second later, once, and again as long as there is more to do', async () => {
  const { clock, time, seen } = aConnection({ moreTicks: 2 })
  const startedAt = clock.now()
  time.stir()
  await turn()
  await clock.advance(400)
  time.stir()
  await turn()
  await clock.advance(20_000)
  expect(seen.ticks.map((at) => at - startedAt)).toEqual([1_000, 2_000, 3_000])
})

test('[RP30] a clock that is set back makes nobody wait longer', async () => {
  const { clock, attention, seen } = aConnection()
  attention.set(false)
  await turn()
  await clock.advance(2 * minuteMs)
  const before = seen.beats.length
  clock.set(clock.now() - 30 * minuteMs)
  attention.set(true)
  await turn()
  await clock.advance(minuteMs)
  expect(seen.beats.length).toBeGreaterThan(before)
})

test('[RP7] a Hello that does not come in ten seconds, and silence of ninety, end a connection, to the moment', async () => {
  const late = aConnection({ hasHello: false })
  await late.clock.advance(9_999)
  expect(late.seen.failures).toEqual([])
  await late.clock.advance(1)
  expect(late.seen.failures).toEqual([{ code: 'sync/hello-late' }])
  const silent = aConnection({ isHeard: false })
  await silent.clock.advance(89_999)
  expect(silent.seen.failures).toEqual([])
  await silent.clock.advance(1)
  expect(silent.seen.failures).toEqual([{ code: 'sync/silent', ms: 90_000 }])
})
