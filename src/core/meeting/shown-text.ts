import { base45ToBytes } from '../bytes/base45.ts'
import { base64UrlToBytes } from '../bytes/base64.ts'

/**
 * The bytes of what one screen showed another: the text of a QR code (base45), a text (base64url), or a message with a link in it. Of a text,
 * white space is forgiven, as messengers break lines. They hold an array of four or five items.
 * @param link finds the text of a link in a message @param maxBytes of the value; a text far longer is not read
 */
export function bytesOfShown(found: string, link: RegExp, maxBytes: number): Uint8Array | undefined {
  if (found.length > maxBytes * 8) return undefined
  const text = link.exec(found)?.[1] ?? found.replaceAll(/\s/g, '')
  // Every base64url of such an array begins with a lower-case h, which base45 does not have; and in base45 a space counts.
  return text.startsWith('h') ? base64UrlToBytes(text) : base45ToBytes(found)
}
