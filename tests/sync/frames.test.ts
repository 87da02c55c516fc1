import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { hexToBytes } from '../../src/core/bytes/hex.ts'
import { encodeVarU64 } from '../../src/core/bytes/varu64.ts'
import type { EncodedEntry, EncodedOperation } from '../../src/core/ids.ts'
import { maxEntryBytes, maxOperationBytes } from '../../src/core/limits.ts'
import { encodeFrame, frameReader } from '../../src/sync/frames.ts'
import { encodeMessage } from '../../src/sync/message-codec.ts'
import type { Message } from '../../src/sync/messages.ts'
import { anyMessage } from './any-message.ts'
import { nastyMessages } from './nasty.ts'

/** The bytes in pieces that end at these places. */
const cutAt = (bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] => {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
}

const beat: Message = { type: 'Beat' }

describe('frames', () => {
  test('[W4] messages come out in order, wherever the bytes were cut', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 12 }), (messages, places) => {
        const reader = frameReader()
        const read = cutAt(concatBytes(...messages.map(encodeFrame)), places).flatMap((chunk) => {
          const { messages: came, failure } = reader.push(chunk)
          expect(failure).toBeUndefined()
          return came
        })
        expect(read).toEqual(messages)
        expect(reader.isBetweenFrames()).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('[W4] the largest entry fits its frame, and goes through although it comes byte by byte', () => {
    const message: Message = {
      type: 'Entry',
      session: 2 ** 32 - 1,
      entry: new Uint8Array(maxEntryBytes) as EncodedEntry,
      operation: new Uint8Array(maxOperationBytes) as EncodedOperation,
    }
    const frame = encodeFrame(message)
    const reader = frameReader()
    const tiny = 200_000
    let early = 0
    for (let at = 0; at < tiny; at++) early += reader.push(frame.subarray(at, at + 1)).messages.length
    early += reader.push(frame.subarray(tiny, -1)).messages.length
    expect(early).toBe(0)
    expect(reader.isBetweenFrames()).toBe(false)
    expect(reader.push(frame.subarray(-1)).messages).toEqual([message])
  })

  test('[W4] keeps nothing of a chunk that its sender writes over', () => {
    const frame = encodeFrame({ type: 'Credit', session: 1, bytes: 2 })
    const reader = frameReader()
    const chunk = frame.slice(0, 3)
    reader.push(chunk)
    chunk.fill(0xff)
    expect(reader.push(frame.subarray(3)).messages).toEqual([{ type: 'Credit', session: 1, bytes: 2 }])
  })

  test.each([
    ['a frame of 1 MiB and a byte', encodeVarU64(2n ** 20n + 1n), 'frame/too-large'],
    ['a frame of 2^64 - 1 bytes', encodeVarU64(2n ** 64n - 1n), 'frame/too-large'],
    ['a length in a longer form', hexToBytes('f801814800'), 'frame/length-invalid'],
    ['an empty frame', hexToBytes('00'), 'message/malformed'],
    ['a message of an unknown type', hexToBytes('03820400'), 'message/type-unknown'],
  ])('[W5] %s ends the stream at once', (_, bytes, code) => {
    const reader = frameReader()
    const first = reader.push(concatBytes(encodeFrame(beat), bytes))
    expect(first).toMatchObject({ messages: [beat], failure: { code } })
    expect(reader.push(encodeFrame(beat))).toMatchObject({ messages: [], failure: { code } })
  })

  test.each(nastyMessages.filter(({ bytes }) => bytes.length < 2 ** 20))(
    '[W5] $what ends the stream',
    ({ bytes, code }) => {
      const { messages, failure } = frameReader().push(concatBytes(encodeVarU64(BigInt(bytes.length)), bytes))
      expect(messages).toEqual([])
      expect(failure).toMatchObject({ code })
    },
  )

  test('[W5] any bytes are read to messages that encode to them, or to one failure', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 6 }), (chunks) => {
        const reader = frameReader()
        const read = chunks.flatMap((chunk) => reader.push(chunk).messages)
        const bytes = concatBytes(...read.map(encodeFrame))
        expect(concatBytes(...chunks).subarray(0, bytes.length)).toEqual(bytes)
      }),
      { numRuns: 2000 },
    )
  })

  test('a frame is the length and the message', () => {
    expect(encodeFrame(beat)).toEqual(concatBytes(Uint8Array.of(3), encodeMessage(beat)))
  })
})
