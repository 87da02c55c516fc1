import { forkHash } from '../../core/entry/log-item.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { SeqNum } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { MessageOf } from '../../sync/messages.ts'
import type { Failure } from '../failure.ts'
import { findEntries } from './find-entry.ts'
import { pairOf } from './forks-exchange.ts'
import type { PartSession } from './part-session.ts'
import type { ServedLog } from './serve-logs.ts'
import { type Handled, type SessionHost, feed } from './session-driver.ts'

/** Questions of one session that may wait for their answers. */
const maxQuestions = 256
/** `Refuse` with ids: these entries were asked for and are not here. */
const notHere = 3
const done = ok(undefined)

/** Too many questions at once: each costs reading. */
function mayAsk(session: PartSession): Result<void, Failure> {
  return session.state.serving >= maxQuestions
    ? fail({ code: 'sync/too-many', what: 'questions', limit: maxQuestions })
    : done
}

export async function onWant(host: SessionHost, session: PartSession, { ids }: MessageOf<'Want'>): Handled {
  const allowed = mayAsk(session)
  if (!allowed.ok) return allowed
  if (ids.length === 0) session.lacksNothing = true
  const { store } = host.deps
  const forks = (await store.forks()).filter((fork) => ids.includes(forkHash(fork)))
  if (forks.length > 0) host.say({ type: 'Forks', session: session.state.id, pairs: forks.map(pairOf) })
  const places = await findEntries(store, session.view.key, ids)
  const found = new Set([...places.map(({ hash }) => hash), ...forks.map(forkHash)])
  const unknown = ids.filter((id) => !found.has(id))
  // What is not in the part is not here, as far as the peer is concerned.
  if (unknown.length > 0) host.say({ type: 'Refuse', session: session.state.id, reason: notHere, ids: unknown })
  const logs = places.map(({ publicKey, logId, seqNum }): ServedLog => {
    const height = session.heights.get(logName({ publicKey, logId }))
    const fromSeq = height !== undefined && height < seqNum ? height + 1n : 1n
    return { publicKey, logId, fromSeq: fromSeq as SeqNum, toSeq: seqNum }
  })
  await feed(host, session, { on: 'wanted', logs })
  return done
}

export async function onWantLog(host: SessionHost, session: PartSession, { logs }: MessageOf<'WantLog'>): Handled {
  const allowed = mayAsk(session)
  if (!allowed.ok) return allowed
  await feed(host, session, { on: 'wanted', logs })
  return done
}

/** Whole entries of one log, one by one: what a fork is found by. */
export async function onWantPool(host: SessionHost, session: PartSession, message: MessageOf<'WantPool'>): Handled {
  const allowed = mayAsk(session)
  if (!allowed.ok) return allowed
  const { publicKey, logId, seqNums } = message
  const [fromSeq, toSeq] = [seqNums.reduce((a, b) => (b < a ? b : a)), seqNums.reduce((a, b) => (b > a ? b : a))]
  await feed(host, session, { on: 'wanted', logs: [{ publicKey, logId, fromSeq, toSeq }], isWhole: true })
  return done
}
