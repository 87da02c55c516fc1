/** Base45 (RFC 9285): bytes as characters of a QR code's alphanumeric mode, which packs two of them into 11 bits. */

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const characters = (value: number, count: number): string => {
  let text = ''
  for (let left = count, rest = value; left > 0; left--, rest = Math.floor(rest / 45)) text += alphabet[rest % 45]
  return text
}

/** Bytes to text: three characters for two bytes, two for a last one alone. */
export function bytesToBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at + 1 < bytes.length; at += 2)
    text += characters((bytes[at] as number) * 256 + (bytes[at + 1] as number), 3)
  return bytes.length % 2 === 0 ? text : text + characters(bytes.at(-1) as number, 2)
}

/** Text to the bytes it is the only text of, or `undefined` for any other text. */
export function base45ToBytes(text: string): Uint8Array | undefined {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (character) => alphabet.indexOf(character))
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0)
    if (digits.includes(-1) || digits.length === 1 || value >= 256 ** (digits.length - 1)) return undefined
    if (digits.length === 3) bytes.push(value >> 8)
    bytes.push(value & 0xff)
  }
  return Uint8Array.from(bytes)
}
