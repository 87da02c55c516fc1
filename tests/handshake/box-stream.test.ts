import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { bytesToHex, hexToBytes } from '../../src/core/bytes/hex.ts'
import {
  type BoxReader,
  type BoxWriter,
  endReading,
  endWriting,
  flush,
  read,
  startReading,
  startWriting,
  write,
} from '../../src/handshake/box-stream.ts'
import { bytewise } from './party.ts'
import { type RefusedBox, boxKeys, pattern, shs } from './vectors.ts'

const keys = { key: new Uint8Array(32).fill(7), nonce: new Uint8Array(24).fill(9) }

/** Every write is sent at once, then goodbye. */
function sendEach(writer: BoxWriter, messages: readonly Uint8Array[]): Uint8Array {
  let wire = new Uint8Array()
  let now = writer
  for (const message of messages) {
    const [filled, full] = write(now, message)
    const [flushed, rest] = flush(filled)
    wire = concatBytes(wire, full, rest) as Uint8Array<ArrayBuffer>
    now = flushed
  }
  return concatBytes(wire, endWriting(now))
}

/** Reads chunks, and gives how it ended and what was delivered. */
function readAll(
  reader: BoxReader,
  chunks: Iterable<Uint8Array>,
): { readonly end: BoxReader; readonly bodies: Uint8Array[] } {
  let end = reader
  const bodies: Uint8Array[] = []
  for (const chunk of chunks) {
    const [next, more] = read(end, chunk)
    end = next
    bodies.push(...more)
  }
  return { end, bodies }
}

/** Cuts bytes into pieces of the given lengths, again and again. */
function* cut(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1
    yield bytes.subarray(at, at + length)
    at += length
  }
}

describe.each(shs.boxStreams)('$id', ({ writeLengths, stream, ...vector }) => {
  const messages = writeLengths.map((length, index) => pattern(index, length))

  test('[H5] is written as the reference writes it', () => {
    expect(bytesToHex(sendEach(startWriting(boxKeys(vector)), messages))).toBe(stream)
  })

  test.each([
    ['whole', (bytes: Uint8Array) => [bytes]],
    ['byte by byte', bytewise],
  ] as const)('[H5] is read, %s, up to its goodbye', (_, split) => {
    const { end, bodies } = readAll(startReading(boxKeys(vector)), split(hexToBytes(stream)))
    expect(end).toEqual({ kind: 'ended' })
    expect(concatBytes(...bodies)).toEqual(concatBytes(...messages))
  })
})

const stageOfEnd = (end: BoxReader): string => {
  if (end.kind !== 'failed') return end.kind
  switch (end.failure.code) {
    case 'channel/tag-invalid':
      return end.failure.part
    case 'channel/packet-size':
      return 'length'
    case 'channel/cut-off':
      return 'eof'
  }
}

const refused = shs.invalid.filter((each): each is RefusedBox => each.kind === 'box')

describe.each([
  ['whole', (bytes: Uint8Array) => [bytes]],
  ['byte by byte', bytewise],
] as const)('a stream that is wrong, fed %s,', (_, split) => {
  test.each(refused)('[H6] $id: ends with $expectedRejectionStage, and only what came before is delivered', (wrong) => {
    const { end, bodies } = readAll(startReading(boxKeys(wrong)), split(hexToBytes(wrong.input)))
    expect(stageOfEnd(endReading(end))).toBe(wrong.expectedRejectionStage)
    expect(bodies.map((body) => bytesToHex(body))).toEqual(wrong.deliveredBefore)
  })

  test('[H6] an empty packet is refused, with nothing delivered', () => {
    const vector = shs.accept.find(({ id }) => id === 'accept-zero-length-frame')!
    const { end, bodies } = readAll(startReading(boxKeys(vector)), split(hexToBytes(vector.input)))
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'channel/packet-size', bytes: 0 } })
    expect(bodies).toEqual([])
  })

  test('[H7] what comes behind the goodbye is ignored', () => {
    const vector = shs.accept.find(({ id }) => id === 'accept-data-after-goodbye')!
    const { end, bodies } = readAll(startReading(boxKeys(vector)), split(hexToBytes(vector.input)))
    expect(endReading(end)).toEqual({ kind: 'ended' })
    expect(bodies.map((body) => bytesToHex(body))).toEqual(vector.delivered)
  })
})

const message = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.integer({ min: 0, max: 9_000 }).map((length) => pattern(3, length)),
)
const messages = fc.array(message, { maxLength: 12 })
const lengths = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 })

test('[H5] what was written is read, in order, however it is split and whenever it is flushed', () => {
  fc.assert(
    fc.property(messages, lengths, fc.array(fc.boolean(), { maxLength: 12 }), (written, splits, flushes) => {
      let writer = startWriting(keys)
      const wire: Uint8Array[] = []
      for (const [index, each] of written.entries()) {
        const [next, full] = write(writer, each)
        const [flushed, rest] = flushes[index] ? flush(next) : [next, new Uint8Array()]
        wire.push(full, rest)
        writer = flushed
      }
      const stream = concatBytes(...wire, endWriting(writer))
      const { end, bodies } = readAll(startReading(keys), cut(stream, splits))
      expect(end).toEqual({ kind: 'ended' })
      expect(concatBytes(...bodies)).toEqual(concatBytes(...written))
    }),
    { numRuns: 60 },
  )
})

test('[H6] a stream with one bit changed never ends well, and delivers nothing but a beginning of what was written', () => {
  const written = [pattern(0, 300), pattern(1, 4_097), pattern(2, 5)]
  const stream = sendEach(startWriting(keys), written)
  const whole = bytesToHex(concatBytes(...written))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: stream.length * 8 - 1 }), lengths, (bit, splits) => {
      const changed = stream.slice()
      changed[bit >> 3]! ^= 1 << (bit & 7)
      const { end, bodies } = readAll(startReading(keys), cut(changed, splits))
      expect(endReading(end).kind).toBe('failed')
      expect(whole.startsWith(bytesToHex(concatBytes(...bodies)))).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test('[H6] a stream that is cut anywhere before its last byte is said to be cut', () => {
  const stream = sendEach(startWriting(keys), [pattern(0, 50), pattern(1, 20)])
  for (let length = 0; length < stream.length; length++) {
    const { end } = readAll(startReading(keys), [stream.subarray(0, length)])
    expect(endReading(end)).toEqual({ kind: 'failed', failure: { code: 'channel/cut-off' } })
  }
})

test('[H6] bytes that are no stream at all make no step throw', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
      const { end, bodies } = readAll(startReading(keys), chunks)
      expect(bodies).toEqual([])
      expect(['reading', 'failed']).toContain(end.kind)
    }),
  )
})

test('[H8] small messages share packets, and wait no longer than for a flush', () => {
  const lineOf = (index: number) => pattern(index, 100)
  let writer = startWriting(keys)
  const wire: Uint8Array[] = []
  for (let index = 0; index < 100; index++) {
    const [next, full] = write(writer, lineOf(index))
    writer = next
    wire.push(full)
  }
  expect(writer.waiting).toHaveLength(10_000 - 2 * 4_096)
  const [flushed, rest] = flush(writer)
  expect(flushed.waiting).toHaveLength(0)
  expect(flush(flushed)[1]).toHaveLength(0)
  const { bodies } = readAll(startReading(keys), [...wire, rest])
  expect(bodies.map(({ length }) => length)).toEqual([4_096, 4_096, 1_808])
})

test('[H8] a reader keeps no more than one packet, and no part of the chunk it was given', () => {
  const [, packet] = flush(write(startWriting(keys), pattern(0, 4_095))[0])
  // A Buffer, as Node's sockets give them: its slice() copies nothing.
  const chunk = Buffer.from(packet.subarray(0, -1))
  const [reader] = read(startReading(keys), chunk)
  chunk.fill(0)
  expect(reader.kind === 'reading' && reader.rest.length).toBe(34 + 4_094)
  const [after, bodies] = read(reader, packet.subarray(-1))
  expect(bodies).toEqual([pattern(0, 4_095)])
  expect(after.kind === 'reading' && after.rest.length).toBe(0)
})

test('the file holds what its README says', () => {
  expect([shs.boxStreams.length, refused.length, shs.accept.length, shs.invalid.length]).toEqual([10, 15, 2, 76])
})
