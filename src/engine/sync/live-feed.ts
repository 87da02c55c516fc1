import { logName } from '../../core/entry/log-name.ts'
import { type Carried, messagesOf, readCarried } from './carried.ts'
import { withoutFileData } from './file-data.ts'
import type { PartSession } from './part-session.ts'
import { takeBack } from './refusals.ts'
import type { SessionHost } from './session-driver.ts'
import { sendEntries, transfer } from './transfer.ts'

/**
 * Sends what is new in the part since the last time, but for what came from this very peer. Of a log that entered the part without a new
 * entry all is sent. Called in its turn, whenever something changed.
 *
 * The data of files is not pushed. Of what was refused here and came by another way the entry alone is said, so that the peer counts it again.
 */
export async function pushNew(host: SessionHost, session: PartSession): Promise<void> {
  const { store } = host.deps
  const { live } = session
  if (!live) return
  const { number } = await store.part(session.view.key)
  if (number <= live.number) return
  let { arrival } = live
  const refused = new Set(session.refusals.here)
  for await (const page of store.partLogs(session.view.key, live.number, host.signal)) {
    const news = page.filter(({ head }) => head.seqNum > (session.heights.get(logName(head)) ?? 0n))
    const read = refused.size > 0 ? page : news
    const items = await readCarried(
      store,
      read.map(({ head }) => head.documentId),
    )
    const carried: Carried[] = []
    for (const { head } of news) {
      const log = (items.get(head.documentId) ?? []).filter(({ entry }) => logName(entry) === logName(head))
      const fresh = log.filter((item) => item.arrival > live.arrival)
      const known = session.heights.get(logName(head)) ?? 0n
      carried.push(...(fresh.length > 0 ? fresh : log).filter(({ entry }) => entry.seqNum > known))
    }
    for (const item of carried) arrival = Math.max(arrival, item.arrival)
    if (carried.length > 0) send(host, session, withoutFileData(carried))
    const kept = [...items.values()].flat().filter(({ entry }) => refused.has(entry.hash))
    if (kept.length > 0)
      send(
        host,
        session,
        kept.map((item) => ({ ...item, operation: null })),
      )
    takeBack(
      session,
      'here',
      kept.map(({ entry }) => entry.hash),
    )
  }
  session.live = { number, arrival }
  session.isDirty = true
}

/** In order of arrival, so that a document comes before what names it. Waits for credit among the session's other transfers. */
function send(host: SessionHost, session: PartSession, carried: readonly Carried[]): void {
  const { id } = session.state
  const inOrder = carried.toSorted((a, b) => a.arrival - b.arrival)
  const messages = messagesOf(id, inOrder, host.isCompact())
  session.record.entriesOut += carried.length
  transfer(host, session, async () => {
    for (const message of messages) await sendEntries(host, session, message)
  })
}
