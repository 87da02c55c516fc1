import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { encodeUtf8 } from '../bytes/utf8.ts'

/** What the seed is bound to, so that the same words used elsewhere give another key. */
const info = encodeUtf8('p2panda-web/paper-key/v1')

/** Bytes of entropy that recovery words hold: 16 for 12 words, 32 for 24. */
export const isPaperEntropy = (bytes: Uint8Array): boolean => bytes.length === 16 || bytes.length === 32

/**
 * The Ed25519 seed (32 bytes, new) of the *paper key*, the founder of a person (identity.md §1.3). No stretching: the entropy has its full strength.
 * @param entropy 16 or 32 bytes; stays as it is
 */
export const paperSeed = (entropy: Uint8Array): Uint8Array => hkdf(sha256, entropy, undefined, info, 32)
