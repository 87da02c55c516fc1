/** Base64 without padding (RFC 4648), strict: one text for one value. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const standard = `${letters}+/`
const forUrls = `${letters}-_`

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[(held >> (bits - 6)) & 63]
    held &= 0xff
  }
  return bits === 0 ? text : text + alphabet[(held << (6 - bits)) & 63]
}

function decode(text: string, alphabet: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8))
  let held = 0
  let bits = 0
  let at = 0
  for (const character of text) {
    const value = alphabet.indexOf(character)
    if (value < 0) return undefined
    held = ((held << 6) | value) & 0xfff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 0xff
  }
  const isWhole = bits < 6 && (held & ((1 << bits) - 1)) === 0
  return isWhole ? bytes : undefined
}

/** Bytes to base64 (RFC 4648 §4) without padding. */
export const bytesToBase64 = (bytes: Uint8Array): string => encode(bytes, standard)
/** Base64 without padding to bytes, or `undefined` where it is not the only text of some bytes. */
export const base64ToBytes = (text: string): Uint8Array | undefined => decode(text, standard)
/** Bytes to base64url (RFC 4648 §5) without padding. */
export const bytesToBase64Url = (bytes: Uint8Array): string => encode(bytes, forUrls)
/** Base64url without padding to bytes, or `undefined` where it is not the only text of some bytes. */
export const base64UrlToBytes = (text: string): Uint8Array | undefined => decode(text, forUrls)
