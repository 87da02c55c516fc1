import { decodeUnsignedEntry } from '../../core/entry/decode.ts'
import type { PublicKey, Signature } from '../../core/ids.ts'
import type { Keys } from '../../ports/keys.ts'
import type { SigningPaperKey } from './paper-key.ts'

const publicKeyIn = (unsigned: Uint8Array): PublicKey | undefined => {
  const entry = decodeUnsignedEntry(unsigned)
  return entry.ok ? entry.value.publicKey : undefined
}

/** Keys that sign with a paper key too, as long as it is there. What neither knows is refused by `keys`, and all with it. */
export const keysWithPaper = (keys: Keys, paper: SigningPaperKey): Keys => ({
  ...keys,
  signEntries: async (unsigned, signal) => {
    signal.throwIfAborted()
    const own = await keys.publicKeys()
    const signers = await Promise.all(
      unsigned.map(async (bytes) => {
        const publicKey = publicKeyIn(bytes)
        return publicKey === undefined || own.includes(publicKey) ? undefined : paper.signerOf(publicKey)
      }),
    )
    const left = await keys.signEntries(
      unsigned.filter((_, at) => !signers[at]),
      signal,
    )
    const byKeys = left.values()
    const signatures: Signature[] = []
    for (const [at, bytes] of unsigned.entries())
      signatures.push((await signers[at]?.(bytes)) ?? (byKeys.next().value as Signature))
    return signatures
  },
})
