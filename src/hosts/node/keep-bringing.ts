import type { OutboxApi, OutboxState } from '../../engine/outbox/api.ts'
import type { Clock } from '../../ports/index.ts'

/** What was written goes by session where one is live, and is gone from the outbox by then. The pauses of nodes that did not answer are longer. */
const sessionMs = 10_000

/** What can go on by itself: what a node refused waits for its person. */
const isWaiting = ({ waiting, refused }: OutboxState): boolean => waiting > refused.length

/** Sees to it that what waits for nodes is brought to them, in this thread, until the signal says stop. Never rejects. */
export async function keepBringing(api: OutboxApi, clock: Clock, signal: AbortSignal): Promise<void> {
  let isDue = false
  let wake = (): void => undefined
  const watching = api.watchOutbox({
    signal,
    report: (states) => {
      isDue = states.ok && states.value.some(isWaiting)
      if (isDue) wake()
    },
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  while (!signal.aborted) {
    if (isDue) {
      await clock.sleep(sessionMs, signal).catch(() => undefined)
      if (isDue && !signal.aborted) await api.drainOutbox('tick')
    } else
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  await watching
}
