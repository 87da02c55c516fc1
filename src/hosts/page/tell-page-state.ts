import type { PageApi, Shortage } from '../page-state.ts'

/** A battery below this counts as low, where it is not charging. */
const lowBattery = 0.2

/** Not in TypeScript's library: Chromium only. */
interface NetworkInformation extends EventTarget {
  readonly saveData?: boolean
  readonly type?: string
}
interface Battery extends EventTarget {
  readonly level: number
  readonly charging: boolean
}
type Device = Navigator & {
  readonly connection?: NetworkInformation
  readonly getBattery?: () => Promise<Battery>
}

const shortagesOf = (connection: NetworkInformation | undefined, battery: Battery | undefined): readonly Shortage[] => [
  ...(connection?.saveData === true ? (['data-saver'] as const) : []),
  ...(connection?.type === 'cellular' ? (['metered'] as const) : []),
  ...(battery && battery.level < lowBattery && !battery.charging ? (['battery'] as const) : []),
]

/**
 * Tells the engine of a page whether somebody can see it, whether the browser put it aside, and what the device is short on; now and after
 * each change, until the signal says stop.
 */
export function tellPageState(api: PageApi, signal: AbortSignal): void {
  const device: Device = navigator
  let battery: Battery | undefined
  let isAway = false
  let last = ''

  const tell = (): void => {
    const isVisible = document.visibilityState === 'visible' && !isAway
    const state = { isVisible, isAway, shortages: shortagesOf(device.connection, battery) }
    const said = JSON.stringify(state)
    if (said === last || signal.aborted) return
    last = said
    // An engine that is gone has nothing to rest from.
    api.pageIs(state).catch(() => undefined)
  }
  const goAway = (): void => {
    isAway = true
    tell()
  }
  const comeBack = (): void => {
    isAway = false
    tell()
  }
  document.addEventListener('visibilitychange', tell, { signal })
  // A page that is frozen, or kept to go back to, keeps its locks: whoever waits for them would wait for ever.
  document.addEventListener('freeze', goAway, { signal })
  document.addEventListener('resume', comeBack, { signal })
  window.addEventListener('pagehide', goAway, { signal })
  window.addEventListener('pageshow', comeBack, { signal })
  device.connection?.addEventListener('change', tell, { signal })
  device
    .getBattery?.()
    .then((found) => {
      battery = found
      for (const name of ['levelchange', 'chargingchange']) found.addEventListener(name, tell, { signal })
      return tell()
    })
    .catch(() => undefined)
  tell()
}
