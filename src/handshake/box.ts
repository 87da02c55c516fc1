import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'

/** Bytes that a box is longer than what lies in it: the Poly1305 tag, which comes first. */
export const tagBytes = 16
/** Bytes of a nonce. */
export const nonceBytes = 24

/** XSalsa20-Poly1305 as in NaCl's secretbox: tag, then as many bytes as the message has. */
export const sealBox = (key: Uint8Array, nonce: Uint8Array, message: Uint8Array): Uint8Array =>
  xsalsa20poly1305(key, nonce).encrypt(message)

/** What lies in a box, or undefined where its tag does not fit. */
export function openBox(key: Uint8Array, nonce: Uint8Array, box: Uint8Array): Uint8Array | undefined {
  try {
    return xsalsa20poly1305(key, nonce).decrypt(box)
  } catch {
    return undefined // noble's way to say that the tag is another
  }
}

/** The nonce `steps` after this one: a number of 192 bits, big-endian, that begins anew after its last. */
export function nonceAfter(nonce: Uint8Array, steps: 1 | 2): Uint8Array {
  const next = nonce.slice()
  let carry: number = steps
  for (let at = next.length - 1; carry > 0 && at >= 0; at--) {
    const sum = (next[at] as number) + carry
    next[at] = sum & 255
    carry = sum >> 8
  }
  return next
}
