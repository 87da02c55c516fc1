import { sign } from 'node:crypto'
import { decodeUnsignedEntry } from '../../core/entry/decode.ts'
import { publicKeyOf } from '../../core/entry/sign.ts'
import { helloClaim, isHelloClaim } from '../../core/hello-claim.ts'
import type { Signature } from '../../core/ids.ts'
import type { Keys } from '../../ports/index.ts'
import { openSeedFile, privateKeyOf } from './seed-file.ts'

/**
 * The device key in a file of its own, mode 0600, made on first use.
 * Rejects with `host/key-file` where the file is readable by others or holds something else.
 */
export const openKeyFile = async (path: string): Promise<Keys> => keysOfSeed(await openSeedFile(path))

/** The key of this seed, which is wiped. */
export function keysOfSeed(seed: Uint8Array): Keys {
  const publicKey = publicKeyOf(seed)
  const key = privateKeyOf('Ed25519', seed)
  seed.fill(0)

  const refuse = (reason: string): never => {
    throw { code: 'signer/refused', reason } as unknown as Error
  }
  const signBytes = (bytes: Uint8Array): Signature => new Uint8Array(sign(null, bytes, key)) as Uint8Array as Signature
  const signOne = (unsigned: Uint8Array): Signature => {
    const entry = decodeUnsignedEntry(unsigned)
    return entry.ok && entry.value.publicKey === publicKey
      ? signBytes(unsigned)
      : refuse('it is not an entry of this key')
  }
  return {
    publicKeys: () => Promise.resolve([publicKey]),
    signEntries: async (unsigned, signal) => {
      signal.throwIfAborted()
      return unsigned.map(signOne)
    },
    signHello: async (side, handshakeHash, signal) => {
      signal.throwIfAborted()
      return isHelloClaim(side, handshakeHash)
        ? signBytes(helloClaim(side, handshakeHash))
        : refuse('it is not the claim of a connection')
    },
  }
}
