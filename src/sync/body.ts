import { Inflate, deflateSync } from 'fflate'
import { cborCursor, readEnd } from '../core/bytes/cbor-reader.ts'
import { cborWriter, writtenBytes } from '../core/bytes/cbor-writer.ts'
import { joinBytes } from '../core/bytes/concat.ts'
import { maxPieceBytes } from '../core/limits.ts'
import { type Result, fail, ok } from '../core/result.ts'
import type { Field } from './fields.ts'
import type { Encoding } from './messages.ts'

/** The body of a `Have` or a `LogRanges`: canonical CBOR, as it is or compressed. */
export interface Body {
  readonly encoding: Encoding
  readonly body: Uint8Array
}

/** Byte `at` of the inflated body is not what its shape asks for; byte 0 also where it does not inflate to at most 64 KiB. Ends the connection. */
export type BodyFailure = { readonly code: 'message/body-malformed'; readonly at: number; readonly expected: string }

/** Bytes below which compressing costs more than it saves (sync.md §5). */
const deflateFrom = 1024
/** Deflated bytes that are inflated at once. They give at most some thousand times as many, so the limit is looked at before much was made. */
const inflateStep = 512

/** Value to body: deflated where that is shorter. */
export function encodeBody<T>(field: Field<T>, value: T): Body {
  const writer = cborWriter()
  field.write(writer, value)
  const bytes = writtenBytes(writer)
  if (bytes.length < deflateFrom) return { encoding: 0, body: bytes }
  const deflated = deflateSync(bytes)
  return deflated.length < bytes.length ? { encoding: 1, body: deflated } : { encoding: 0, body: bytes }
}

/** Body to value, strict; or `message/body-malformed`. Never throws, never makes more than 64 KiB and one step of it. */
export function decodeBody<T>(field: Field<T>, { encoding, body }: Body): Result<T, BodyFailure> {
  const bytes = encoding === 1 ? inflate(body) : body
  if (!bytes || bytes.length > maxPieceBytes)
    return fail({
      code: 'message/body-malformed',
      at: 0,
      expected: `at most ${maxPieceBytes} bytes, in one deflate stream`,
    })
  const cursor = cborCursor(bytes)
  const value = field.read(cursor)
  readEnd(cursor)
  if (!cursor.failure) return ok(value)
  const { at, expected } = cursor.failure
  return fail({ code: 'message/body-malformed', at, expected })
}

/** Inflates step by step; nothing where it is no deflate stream or gives too much. */
function inflate(body: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = []
  let length = 0
  const stream = new Inflate((part) => {
    parts.push(part)
    length += part.length
  })
  try {
    for (let at = 0; at < body.length || at === 0; at += inflateStep) {
      stream.push(body.subarray(at, at + inflateStep), at + inflateStep >= body.length)
      if (length > maxPieceBytes) return undefined
    }
  } catch {
    return undefined
  }
  return joinBytes(parts)
}
