import type { Message } from '../../sync/messages.ts'
import { messagesOf } from './carried.ts'
import type { PartSession } from './part-session.ts'
import { type ServedLog, entriesOfLogs } from './serve-logs.ts'
import type { SessionHost } from './session-driver.ts'

/** Sends logs, one question after the other, as far as credit and the line let it. */
export function serve(
  host: SessionHost,
  session: PartSession,
  logs: readonly ServedLog[],
  isCompact: boolean,
  onServed: () => Promise<void>,
): void {
  const { id } = session.state
  const { store } = host.deps
  transfer(host, session, async () => {
    const source = entriesOfLogs(store, session.view.key, logs)
    let next = await source.next()
    for (; !next.done; next = await source.next()) {
      const carried = next.value.toSorted((a, b) =>
        a.entry.publicKey < b.entry.publicKey ? -1 : a.entry.publicKey > b.entry.publicKey ? 1 : 0,
      )
      const messages = messagesOf(id, carried, isCompact)
      for (const message of messages) await sendEntries(host, session, message)
      session.record.entriesOut += carried.length
    }
    for (const { publicKey, logId, fromSeq, toSeq } of next.value)
      host.say({ type: 'Gap', session: id, publicKey, logId, ranges: [[fromSeq, toSeq ?? fromSeq]] })
    host.post(onServed)
  })
}

/** Sends something beside the messages that come, after the transfers that were begun before. */
export function transfer(host: SessionHost, session: PartSession, body: () => Promise<void>): void {
  session.sending++
  session.serving = session.serving
    .then(body)
    .catch((thrown: unknown) => {
      if (!host.signal.aborted) host.deps.log.warn('Sending to a peer stopped', { thrown })
    })
    .finally(() => {
      host.flush()
      session.sending--
    })
}

/** One message of entries, once there is credit and room for it. */
export async function sendEntries(host: SessionHost, session: PartSession, message: Message): Promise<void> {
  while (session.credit <= 0 && !host.signal.aborted)
    await new Promise<void>((resolve) => {
      session.onCredit = resolve
    })
  host.signal.throwIfAborted()
  if (session.record.state === 'ended') return
  session.credit -= host.say(message)
  await host.room()
}
