import { expect, test } from 'vitest'
import { devices } from '../../src/app/messages/en/devices.ts'
import { formatFor } from '../../src/app/messages/format.ts'
import { readTheft, removalPoints, theftField } from '../../src/app/routes/you/removal-plan.ts'
import type { PublicKey } from '../../src/core/ids.ts'

const say = devices(formatFor('en-GB')).removal
const key = (digits: string): PublicKey => digits.repeat(32) as PublicKey
const plan = { keptLogs: 3, leftOut: 2, letIn: [], isFinal: true }

test('of a lost device it is said what is kept; of a stolen one also what does not count', () => {
  expect(removalPoints(plan, false, say)).toEqual([
    '3 of its logs are kept.',
    'It let nobody in.',
    'It no longer speaks for you. What it already has, it keeps.',
  ])
  expect(removalPoints(plan, true, say)).toContain('2 entries that came since do not count any more.')
})

test('everybody whom the device let in is named, with whether they stay', () => {
  const letIn = [
    { publicKey: key('ab'), stays: true },
    { publicKey: key('cd'), stays: false },
  ]
  const points = removalPoints({ ...plan, letIn }, true, say)
  expect(points).toContain('Key ababab was let in by it, and stays.')
  expect(points).toContain('Key cdcdcd was let in by it, and is out, too.')
  expect(points).not.toContain('It let nobody in.')
})

test('a moment is read in the time of this device, to the minute; none, and one to come, are told apart', () => {
  const now = new Date(2026, 10, 22, 18, 5).getTime()
  expect(theftField(now)).toBe('2026-11-22T18:05')
  expect(readTheft(theftField(now), now)).toEqual({ since: now })
  expect(readTheft('', now)).toEqual({ error: 'sinceMissing' })
  expect(readTheft('2026-11-22T18:06', now)).toEqual({ error: 'sinceAhead' })
})
