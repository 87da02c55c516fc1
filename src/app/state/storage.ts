import { create } from 'zustand'

/** What the browser says about keeping our data. `undefined`: it does not say. */
interface Storage {
  readonly isPersisted: boolean | undefined
  readonly used: number | undefined
  readonly quota: number | undefined
}

export const useStorage = create<Storage>()(() => ({ isPersisted: undefined, used: undefined, quota: undefined }))

/** `navigator.storage` as it may be: browsers without it, and pages without HTTPS, have none. */
const storage = (): StorageManager | undefined => (navigator as { readonly storage?: StorageManager }).storage

export const askStorage = async (): Promise<void> => {
  const [isPersisted, estimate] = await Promise.all([
    storage()
      ?.persisted?.()
      .catch(() => undefined),
    storage()
      ?.estimate?.()
      .catch(() => undefined),
  ])
  useStorage.setState({ isPersisted, used: estimate?.usage, quota: estimate?.quota })
}

/** Asks the browser to keep our data until its person clears it. */
export const persistStorage = async (): Promise<boolean> => {
  const isPersisted =
    (await storage()
      ?.persist?.()
      .catch(() => false)) ?? false
  useStorage.setState({ isPersisted })
  return isPersisted
}
