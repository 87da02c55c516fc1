import { base45ToBytes } from '../bytes/base45.ts'
import { base64UrlToBytes } from '../bytes/base64.ts'

/** A link with a code in it: `https://…/#/meet/<text>` to meet by, `…/#/link/<text>` to be linked by. Where a sentence goes on after it, it has ended. */
const link = /#\/(?:meet|link)\/([A-Za-z0-9_-]+)/

/**
 * The bytes of what one screen showed another: the text of a QR code (base45), a text (base64url), or a message with a link in it. Of a text,
 * white space is forgiven, as messengers break lines. They hold an array of four items (to meet by) or five (to be linked by): a link of the wrong
 * kind is read too, so that whoever decodes it can say so.
 * @param maxBytes of the value; a text far longer is not read
 */
export function bytesOfShown(found: string, maxBytes: number): Uint8Array | undefined {
  if (found.length > maxBytes * 8) return undefined
  const text = link.exec(found)?.[1] ?? found.replaceAll(/\s/g, '')
  // Every base64url of such an array begins with a lower-case h, which base45 does not have; and in base45 a space counts.
  return text.startsWith('h') ? base64UrlToBytes(text) : base45ToBytes(found)
}
