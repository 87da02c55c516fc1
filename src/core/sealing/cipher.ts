import { concatBytes, equalBytes } from '../bytes/concat.ts'
import { blake3 } from '../hash/blake3.ts'

/** Authenticated encryption, by suite. `place` is the associated data. */
export interface Cipher {
  readonly encrypt: (key: Uint8Array, nonce: Uint8Array, place: Uint8Array, plaintext: Uint8Array) => Uint8Array
  /** `undefined`: this key did not encrypt it, or not with this nonce and place. Never throws. */
  readonly decrypt: (
    key: Uint8Array,
    nonce: Uint8Array,
    place: Uint8Array,
    ciphertext: Uint8Array,
  ) => Uint8Array | undefined
}

const tagBytes = 16

const tagOf = (nonce: Uint8Array, place: Uint8Array, plaintext: Uint8Array): Uint8Array =>
  blake3(concatBytes(place, nonce, plaintext)).subarray(0, tagBytes)

/**
 * Suite 0, until sealing is built: nothing is secret, and there is no key. The tag is a sum that binds the text to its place, as long as that of a
 * cipher, so that all but the secrecy is already as it will be.
 */
const noCipher: Cipher = {
  encrypt: (_key, nonce, place, plaintext) => concatBytes(plaintext, tagOf(nonce, place, plaintext)),
  decrypt: (_key, nonce, place, ciphertext) => {
    const plaintext = ciphertext.subarray(0, Math.max(ciphertext.length - tagBytes, 0))
    return equalBytes(ciphertext.subarray(plaintext.length), tagOf(nonce, place, plaintext)) ? plaintext : undefined
  },
}

/** The ciphers there are, by suite. */
export const ciphers: ReadonlyMap<number, Cipher> = new Map([[0, noCipher]])
