import { concatBytes } from '../bytes/concat.ts'
import { hexToBytes } from '../bytes/hex.ts'

const curves = { Ed25519: '70', X25519: '6e' } as const

/** A private key of 32 bytes in the form that platforms import: DER (RFC 8410). Holds the secret: wipe it after use. */
export const toPkcs8 = (curve: keyof typeof curves, secret: Uint8Array): Uint8Array =>
  concatBytes(hexToBytes(`302e020100300506032b65${curves[curve]}04220420`), secret)
