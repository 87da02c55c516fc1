import { assert } from '../assert.ts'
import { concatBytes, equalBytes, joinBytes } from '../bytes/concat.ts'
import { cborCursor, failAt, readArray, readBytes, readEnd, readNull, typeHere } from '../bytes/cbor-reader.ts'
import { cborWriter, writeArray, writeBytes, writeNull, writtenBytes } from '../bytes/cbor-writer.ts'
import { decodeVarU64, encodeVarU64 } from '../bytes/varu64.ts'
import type { EncodedEntry, EncodedOperation } from '../ids.ts'
import { maxBundleItemBytes, maxOperationBytes } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'

/**
 * A `.takibi` file (decisions.md 11): entries with their operations, in any number, read and written piece by piece.
 *
 *     "takibi1\n" | varu64 length | CBOR [entry bytes, operation bytes or null] | varu64 length | CBOR […] | …
 */

/** What every bundle begins with. */
export const bundleHeader: Uint8Array = new TextEncoder().encode('takibi1\n')

/** One entry of a bundle, as it lay there: nobody has decoded either part. */
export interface BundleItem {
  /** Position in the file, counted from 0. */
  readonly index: number
  readonly entry: EncodedEntry
  /** `null`: the payload was dropped, or left out on purpose. */
  readonly operation: EncodedOperation | null
}

export type BundleFailure =
  /** Not a bundle at all; nothing follows. */
  | { readonly code: 'bundle/header-invalid' }
  /** The file ends inside the item; nothing follows. */
  | { readonly code: 'bundle/cut-off'; readonly index: number }
  /** The item's length is no varu64, so nobody knows where the next one begins; nothing follows. */
  | { readonly code: 'bundle/length-invalid'; readonly index: number }
  /** Skipped: reading goes on with the next. */
  | { readonly code: 'bundle/item-too-large'; readonly index: number; readonly bytes: bigint; readonly limit: number }
  /** Byte `at` of the item is not what its shape asks for. Skipped: reading goes on with the next. */
  | {
      readonly code: 'bundle/item-malformed'
      readonly index: number
      readonly at: number
      readonly expected: string
    }
  /** The operation is larger than any may be. Skipped: reading goes on with the next. */
  | { readonly code: 'payload/too-large'; readonly index: number; readonly bytes: number; readonly limit: number }

/** One item with its length before it, to be written after `bundleHeader` or another item. Checks neither part but the operation's size. */
export function encodeBundleItem(entry: EncodedEntry, operation: EncodedOperation | null): Uint8Array {
  assert(!operation || operation.length <= maxOperationBytes, 'an operation was accepted only up to its limit')
  const writer = cborWriter()
  writeArray(writer, 2)
  writeBytes(writer, entry)
  if (operation) writeBytes(writer, operation)
  else writeNull(writer)
  const item = writtenBytes(writer)
  return concatBytes(encodeVarU64(BigInt(item.length)), item)
}

/** The CBOR of one item. Both parts come out as copies. */
function decodeItem(bytes: Uint8Array, index: number): Result<BundleItem, BundleFailure> {
  const cursor = cborCursor(bytes)
  if (readArray(cursor, 'an entry and its operation') !== 2) failAt(cursor, 0, 'an entry and its operation')
  const entry = readBytes(cursor, 'the bytes of an entry')
  const operation =
    typeHere(cursor) === 'null' ? readNull(cursor) : readBytes(cursor, 'the bytes of an operation or null')
  readEnd(cursor)
  if (cursor.failure) {
    const { at, expected } = cursor.failure
    return fail({ code: 'bundle/item-malformed', index, at, expected })
  }
  if (operation && operation.length > maxOperationBytes)
    return fail({ code: 'payload/too-large', index, bytes: operation.length, limit: maxOperationBytes })
  return ok({
    index,
    entry: entry.slice() as EncodedEntry,
    operation: operation && (operation.slice() as EncodedOperation),
  })
}

/** What is known after looking at the bytes at hand: an item (or why there is none) and where the next begins, or how many bytes to come back with. */
type Step =
  | { readonly item: Result<BundleItem, BundleFailure>; readonly next: number; readonly isLast?: boolean }
  | { readonly needs: number }

/** The item at the front of `bytes`. `next` may lie behind their end: then the rest of the item passes by unread. */
function readItem(bytes: Uint8Array, index: number): Step {
  const length = decodeVarU64(bytes, 0)
  if (!length.ok) {
    if (length.error.code === 'varu64/cut-off') return { needs: bytes.length + 1 }
    return { item: fail({ code: 'bundle/length-invalid', index }), next: bytes.length, isLast: true }
  }
  const { value, next: start } = length.value
  const end = start + Number(value)
  if (value > maxBundleItemBytes) {
    const failure = { code: 'bundle/item-too-large', index, bytes: value, limit: maxBundleItemBytes } as const
    return { item: fail(failure), next: end }
  }
  if (end > bytes.length) return { needs: end }
  return { item: decodeItem(bytes.subarray(start, end), index), next: end }
}

/**
 * Reads a bundle as its bytes arrive, in chunks of any size; holds at most one item and a chunk.
 * Checks the frame only: `decodeEntry` and the rest of ingest judge what is inside.
 *
 * @returns items and failures, in order. After an item that is bad but whose length is known, the next one follows; all other
 *   failures come last. Throws only what `source` throws.
 */
export async function* readBundle(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Result<BundleItem, BundleFailure>, void, undefined> {
  let pieces: Uint8Array[] = []
  let held = 0
  let needed = bundleHeader.length
  let toSkip = 0
  let isInside = false
  let index = 0

  for await (const chunk of source) {
    const skipped = Math.min(toSkip, chunk.length)
    toSkip -= skipped
    pieces.push(chunk.subarray(skipped))
    held += chunk.length - skipped
    // Pieces are joined only when they suffice, so that tiny chunks do not make a large item quadratic.
    if (held < needed) continue
    let rest = joinBytes(pieces)

    if (!isInside) {
      if (!equalBytes(rest.subarray(0, bundleHeader.length), bundleHeader)) {
        yield fail({ code: 'bundle/header-invalid' })
        return
      }
      isInside = true
      rest = rest.subarray(bundleHeader.length)
      needed = 1
    }
    while (rest.length > 0) {
      const step = readItem(rest, index)
      if ('needs' in step) {
        needed = step.needs
        break
      }
      yield step.item
      if (step.isLast) return
      index += 1
      needed = 1
      toSkip = Math.max(0, step.next - rest.length)
      rest = rest.subarray(step.next)
    }
    pieces = [rest]
    held = rest.length
  }
  if (!isInside) yield fail({ code: 'bundle/header-invalid' })
  else if (held > 0) yield fail({ code: 'bundle/cut-off', index })
}
