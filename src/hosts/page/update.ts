import { Workbox } from 'workbox-window'
import type { LiveView } from '../../engine/live-view.ts'
import { workerUrl } from './trusted-urls.ts'

/**
 * `ready`: a newer version of the app lies on this device and waits for its person. `changing`: they asked for it; the browser ends the
 * old service worker when it thinks that one idle, mostly at once, else within half a minute.
 */
export interface UpdateState {
  readonly state: 'current' | 'ready' | 'changing'
}

/** The version of the app, watched. */
export interface AppUpdate extends LiveView<UpdateState> {
  /** Switches to the newer version and reloads this page. Call it on a click, never by itself: somebody may be typing. */
  readonly useIt: () => void
}

const current: UpdateState = { state: 'current' }
const ready: UpdateState = { state: 'ready' }
const changing: UpdateState = { state: 'changing' }

/** Long enough that going back and forth between apps costs nothing, short enough that a day does not pass with an old version. */
const askEveryMs = 60 * 60 * 1000

/**
 * Registers the service worker and says when a newer version waits. Looks for one when the page opens and when somebody comes back to it.
 * It does not reload: only `useIt` does. Without service workers (private browsing, development) the state stays `current`.
 */
export const watchForUpdate = (): AppUpdate => {
  let now = current
  const listeners = new Set<(state: UpdateState, previous: UpdateState) => void>()
  const become = (next: UpdateState) => {
    const previous = now
    now = next
    if (previous !== now) for (const listener of listeners) listener(now, previous)
  }
  const change =
    'serviceWorker' in navigator && import.meta.env.PROD ? register(() => become(ready)) : () => location.reload()
  return {
    getState: () => now,
    getInitialState: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    useIt: () => {
      become(changing)
      change()
    },
  }
}

const register = (becomeReady: () => void): (() => void) => {
  const workbox = new Workbox(workerUrl('serviceWorker'))
  let isWaiting = false
  // The first service worker of a device also waits for a moment and then takes over: that is no newer version.
  let isUnderControl = navigator.serviceWorker.controller !== null
  workbox.addEventListener('waiting', () => {
    if (!isUnderControl) return
    isWaiting = true
    becomeReady()
  })
  // Another tab switched: what this page would load from now on belongs to the newer version.
  workbox.addEventListener('controlling', () => {
    isWaiting = false
    if (isUnderControl) becomeReady()
    isUnderControl = true
  })
  const offline = () => undefined
  workbox.register().catch(offline)

  let askedAt = performance.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || performance.now() - askedAt < askEveryMs) return
    askedAt = performance.now()
    workbox.update().catch(offline)
  })
  return () => {
    if (!isWaiting) return location.reload()
    workbox.addEventListener('controlling', () => location.reload())
    workbox.messageSkipWaiting()
  }
}
