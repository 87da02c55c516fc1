import type { Clock } from '../../ports/clock.ts'
import type { ScopeName } from '../../ports/store.ts'
import type { MessageType } from '../../sync/messages.ts'
import type { PeerInfo, SessionInfo, SessionState, TimelineItem } from './api.ts'

/** Messages that are kept of a session to look at; connections that are kept after they ended. */
const maxTimeline = 200
const maxClosed = 50
/** Watchers hear of changes this often at most. */
const reportEveryMs = 250

/** What is counted of a session while it runs. */
export interface SessionRecord {
  readonly about: Pick<SessionInfo, 'peer' | 'session' | 'scope' | 'part' | 'since'>
  mode: SessionInfo['mode']
  state: SessionState
  entriesIn: number
  entriesOut: number
  bytesIn: number
  bytesOut: number
  logsAwaited: number
  readonly timeline: TimelineItem[]
}

/** What is counted of a connection while it runs, and a while longer. */
export interface PeerRecord {
  readonly id: number
  info: PeerInfo
  readonly sessions: Map<number, SessionRecord>
}

/** All connections of this engine, to be looked at. Decides nothing. */
export interface PeerRegistry {
  readonly open: (about: Pick<PeerInfo, 'medium' | 'isDialled'>) => PeerRecord
  readonly update: (record: PeerRecord, change: Partial<PeerInfo>) => void
  readonly openSession: (
    record: PeerRecord,
    about: {
      readonly session: number
      readonly scope: ScopeName
      readonly part: 0 | 1
      readonly mode: SessionInfo['mode']
    },
  ) => SessionRecord
  /** A message went by; counted for the connection and, where it is of one, for its session. */
  readonly count: (
    record: PeerRecord,
    message: { readonly type: MessageType; readonly session?: number },
    direction: 'in' | 'out',
    bytes: number,
  ) => void
  readonly touch: () => void
  readonly peers: () => readonly PeerInfo[]
  readonly sessions: () => readonly SessionInfo[]
  readonly records: () => readonly PeerRecord[]
  /** Calls `report` now and after changes, not more often than it makes sense, until the signal says stop. */
  readonly watch: (report: () => Promise<void>, signal: AbortSignal) => Promise<void>
}

export function createPeerRegistry(clock: Clock): PeerRegistry {
  const records = new Map<number, PeerRecord>()
  const listeners = new Set<() => void>()
  let lastId = 0

  const touch = (): void => {
    for (const listener of listeners) listener()
  }
  const forgetOld = (): void => {
    const closed = [...records.values()].filter(({ info }) => info.state === 'closed')
    for (const { id } of closed.slice(0, Math.max(0, closed.length - maxClosed))) records.delete(id)
  }
  const infoOf = (record: SessionRecord): SessionInfo => {
    const { about, timeline, ...counted } = record
    return { ...about, ...counted, timeline: [...timeline] }
  }

  return {
    open: (about) => {
      const id = ++lastId
      const since = clock.now()
      const record: PeerRecord = {
        id,
        info: { id, ...about, state: 'handshake', bytesIn: 0, bytesOut: 0, since },
        sessions: new Map(),
      }
      records.set(id, record)
      forgetOld()
      touch()
      return record
    },
    update: (record, change) => {
      record.info = { ...record.info, ...change }
      if (change.state === 'closed') for (const session of record.sessions.values()) session.state = 'ended'
      touch()
    },
    openSession: (record, { session, scope, part, mode }) => {
      const opened: SessionRecord = {
        about: { peer: record.id, session, scope, part, since: clock.now() },
        mode,
        state: 'comparing',
        entriesIn: 0,
        entriesOut: 0,
        bytesIn: 0,
        bytesOut: 0,
        logsAwaited: 0,
        timeline: [],
      }
      record.sessions.set(session, opened)
      touch()
      return opened
    },
    count: (record, { type, session }, direction, bytes) => {
      const name = direction === 'in' ? 'bytesIn' : 'bytesOut'
      record.info = { ...record.info, [name]: record.info[name] + bytes }
      const counted = session === undefined ? undefined : record.sessions.get(session)
      if (counted) {
        counted[name] += bytes
        counted.timeline.push({ at: clock.now(), direction, type, bytes })
        if (counted.timeline.length > maxTimeline) counted.timeline.shift()
      }
      touch()
    },
    touch,
    peers: () => [...records.values()].map(({ info }) => info),
    sessions: () => [...records.values()].flatMap(({ sessions }) => [...sessions.values()].map(infoOf)),
    records: () => [...records.values()],
    watch: async (report, signal) => {
      let isChanged = true
      let wake = (): void => undefined
      const listener = (): void => {
        isChanged = true
        wake()
      }
      const stop = (): void => wake()
      listeners.add(listener)
      signal.addEventListener('abort', stop, { once: true })
      while (!signal.aborted) {
        if (!isChanged)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        if (signal.aborted) break
        isChanged = false
        await report()
        await clock.sleep(reportEveryMs, signal).catch(() => undefined)
      }
      listeners.delete(listener)
      signal.removeEventListener('abort', stop)
    },
  }
}
