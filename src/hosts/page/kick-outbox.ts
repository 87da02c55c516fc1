import type { OutboxApi, OutboxState } from '../../engine/outbox/api.ts'
import type { DrainReason } from '../../engine/outbox/drain.ts'
import { type DrainPlease, syncTag } from '../outbox-messages.ts'

/** What the start of a page has to do first does not wait for this. */
const startMs = 1_500
const everyMs = 60_000
/** What was written goes by session where one is live, and is gone from the outbox by then. */
const sessionMs = 5_000
/** For the service worker's word whether it will: it may have to be started. */
const answerMs = 5_000
/** How often a browser that grants it may wake the service worker by itself. */
const periodMs = 12 * 60 * 60_000

/** Not in TypeScript's library: Chromium only. */
interface Registration extends ServiceWorkerRegistration {
  readonly sync?: { readonly register: (tag: string) => Promise<void> }
  readonly periodicSync?: {
    readonly register: (tag: string, options: { readonly minInterval: number }) => Promise<void>
  }
}

/** Resolves with whether the worker said that it will. */
const ask = (worker: ServiceWorker, please: DrainPlease): Promise<boolean> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const end = (isTaken: boolean): void => {
      clearTimeout(late)
      port1.close()
      resolve(isTaken)
    }
    const late = setTimeout(() => end(false), answerMs)
    port1.addEventListener('message', ({ data }) => end(data === true), { once: true })
    port1.start()
    worker.postMessage(please, [port2])
  })

/** What can go on by itself: what a node refused waits for its person. */
const isWaiting = ({ waiting, refused }: OutboxState): boolean => waiting > refused.length

/**
 * Sees to it that what waits for nodes is sent: by the service worker, which goes on when the page is gone; where there is none, or it is not
 * ours, by the engine. The browser is asked for an event for when there is a network, where it has such events; besides, this page asks when it
 * opens, comes to the front or online, when a pause ends, and every minute in between. Ends with the signal.
 */
export function kickOutbox(api: OutboxApi, database: string, signal: AbortSignal): void {
  let isNeeded = false
  /** Entries that waited when it was looked at last. */
  let known = 0
  let later: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined

  const registration = async (): Promise<Registration | undefined> =>
    'serviceWorker' in navigator ? navigator.serviceWorker.getRegistration().catch(() => undefined) : undefined
  const drain = async (reason: DrainReason): Promise<void> => {
    if (!isNeeded || !navigator.onLine || signal.aborted) return
    const worker = (await registration())?.active
    const isTaken = worker ? await ask(worker, { type: 'takibi/drain', database, reason }) : false
    // The answer is of no use here: the engine's rows say how it went.
    if (!isTaken && !signal.aborted) await api.drainOutbox(reason).catch(() => undefined)
  }
  /** Has the browser wake the service worker; says whether it will. */
  const register = async (): Promise<boolean> => {
    const place = await registration()
    const isGranted = await place?.sync?.register(syncTag(database)).then(
      () => true,
      () => false,
    )
    void place?.periodicSync?.register(syncTag(database), { minInterval: periodMs }).catch(() => undefined)
    return isGranted === true
  }
  const go = async (): Promise<void> => {
    clearTimeout(later)
    later = undefined
    if (isNeeded && !(await register())) await drain('tick')
  }
  /** Nodes that did not answer are asked again when their time has come: without it a network that was slow to come back would cost a minute. */
  const retry = (waiting: readonly OutboxState[]): void => {
    clearTimeout(again)
    const times = waiting.flatMap(({ nextAt = 0 }) => (nextAt > Date.now() ? [nextAt - Date.now()] : []))
    if (times.length > 0)
      again = setTimeout(
        () => document.visibilityState === 'visible' && void drain('tick'),
        Math.min(...times, everyMs),
      )
  }
  const look = (states: readonly OutboxState[]): void => {
    const waiting = states.filter(isWaiting)
    retry(waiting)
    const count = waiting.reduce((sum, state) => sum + state.waiting - state.refused.length, 0)
    const isMore = count > known
    isNeeded = waiting.length > 0
    known = count
    if (!isNeeded) {
      clearTimeout(later)
      later = undefined
    } else if (!isMore) return
    else if (!navigator.onLine || document.visibilityState === 'hidden') void go()
    // Nodes that did not answer are left alone until their time has come.
    else if (waiting.some(({ nextAt = 0 }) => nextAt <= Date.now())) later ??= setTimeout(() => void go(), sessionMs)
  }

  const begin = (): void => {
    void api.watchOutbox({ signal, report: (states) => states.ok && look(states.value) }).catch(() => undefined)
  }
  const starting = setTimeout(begin, startMs)
  let ticking: ReturnType<typeof setInterval> | undefined
  /** A page that nobody sees does not wake for it; the browser's own events are for that. */
  const tick = (): void => {
    clearInterval(ticking)
    if (document.visibilityState === 'visible') ticking = setInterval(() => void drain('tick'), everyMs)
  }
  tick()
  window.addEventListener('online', () => void drain('woken'), { signal })
  document.addEventListener(
    'visibilitychange',
    () => {
      tick()
      void (document.visibilityState === 'visible' ? drain('tick') : go())
    },
    { signal },
  )
  signal.addEventListener('abort', () => {
    clearTimeout(starting)
    clearTimeout(later)
    clearTimeout(again)
    clearInterval(ticking)
  })
}
