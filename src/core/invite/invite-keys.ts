import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { publicKeyOf } from '../entry/sign.ts'
import type { PublicKey } from '../ids.ts'

/** Bytes of the secret in an invite link: nobody guesses 2^128. */
export const inviteSecretBytes = 16

/** What follows from the secret of an invite (flows.md §1.1). */
export interface InviteKeys {
  /** Names the invite to everybody: the field of its document, its scope. */
  readonly key: PublicKey
  /** Ed25519 seed of `key`, 32 bytes: proves that one holds the invite. */
  readonly seed: Uint8Array
  /** 32 bytes, which keepers have too: opens the notes of knocks. Nobody can sign with it. */
  readonly seal: Uint8Array
}

const keyInfo = encodeUtf8('takibi/invite/key/1')
const sealInfo = encodeUtf8('takibi/invite/seal/1')

/** HKDF-SHA-256 of the secret (16 bytes), once for each use, so that none tells of the other. */
export function inviteKeys(secret: Uint8Array): InviteKeys {
  const seed = hkdf(sha256, secret, undefined, keyInfo, 32)
  return { key: publicKeyOf(seed), seed, seal: hkdf(sha256, secret, undefined, sealInfo, 32) }
}
