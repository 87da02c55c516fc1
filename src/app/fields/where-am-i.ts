import type { Place } from '../data/field-kind.ts'

/** Why there is no place; `messages/…/form.ts` has a sentence for each. */
export type Nowhere = 'refused' | 'unavailable' | 'timeout'

/** Where this device is, as well as it knows within ten seconds. The browser asks its person first. */
export const whereAmI = (): Promise<Place | Nowhere> =>
  new Promise((resolve) => {
    if (navigator.geolocation === undefined) return resolve('unavailable')
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => resolve({ latitude, longitude, accuracy }),
      ({ code, PERMISSION_DENIED, TIMEOUT }) =>
        resolve(code === PERMISSION_DENIED ? 'refused' : code === TIMEOUT ? 'timeout' : 'unavailable'),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 },
    )
  })

/** Whether asking would show no question: it was allowed before. */
export const mayAskQuietly = async (): Promise<boolean> => {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted'
  } catch {
    return false
  }
}
