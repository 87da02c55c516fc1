import { describe, expect, test } from 'vitest'
import { busyPeers, cutShort, pausedMidway, transferOf } from '../../src/app/data/first-sync.ts'
import type { NodeInfo, PeerInfo, SessionInfo } from '../../src/sdk/index.ts'
import { peer } from './peers.ts'

const session = (of: number, more: Partial<SessionInfo> = {}): SessionInfo => ({
  peer: of,
  session: 0,
  scope: 'schema:a' as SessionInfo['scope'],
  part: 1,
  mode: 'ranges',
  state: 'transferring',
  since: of,
  entriesIn: 0,
  entriesOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  logsAwaited: 0,
  timeline: [],
  ...more,
})
const nodeOf = ({ transportKey }: PeerInfo, isPaused: boolean): NodeInfo => ({
  address: 'ws://shed/sync',
  transportKey: transportKey!,
  isPaused,
  addedAt: 0,
  state: 'off',
})

test('what is on its way is the sum of the sessions that have not come to their end', () => {
  const sessions = [
    session(1, { entriesIn: 3, logsAwaited: 7, bytesIn: 300 }),
    session(2, { state: 'comparing', entriesOut: 2, bytesOut: 50 }),
    session(3, { state: 'live', entriesIn: 90, bytesIn: 9_000 }),
  ]
  expect(transferOf(sessions)).toEqual({ came: 3, went: 2, awaited: 7, bytesIn: 300, bytesOut: 50 })
})

test('connections are busy while one of their sessions is', () => {
  const peers = [peer(1), peer(2)]
  expect(busyPeers(peers, [session(1, { state: 'live' }), session(2)])).toEqual([peers[1]])
})

describe('what was cut short', () => {
  const cut = session(1, { state: 'ended', logsAwaited: 40 })
  test('is a session that ended while something was still to come', () => {
    expect(cutShort([cut, session(2, { scope: 'schema:b' as SessionInfo['scope'], state: 'ended' })])).toEqual([cut])
  })
  test('is not one whose scope went on later, with whomever', () => {
    expect(cutShort([session(2, { state: 'live' }), cut])).toEqual([])
  })
  test('is not hidden by a later session that made room, or was cut before it knew what is missing', () => {
    expect(cutShort([cut, session(1, { session: 1, since: 5, state: 'ended' })])).toEqual([cut])
    expect(cutShort([cut, session(1, { session: 1, since: 5, state: 'ended', entriesIn: 8 })])).toEqual([cut])
    const compared = [{ at: 6, direction: 'in', type: 'SyncDone', bytes: 40 }] as const
    expect(cutShort([cut, session(1, { session: 1, since: 5, state: 'ended', timeline: compared })])).toEqual([])
  })
  test('goes on with the nodes that were paused meanwhile', () => {
    const [first, second] = [peer(1), peer(2)]
    expect(pausedMidway([nodeOf(first, true), nodeOf(second, true)], [first, second], [cut])).toEqual([
      nodeOf(first, true),
    ])
    expect(pausedMidway([nodeOf(first, false)], [first], [cut])).toEqual([])
  })
})
