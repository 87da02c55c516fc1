const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Characters of a cursor that is looked at: positions in an order of long texts are shorter. */
const maxLength = 8192

/**
 * Text as base58 of its UTF-8 bytes, the form that cursors have in p2panda's client API (wire.md §6.1). For text that does not begin with a NUL,
 * as no cursor does: leading zero bytes are not kept.
 */
export function encodeBase58(text: string): string {
  let rest = BigInt(`0x0${Buffer.from(text, 'utf8').toString('hex')}`)
  let encoded = ''
  for (; rest > 0n; rest /= 58n) encoded = `${digits[Number(rest % 58n)]}${encoded}`
  return encoded
}

/** Back to the text; `undefined` where a character is no digit of base58, or where it is too long to be ours. */
export function decodeBase58(encoded: string): string | undefined {
  if (encoded.length > maxLength) return undefined
  let value = 0n
  for (const character of encoded) {
    const digit = digits.indexOf(character)
    if (digit < 0) return undefined
    value = value * 58n + BigInt(digit)
  }
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('utf8')
}
