import type { PublicKey } from '../../../core/ids.ts'
import { type EntropyPlace, paperDamaged } from '../../memory/paper-key.ts'
import type { KeyStore } from '../key-store.ts'
import { type WrappedSeed, withSeed, wrapSeed } from './wrapped-seed.ts'

/** What lies in the key database of a paper key: 16 or 32 bytes under an AES key that cannot be read out. */
export interface StoredEntropy extends WrappedSeed {
  readonly publicKey: PublicKey
}

/**
 * The entropy of a paper key in the key database of this origin. It is read anew each time: another tab may have wiped it.
 * @param withStore opens that row for as long as `body` takes; one caller at a time among all tabs
 */
export function keptEntropy(
  subtle: SubtleCrypto,
  withStore: <T>(body: (store: KeyStore<StoredEntropy>) => Promise<T>) => Promise<T>,
): EntropyPlace {
  return {
    publicKey: () => withStore(async (store) => (await store.get())?.publicKey),
    use: async (body) => {
      const kept = await withStore((store) => store.get())
      if (!kept) return undefined
      let isOpen = false
      const used = withSeed(subtle, kept, (entropy) => {
        isOpen = true
        return body(entropy)
      })
      // A wrapping key that is gone or another one, or bytes that were changed: AES-GCM does not open.
      return used.catch((thrown: unknown) => {
        throw isOpen ? thrown : paperDamaged('what wraps it does not open it')
      })
    },
    add: (publicKey, entropy) =>
      withStore(async (store) => {
        if (await store.get()) return
        await store.add({ publicKey, ...(await wrapSeed(subtle, entropy as Uint8Array<ArrayBuffer>)) })
      }),
    wipe: () => withStore((store) => store.remove()),
  }
}
