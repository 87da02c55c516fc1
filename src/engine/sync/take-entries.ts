import { logName } from '../../core/entry/log-name.ts'
import type { SeqNum } from '../../core/ids.ts'
import { maxIngestBatch, maxIntroducedEntries } from '../../core/limits.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { type OpenedRanges, openLogRanges } from '../../sync/log-ranges.ts'
import type { MessageOf } from '../../sync/messages.ts'
import type { Failure } from '../failure.ts'
import type { PreparedItem } from '../ingest-prepare.ts'
import { askForFileData, noteBare } from './file-data.ts'
import { takeGuestRoom } from './guest-room.ts'
import { type PartSession, grantAfter } from './part-session.ts'
import { rebuildRanges } from './rebuild.ts'
import { prepareReceived, receiveEntries } from './receive.ts'
import { takeBack } from './refusals.ts'
import type { RangesAhead, ReadRanges } from './ranges-ahead.ts'
import { type SessionHost, feed } from './session-driver.ts'

/** Entries a peer may send that an honest one does not, before the connection ends (sync.md §6). */
const maxFaults = 3

/** What is counted of a connection, whichever sessions it opens. */
export interface Faults {
  count: number
  /** Entries that came by way of introduction, to groups that do not know the peer. */
  introduced: number
}

type Handled = Promise<Result<void, Failure>>

/** Grants anew what was stored, once it is worth a message. */
function grant(host: SessionHost, session: PartSession): void {
  if (session.ungranted < grantAfter) return
  host.say({ type: 'Credit', session: session.state.id, bytes: session.ungranted })
  session.ungranted = 0
}

/** Several `Entry` of one session, in a row. @param bytes of their frames, to be granted anew */
export async function takeEntries(
  host: SessionHost,
  session: PartSession,
  messages: readonly MessageOf<'Entry'>[],
  bytes: number,
  faults: Faults,
): Handled {
  session.ungranted += bytes
  return takePrepared(host, session, await prepareReceived(host.deps, messages, host.signal), faults)
}

/** Begins to read a message that will have its turn in this session. Where there is none, nothing. */
export function lookAhead(
  host: SessionHost,
  session: PartSession | undefined,
  message: MessageOf<'LogRanges'>,
  bytes: number,
): RangesAhead | undefined {
  const ahead = session && beginReading(host, message, bytes)
  if (ahead) session.ahead.push(ahead)
  return ahead
}

function beginReading(host: SessionHost, message: MessageOf<'LogRanges'>, bytes: number): RangesAhead {
  const opened = openLogRanges(message)
  if (!opened.ok || opened.value.links.length > 0) return { opened, bytes }
  const read = readRanges(host, opened.value)
  const ahead: RangesAhead = { opened, bytes, read }
  // A failure is heard in its turn.
  read.then(
    (done) => (ahead.isRead = done),
    () => undefined,
  )
  return ahead
}

/** Those right after it that are read by now and share a commit with it. Who has little room is asked about each message. */
function takeFollowing(
  { ahead, scope }: PartSession,
  first: ReadRanges,
): readonly (RangesAhead & { isRead: ReadRanges })[] {
  if ('group' in scope && scope.access !== 'all') return []
  let count = first.prepared.length
  const following: (RangesAhead & { isRead: ReadRanges })[] = []
  for (const next of ahead) {
    const { isRead } = next
    count += isRead?.prepared.length ?? 0
    if (!isRead || count > maxIngestBatch) break
    next.isTaken = true
    following.push({ ...next, isRead })
  }
  ahead.splice(0, following.length)
  return following
}

async function readRanges({ deps, signal }: SessionHost, opened: OpenedRanges): Promise<ReadRanges> {
  const { items, unlinked } = await rebuildRanges(deps.store, opened)
  return { unlinked, prepared: await prepareReceived(deps, items, signal) }
}

/**
 * Entries without what can be recomputed: made again, then taken like others, with those of messages that came meanwhile. Where one builds on what is
 * not here, all of its log are asked for.
 */
export async function takeRanges(
  host: SessionHost,
  session: PartSession,
  message: RangesAhead | undefined,
  faults: Faults,
): Handled {
  if (!message || message.isTaken) return ok(undefined)
  session.ahead.splice(session.ahead.indexOf(message), 1)
  const { opened, read, bytes } = message
  session.ungranted += bytes
  if (!opened.ok) return opened
  const first = await (read ?? readRanges(host, opened.value))
  const following = takeFollowing(session, first)
  for (const next of following) session.ungranted += next.bytes
  const all = [first, ...following.map(({ isRead }) => isRead)]
  for (const { publicKey, logId, toSeq } of all.flatMap(({ unlinked }) => unlinked))
    host.say({ type: 'WantPool', session: session.state.id, publicKey, logId, seqNums: [1n as SeqNum, toSeq] })
  const taken = await takePrepared(
    host,
    session,
    all.flatMap(({ prepared }) => prepared),
    faults,
  )
  // Their bytes are our own work, so a signature that does not hold is a lie about them.
  if (!taken.ok && taken.error.code === 'entry/signature-invalid')
    return fail({ code: 'sync/entry-forged', publicKey: taken.error.publicKey })
  return taken
}

async function takePrepared(
  host: SessionHost,
  session: PartSession,
  prepared: readonly PreparedItem[],
  faults: Faults,
): Handled {
  for (let at = 0; at < prepared.length; at += maxIngestBatch) {
    const taken = await takeBatch(host, session, prepared.slice(at, at + maxIngestBatch), faults)
    if (!taken.ok) return taken
  }
  return ok(undefined)
}

/** Guests and those not heard of have little room, counted before anything of it is stored. */
async function takeRoom(
  host: SessionHost,
  { scope }: PartSession,
  prepared: readonly PreparedItem[],
  faults: Faults,
): Handled {
  const isIntroduced = 'group' in scope && scope.access === 'introduce'
  if (isIntroduced) faults.introduced += prepared.length
  if (faults.introduced > maxIntroducedEntries)
    return fail({ code: 'sync/too-many', what: 'introduced-entries', limit: maxIntroducedEntries })
  const bytes = prepared.reduce((sum, item) => sum + (item.ok ? (item.value.payload?.bytes.length ?? 0) : 0), 0)
  return takeGuestRoom(host.deps.store, scope, { entries: prepared.length, bytes })
}

async function takeBatch(
  host: SessionHost,
  session: PartSession,
  prepared: readonly PreparedItem[],
  faults: Faults,
): Handled {
  const room = await takeRoom(host, session, prepared, faults)
  if (!room.ok) return room
  const received = await receiveEntries(host.deps, session.scope, prepared)
  session.record.entriesIn += prepared.length
  for (const log of received.logs) {
    if (!session.live) session.came.set(logName(log), log)
    if (log.seqNum > (session.heights.get(logName(log)) ?? 0n)) session.heights.set(logName(log), log.seqNum)
  }
  const hashes = received.logs.map(({ hash }) => hash)
  takeBack(session, 'there', hashes)
  for (const id of received.turnedAway) session.turnedAway.add(id)
  const [fault] = received.faults
  faults.count += received.faults.length
  if (fault?.code === 'entry/signature-invalid') return fail(fault)
  if (fault && faults.count >= maxFaults)
    return fail({ code: 'sync/entries-rejected', count: faults.count, last: fault.code })
  if (session.live) await askForGaps(host, session, received.logs)
  if (received.forks > 0) session.isDirty = true
  session.isDirty ||= session.live !== undefined
  grant(host, session)
  await feed(host, session, { on: 'arrived', logs: received.logs, ids: hashes })
  if (session.live) {
    noteBare(
      session,
      received.logs.filter(({ isBare }) => isBare),
    )
    await askForFileData(host, session)
  }
  return ok(undefined)
}

/** In live mode an entry may come whose log is longer over there than here: the rest is asked for. */
async function askForGaps(
  host: SessionHost,
  session: PartSession,
  logs: Awaited<ReturnType<typeof receiveEntries>>['logs'],
): Promise<void> {
  const newest = new Map(logs.map((log) => [logName(log), log]))
  const heads = newest.size > 0 ? await host.deps.store.heads([...newest.values()]) : []
  const wants = [...newest.values()].flatMap((log, at) => {
    const reached = heads[at]?.seqNum ?? 0n
    return log.seqNum > reached + 1n && !session.state.logs.has(logName(log))
      ? [{ publicKey: log.publicKey, logId: log.logId, fromSeq: (reached + 1n) as SeqNum, toSeq: log.seqNum }]
      : []
  })
  if (wants.length === 0) return
  const comparison = { wants, strangers: [], proofs: [], promised: [] }
  await feed(host, session, { on: 'compared', comparison, isLast: true })
}
