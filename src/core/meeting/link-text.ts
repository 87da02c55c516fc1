import { base64UrlToBytes, bytesToBase64Url } from '../bytes/base64.ts'
import { type CborCursor, cborCursor, isCutOff, readEnd } from '../bytes/cbor-reader.ts'
import { type CborWriter, cborWriter, writtenBytes } from '../bytes/cbor-writer.ts'
import { maxLinkBytes } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'
import type { LinkFailure } from './node-address.ts'

const maxTextLength = 1 + Math.ceil((maxLinkBytes * 4) / 3)

/** The text of a link behind its `#/…/`: one digit that says what it is, then CBOR as base64url. */
export function writeLink(version: string, write: (writer: CborWriter) => void): string {
  const writer = cborWriter()
  write(writer)
  return `${version}${bytesToBase64Url(writtenBytes(writer))}`
}

const malformed = (at: number, expected: string): Result<never, LinkFailure> =>
  fail({ code: 'link/malformed', at, expected })

/** Text to what it says, or a `LinkFailure`. Never throws, whatever the text is. */
export function readLink<T>(version: string, text: string, read: (cursor: CborCursor) => T): Result<T, LinkFailure> {
  if (text.length > maxTextLength) return malformed(maxLinkBytes, `at most ${maxLinkBytes} bytes`)
  const found = text.slice(0, 1)
  if (/^\d$/.test(found) && found !== version) return fail({ code: 'link/version-unsupported', version: found })
  if (found !== version) return malformed(0, 'the whole link')
  const body = text.slice(1)
  const bytes = base64UrlToBytes(body)
  // Cut anywhere, its last characters need not stand for a whole byte.
  const cursor = cborCursor(bytes ?? base64UrlToBytes(body.slice(0, body.length & ~3)) ?? new Uint8Array(1))
  const value = read(cursor)
  readEnd(cursor)
  if (isCutOff(cursor)) return fail({ code: 'link/cut' })
  if (cursor.failure) return malformed(cursor.failure.at, cursor.failure.expected)
  return bytes ? ok(value) : malformed(cursor.at, 'the end')
}
