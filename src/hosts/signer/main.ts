import '../polyfill.ts'
import { openKeyStore } from '../../adapters/web/key-store.ts'
import { openDeviceKey, type DeviceKey, type StoredKey } from '../../adapters/web/signer/device-key.ts'
import { serveSigner } from '../../adapters/web/signer/serve-signer.ts'
import { beginLife } from '../life.ts'
import type { SignerStart } from '../start-messages.ts'

/** The signer worker: it holds the device key, signs entries of that key, and does nothing else. */
declare const self: DedicatedWorkerGlobalScope

/** One tab makes the key, the others wait for it and find it. */
const openOneKey = async ({ database, life }: SignerStart): Promise<DeviceKey> => {
  await beginLife(navigator.locks, life)
  return navigator.locks.request(`takibi/${database}/key`, async () => {
    using store = await openKeyStore<StoredKey>(indexedDB, database)
    // Awaited here: the store closes when this block is left.
    return await openDeviceKey(crypto.subtle, store)
  })
}

self.addEventListener(
  'message',
  (event: MessageEvent<SignerStart>) => serveSigner(openOneKey(event.data), event.data.engine),
  { once: true },
)
