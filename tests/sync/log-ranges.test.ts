import { deflateSync, inflateSync } from 'fflate'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cborWriter, writtenBytes } from '../../src/core/bytes/cbor-writer.ts'
import { type CborValue, encodeCbor } from '../../src/core/bytes/cbor.ts'
import { publicKeyOf, signBytes } from '../../src/core/entry/sign.ts'
import { verifyEntry } from '../../src/core/entry/verify.ts'
import type { EncodedOperation, Hash } from '../../src/core/ids.ts'
import { maxFrameBytes, maxPieceBytes } from '../../src/core/limits.ts'
import { decodeBody } from '../../src/sync/body.ts'
import {
  type CarriedEntry,
  type RebuiltRange,
  openLogRanges,
  packEntries,
  rangesField,
  rebuildEntries,
} from '../../src/sync/log-ranges.ts'
import { decodeMessage, encodeMessage } from '../../src/sync/message-codec.ts'
import type { LogRanges, Message } from '../../src/sync/messages.ts'
import { aKey, aLog, must, someLogs } from './any-logs.ts'
import { nastyBodies } from './nasty-bodies.ts'

/** What somebody makes of messages who holds these entries before. */
function receive(messages: readonly Message[], before: readonly CarriedEntry[] = []): readonly RebuiltRange[] {
  const held = new Map<string, Hash>()
  const keep = ({ entry }: CarriedEntry): unknown =>
    held.set(`${entry.publicKey}/${entry.logId}/${entry.seqNum}`, entry.hash)
  before.forEach(keep)
  return messages.flatMap((message) => {
    const sent = must(decodeMessage(encodeMessage(message)))
    if (sent.type !== 'LogRanges') throw new Error(`a ${sent.type} came`)
    const opened = must(openLogRanges(sent))
    const asked = new Set(opened.links.map(({ logId, seqNum }) => `${logId}/${seqNum}`))
    const ranges = rebuildEntries(opened, ({ logId, seqNum }) => {
      if (!asked.has(`${logId}/${seqNum}`)) throw new Error('a link was not named before')
      return held.get(`${sent.publicKey}/${logId}/${seqNum}`)
    })
    for (const range of ranges) if (range.isLinked) range.entries.forEach(keep)
    return ranges
  })
}

const entriesOf = (ranges: readonly RebuiltRange[]): readonly CarriedEntry[] =>
  ranges.flatMap((range) => (range.isLinked ? range.entries : []))

const operations = (count: number, bytes = 50): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, i) => new Uint8Array(bytes).fill(i % 256))

describe('LogRanges', () => {
  test('[W11] every entry comes back byte for byte, with the operations there are, wherever its log is taken up', () => {
    fc.assert(
      fc.property(someLogs, (logs) => {
        const sent = logs.flatMap(({ log, held }) => log.slice(held))
        const before = logs.flatMap(({ log, held }) => log.slice(0, held))
        expect(entriesOf(receive(packEntries(3, sent), before))).toEqual(sent)
      }),
      { numRuns: 60 },
    )
  })

  test('[W11] signatures hold over what was rebuilt', () => {
    const seed = new Uint8Array(32).fill(9)
    const log = aLog(publicKeyOf(seed), 4n, operations(14), { sign: (unsigned) => signBytes(unsigned, seed) })
    const rebuilt = entriesOf(receive(packEntries(0, log)))
    expect(rebuilt.map(({ entry }) => verifyEntry(entry).ok)).toEqual(log.map(() => true))
  })

  test('[W11] much of it travels in many messages, each within its limits, and in order', () => {
    const log = aLog(aKey(1), 0n, operations(300, 900))
    const messages = packEntries(0, log)
    expect(messages.length).toBeGreaterThan(3)
    for (const message of messages) expect(encodeMessage(message).length).toBeLessThan(maxFrameBytes)
    expect(entriesOf(receive(messages))).toEqual(log)
  })

  test('[W11] what does not fit a body travels as Entry, in its place', () => {
    const log = aLog(aKey(1), 0n, [new Uint8Array(5), new Uint8Array(maxPieceBytes), new Uint8Array(5)])
    const messages = packEntries(0, log)
    expect(messages.map(({ type }) => type)).toEqual(['LogRanges', 'Entry', 'LogRanges'])
    expect(messages[1]).toMatchObject({ entry: log[1]?.entry.bytes, operation: log[1]?.operation })
    const [first, , last] = messages as [Message, Message, Message]
    expect(entriesOf(receive([first, last], log.slice(0, 2)))).toEqual([log[0], log[2]])
  })

  test('[W11] small bodies are not deflated, larger ones are where that helps', () => {
    const encodings = (count: number, bytes: number): unknown =>
      packEntries(0, aLog(aKey(1), 0n, operations(count, bytes))).map((message) => (message as LogRanges).encoding)
    expect(encodings(3, 50)).toEqual([0])
    expect(encodings(60, 50)).toEqual([1])
  })

  test('[W12] a range on an unknown entry is named to be asked for; the others are rebuilt', () => {
    const [one, two] = [aLog(aKey(1), 1n, operations(9)), aLog(aKey(1), 2n, operations(3))]
    const ranges = receive(packEntries(0, [...one.slice(4), ...two]))
    expect(ranges).toEqual([
      { isLinked: false, logId: 1n, seqNums: [5n, 6n, 7n, 8n, 9n] },
      { isLinked: true, entries: two },
    ])
  })

  test('[W12] a range on another branch of a fork is named, not rebuilt on ours', () => {
    const theirs = aLog(aKey(1), 1n, [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)])
    const ours = aLog(aKey(1), 1n, [Uint8Array.of(1), Uint8Array.of(7)])
    expect(receive(packEntries(0, theirs.slice(2)), ours)).toEqual([{ isLinked: false, logId: 1n, seqNums: [3n] }])
  })

  test('[W12] a range whose skip link leads to what is not held is named', () => {
    const log = aLog(aKey(1), 1n, operations(8))
    const ranges = receive(packEntries(0, log.slice(7)), log.slice(5, 7))
    expect(ranges).toEqual([{ isLinked: false, logId: 1n, seqNums: [8n] }])
  })
})

describe('hostile bodies', () => {
  const message = (body: Uint8Array, encoding: 0 | 1, signatures = 1): LogRanges => ({
    type: 'LogRanges',
    session: 0,
    publicKey: aKey(1),
    encoding,
    body,
    signatures: new Uint8Array(64 * signatures),
  })
  const refused = { ok: false, error: { code: 'message/body-malformed' } }

  test.each(nastyBodies)('[W13] refuses $what', ({ cbor }) => {
    const bytes = cbor instanceof Uint8Array ? cbor : encodeCbor(cbor)
    expect(openLogRanges(message(bytes, 0))).toMatchObject(refused)
    expect(openLogRanges(message(deflateSync(bytes), 1))).toMatchObject(refused)
  })

  test('[W13] refuses more or fewer signatures than entries', () => {
    const body = encodeCbor([[0n, 1n, null, [new Uint8Array(3)]]] as CborValue)
    expect(openLogRanges(message(body, 0)).ok).toBe(true)
    expect(openLogRanges(message(body, 0, 0))).toMatchObject(refused)
    expect(openLogRanges(message(body, 0, 2))).toMatchObject(refused)
  })

  test('[W13] a body that inflates a thousandfold is left after the first 64 KiB', () => {
    const bomb = deflateSync(new Uint8Array(60_000_000))
    expect(bomb.length).toBeLessThan(maxPieceBytes)
    const taken = (work: () => unknown): number => {
      const start = performance.now()
      work()
      return performance.now() - start
    }
    const whole = taken(() => inflateSync(bomb))
    expect(taken(() => openLogRanges(message(bomb, 1)))).toBeLessThan(whole / 4)
    expect(openLogRanges(message(bomb, 1))).toMatchObject(refused)
  })

  test('[W13] the largest body there may be is read, one byte more is not', () => {
    const body = (bytes: number): Uint8Array => encodeCbor([[0n, 1n, null, [new Uint8Array(bytes - 9)]]] as CborValue)
    expect(body(maxPieceBytes)).toHaveLength(maxPieceBytes)
    expect(openLogRanges(message(deflateSync(body(maxPieceBytes)), 1)).ok).toBe(true)
    expect(openLogRanges(message(deflateSync(body(maxPieceBytes + 1)), 1))).toMatchObject(refused)
    expect(openLogRanges(message(body(maxPieceBytes + 1), 0))).toMatchObject(refused)
  })

  test('[W13] refuses a deflate stream that is cut off, or is none', () => {
    const body = deflateSync(encodeCbor([[0n, 1n, null, [new Uint8Array(3000).map((_, i) => i * i)]]] as CborValue))
    expect(openLogRanges(message(body, 1)).ok).toBe(true)
    expect(openLogRanges(message(body.subarray(0, -1), 1))).toMatchObject(refused)
    expect(openLogRanges(message(new Uint8Array(0), 1))).toMatchObject(refused)
    expect(openLogRanges(message(new Uint8Array(40).fill(0xff), 1))).toMatchObject(refused)
  })

  test('[W13] nothing throws, and what is accepted encodes to the same bytes', () => {
    const honest = someLogs
      .filter((logs) => logs.length > 0)
      .map((logs) => {
        const [first] = packEntries(0, logs.flatMap(({ log }) => log).slice(0, 8))
        return first as LogRanges
      })
    const changed = fc.tuple(honest, fc.nat(), fc.nat({ max: 255 })).map(([sent, at, byte]) => {
      const body = sent.body.slice()
      body[at % body.length] = byte
      return { ...sent, body }
    })
    const anything = fc
      .tuple(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(0 as const, 1 as const))
      .map(([body, encoding]) => message(body, encoding))
    const reencode = (sent: LogRanges): Uint8Array => {
      const decoded = decodeBody(rangesField, sent)
      if (!decoded.ok || sent.encoding === 1) return sent.body
      const writer = cborWriter()
      rangesField.write(writer, decoded.value)
      return writtenBytes(writer)
    }
    fc.assert(
      fc.property(fc.oneof(anything, changed), (sent) => {
        expect(reencode(sent)).toEqual(sent.body)
        const opened = openLogRanges(sent)
        const ranges = opened.ok ? rebuildEntries(opened.value, () => `0020${'ab'.repeat(32)}` as Hash) : []
        expect(ranges.length).toBeLessThanOrEqual(sent.body.length)
      }),
      { numRuns: 400 },
    )
  })
})

test('an operation that was never there is told from one of no bytes', () => {
  const log = aLog(aKey(1), 0n, [new Uint8Array(0), null])
  expect(entriesOf(receive(packEntries(0, log))).map(({ operation }) => operation)).toEqual([
    new Uint8Array(0) as EncodedOperation,
    null,
  ])
})
