import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'

/** What a route answers. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | AsyncIterable<Uint8Array>
}

/** A sentence, for people and logs. */
export const say = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: `${text}\n`,
})

export const tooBusy = (seconds: number, text: string): Reply => say(503, text, { 'retry-after': String(seconds) })

/** Any page may ask (wire.md §6); nothing that is sent here runs in a browser. */
const always: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, retry-after',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
}

/** Sends an answer. Where its bytes fail halfway the connection is cut, so that nobody takes a part for the whole. */
export async function sendReply(
  response: ServerResponse,
  { status, headers, body }: Reply,
  isHead: boolean,
): Promise<void> {
  response.writeHead(status, { ...always, ...headers })
  if (isHead || body === undefined) response.end()
  else if (typeof body === 'string') response.end(body)
  else await pipeline(Readable.from(body), response)
}

/** A body that is too long, or did not come whole. */
export class BadBody extends Error {
  override readonly name = 'BadBody'
  readonly status: 400 | 413
  constructor(status: 400 | 413, message: string) {
    super(message)
    this.status = status
  }
}

/** The text of a request's body, of at most so many bytes. Throws `BadBody`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const tooLong = (): BadBody => new BadBody(413, `A request has at most ${maxBytes} bytes.`)
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLong()
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length
      if (bytes > maxBytes) throw tooLong()
      pieces.push(piece)
    }
  } catch (thrown) {
    throw thrown instanceof BadBody ? thrown : new BadBody(400, 'The request did not come whole.')
  }
  return Buffer.concat(pieces).toString('utf8')
}
