import '../polyfill.ts'
import { openKeyStore } from '../../adapters/web/key-store.ts'
import { openDeviceKey, type DeviceKey, type StoredKey } from '../../adapters/web/signer/device-key.ts'
import { serveSigner } from '../../adapters/web/signer/serve-signer.ts'
import type { StoredTransportKey } from '../../adapters/web/signer/transport-key.ts'
import type { StoredEntropy } from '../../adapters/web/signer/kept-entropy.ts'
import type { SigningPaperKey } from '../../adapters/memory/paper-key.ts'
import type { TransportKey } from '../../ports/index.ts'
import { beginLife } from '../life.ts'
import type { SignerStart } from '../start-messages.ts'

/** The signer worker: it holds the device key, the transport key and, until its words are confirmed, the paper key, does with each what messages.ts says, and nothing else. */
declare const self: DedicatedWorkerGlobalScope

/** One tab makes the key, the others wait for it and find it. */
const openOneKey = async ({ database, life }: SignerStart): Promise<DeviceKey> => {
  await beginLife(navigator.locks, life)
  return navigator.locks.request(`takibi/${database}/key`, async () => {
    using store = await openKeyStore<StoredKey>(indexedDB, database, 'device')
    // Awaited here: the store closes when this block is left.
    return await openDeviceKey(crypto.subtle, store)
  })
}

/** Loaded, opened and made only when the first peer is near. */
const openOneTransportKey = async ({ database }: SignerStart): Promise<TransportKey> => {
  const { openTransportKey } = await import('../../adapters/web/signer/transport-key.ts')
  return navigator.locks.request(`takibi/${database}/transport-key`, async () => {
    using store = await openKeyStore<StoredTransportKey>(indexedDB, database, 'transport')
    return await openTransportKey(crypto.subtle, store)
  })
}

/** Loaded when a person is founded, and when its words are shown or typed. */
const openPaperKey = async ({ database }: SignerStart): Promise<SigningPaperKey> => {
  const [{ paperKeyAt }, { keptEntropy }] = await Promise.all([
    import('../../adapters/memory/paper-key.ts'),
    import('../../adapters/web/signer/kept-entropy.ts'),
  ])
  const entropy = keptEntropy(crypto.subtle, (body) =>
    navigator.locks.request(`takibi/${database}/paper-key`, async () => {
      using store = await openKeyStore<StoredEntropy>(indexedDB, database, 'paper')
      return await body(store)
    }),
  )
  return paperKeyAt(entropy, (length) => crypto.getRandomValues(new Uint8Array(length)))
}

/** What `open` gave once it succeeded; asked again after a failure. */
const once = <T>(open: () => Promise<T>): (() => Promise<T>) => {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open().catch((thrown: unknown) => {
      opened = undefined
      throw thrown
    })
    return opened
  }
}

self.addEventListener(
  'message',
  ({ data }: MessageEvent<SignerStart>) =>
    serveSigner(
      {
        device: openOneKey(data),
        transport: once(() => openOneTransportKey(data)),
        paper: once(() => openPaperKey(data)),
      },
      data.engine,
    ),
  { once: true },
)
