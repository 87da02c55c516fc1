import { publicKeyOf, signBytes } from '../../core/entry/sign.ts'
import { decodeUnsignedEntry } from '../../core/entry/decode.ts'
import { helloClaim, isHelloClaim } from '../../core/hello-claim.ts'
import type { PublicKey, Signature } from '../../core/ids.ts'
import type { Keys } from '../../ports/keys.ts'

/**
 * Keys from seeds that lie open in memory: for tests, simulations and fixtures, where the same seeds must give the same bytes.
 * As strict as a signer about what it signs.
 *
 * @param seeds 32 bytes each; the first is the device key
 */
export function memoryKeys(seeds: readonly Uint8Array[]): Keys {
  const seedOf = new Map<PublicKey, Uint8Array>(seeds.map((seed) => [publicKeyOf(seed), seed]))
  const signOne = (unsigned: Uint8Array): Signature | undefined => {
    const entry = decodeUnsignedEntry(unsigned)
    const seed = entry.ok ? seedOf.get(entry.value.publicKey) : undefined
    return seed && signBytes(unsigned, seed)
  }
  return {
    publicKeys: () => Promise.resolve([...seedOf.keys()]),
    signEntries: (unsigned, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const signatures = unsigned.map(signOne)
        if (signatures.every((signature) => signature !== undefined)) resolve(signatures)
        // Ports reject with plain failures: they survive being posted.
        else reject({ code: 'signer/refused', reason: 'it is not an entry of an own key' })
      }),
    signHello: (side, handshakeHash, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const [seed] = seeds
        if (seed && isHelloClaim(side, handshakeHash)) resolve(signBytes(helloClaim(side, handshakeHash), seed))
        else reject({ code: 'signer/refused', reason: 'it is not the claim of a connection' })
      }),
  }
}
