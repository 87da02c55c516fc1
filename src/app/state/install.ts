import { create } from 'zustand'

/** Chromium's own offer to install the page; not in any standard library yet. */
interface InstallEvent extends Event {
  readonly prompt: () => Promise<{ readonly outcome: 'accepted' | 'dismissed' }>
}

/** Whether Takibi can be put on the home screen from here, and how. */
export const useInstall = create<{ readonly offer: InstallEvent | undefined; readonly isInstalled: boolean }>()(() => ({
  offer: undefined,
  isInstalled: matchMedia('(display-mode: standalone)').matches,
}))

/** Safari on iOS has no offer, only its share menu. */
export const isIos = (): boolean => /iP(?:hone|ad|od)/.test(navigator.userAgent)

/** Listens from the start: the browser makes its offer once, early. */
export const watchInstall = (): void => {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    useInstall.setState({ offer: event as InstallEvent })
  })
  addEventListener('appinstalled', () => useInstall.setState({ offer: undefined, isInstalled: true }))
}
