import { type Result, ok } from '../../core/result.ts'
import { compareHeads, groupHeads } from '../../sync/compare-heads.ts'
import type { LogHead, LogsOf, MessageOf, StoreId } from '../../sync/messages.ts'
import { type PartSummary, canResume } from '../../sync/session.ts'
import type { Failure } from '../failure.ts'
import { heldOf } from './part-reads.ts'
import type { PartSession } from './part-session.ts'
import {
  type SessionHost,
  allLogs,
  feed,
  gather,
  isSameAs,
  nothingWanted,
  summaryOf,
  withoutRefused,
} from './session-driver.ts'

/**
 * How two that met before go on from there: each tells what changed since the other last had everything, by the numbers that both remember.
 */

/** Changed heads up to which they are told; beyond, everything is told, compressed. */
const maxChanged = 320

const cursorsOf = (session: PartSession, own: PartSummary) => {
  session.toldNumber = own.number
  const { storeId, number } = session.cursor
  return {
    fingerprint: own.fingerprint,
    count: own.count,
    myStoreId: own.storeId,
    myNumber: own.number,
    yourStoreId: storeId,
    yourNumber: number,
  }
}

/**
 * The dialling side's first word to somebody it met before, or meets for the first time. What changed here since the two were the same goes along, so
 * that the other can ask for it with its first answer.
 */
export async function sayResume(host: SessionHost, session: PartSession): Promise<void> {
  const { id, scope, part } = session.state
  const { own } = session.began
  host.say({ type: 'Resume', session: id, scope, part, keep: 0, ...cursorsOf(session, own) })
  const { ownNumber } = session.cursor
  if (ownNumber === undefined) return
  const changes = await changesFor(host, session, own, { yourStoreId: own.storeId, yourNumber: ownNumber })
  if (changes && changes.length > 0) sayChanged(host, session, own, changes)
}

/** The heads that changed here since the peer last had everything; nothing where that is not known, or where they are too many. */
export async function changesFor(
  host: SessionHost,
  session: PartSession,
  own: PartSummary,
  peer: { readonly yourStoreId: StoreId | null; readonly yourNumber: number },
): Promise<readonly LogsOf<LogHead>[] | undefined> {
  if (!canResume(own, peer.yourStoreId, peer.yourNumber)) return undefined
  const logs = await allLogs(host, session, peer.yourNumber)
  return logs.length > maxChanged ? undefined : groupHeads(logs)
}

/** Tells the heads that changed, and where this side stands. */
export function sayChanged(
  host: SessionHost,
  session: PartSession,
  own: PartSummary,
  heads: readonly LogsOf<LogHead>[],
): void {
  session.hasToldChanges = true
  host.say({ type: 'Changed', session: session.state.id, heads, ...cursorsOf(session, own) })
}

/** Tells the heads that changed, unless they went along with the question; false where nobody knows since when. */
async function tellChanges(
  host: SessionHost,
  session: PartSession,
  own: PartSummary,
  peer: MessageOf<'Changed'>,
): Promise<boolean> {
  if (session.hasToldChanges) return canResume(own, peer.yourStoreId, peer.yourNumber)
  const changes = await changesFor(host, session, own, peer)
  if (changes) sayChanged(host, session, own, changes)
  return changes !== undefined
}

/** The heads that changed over there. What to do with them depends on who asked, and on what this side can tell in turn. */
export async function onChangedList(
  host: SessionHost,
  session: PartSession,
  message: MessageOf<'Changed'>,
): Promise<Result<'more' | 'compared' | 'compare-everything', Failure>> {
  const whole = gather(session, message.heads, message.hasMore)
  if (!whole) return ok('more')
  if (!whole.ok) return whole
  const heads = withoutRefused(session, whole.value)
  const own = await summaryOf(host, session)
  session.theirs = { storeId: message.myStoreId, number: message.myNumber }
  session.isAsBegun = isSameAs(session.began.own, message)
  const isSame = session.isAsBegun || isSameAs(own, message)
  if (session.state.isAsker && !isSame && !(await tellChanges(host, session, own, message)))
    return ok('compare-everything')
  const held = await heldOf(host.deps.store, session.view, heads, host.signal)
  const comparison = isSame ? nothingWanted : compareHeads(heads, held)
  // A fork that is no news over there is not told by itself: both lists are of changes only.
  const asking = { ...comparison, strangers: [...comparison.strangers, ...comparison.promised] }
  await feed(host, session, { on: 'compared', comparison: asking, isLast: true })
  return ok('compared')
}
/** Where this side stands, in a session that is over: the peer may move its cursor. */
export async function sayWhere(host: SessionHost, session: PartSession): Promise<void> {
  const own = await summaryOf(host, session)
  if (own.number === session.toldNumber) return
  host.say({ type: 'Changed', session: session.state.id, heads: [], ...cursorsOf(session, own) })
}
