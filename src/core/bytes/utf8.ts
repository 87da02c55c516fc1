/** Text as the wire has it: UTF-8 without anything repaired, dropped or normalised. */

const encoder = new TextEncoder()
/** `ignoreBOM` keeps a byte order mark as the character it is; without it the text would re-encode to other bytes. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text to its UTF-8 bytes. A lone surrogate would be silently replaced: ask `isWellFormed` first. */
export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text)

/** UTF-8 bytes to text, or `undefined` where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Whether the text has a UTF-8 form, that is, no half of a surrogate pair stands alone. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff

/** The order of the UTF-8 bytes of two texts. JavaScript's own order puts U+FFxx after everything beyond U+FFFF. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left === right) continue
    if (isSurrogate(left) !== isSurrogate(right)) return isSurrogate(left) ? 1 : -1
    return left - right
  }
  return a.length - b.length
}
