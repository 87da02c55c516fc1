import { giveAway } from '../hosts/remote-streams.ts'
import type { ByteSource } from './takibi-node.ts'

/** Bytes that cross to the engine at once: large enough that crossing costs nothing, small enough that memory stays flat. */
const pieceLength = 256 * 1024

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // Copies, because the pieces are given away and the caller's bytes stay the caller's.
  for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.slice(at, at + pieceLength)
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Written with a reader: not every browser can iterate a stream.
  const reader = stream.getReader()
  let isOver = false
  try {
    for (;;) {
      const step = await reader.read()
      isOver = step.done
      if (step.done) return
      yield step.value
    }
  } finally {
    if (!isOver) await reader.cancel()
  }
}

/** Whatever holds bytes, as the engine reads it: piece by piece, no faster than it takes them. */
export function bytesFrom(source: ByteSource): AsyncIterable<Uint8Array> {
  if (source instanceof Uint8Array) return giveAway(piecesOf(source))
  if (source instanceof Blob) return giveAway(chunksOf(source.stream()))
  if (source instanceof ReadableStream) return chunksOf(source)
  return source
}

/** How many bytes there are, where that can be known before reading. */
export const lengthOf = (source: ByteSource): number | undefined =>
  source instanceof Uint8Array ? source.length : source instanceof Blob ? source.size : undefined
