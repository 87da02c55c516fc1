import { bytesToHex } from '../bytes/hex.ts'

/** p to 2^255 - 1, and everything with the top bit. */
const notReduced = /^(?:(?:e[d-f]|f[0-9a-f])(?:ff){30}7f|.{62}[89a-f].)$/

/** Whether this is the only encoding of its point: top bit clear, below p. Honest keys are; X25519 itself would take others for the same point. */
export const isCanonicalX25519 = (publicKey: Uint8Array): boolean =>
  publicKey.length === 32 && !notReduced.test(bytesToHex(publicKey))
