import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Bug } from '../../src/core/assert.ts'
import { encodeCbor } from '../../src/core/bytes/cbor.ts'
import { bytesToHex, hexToBytes } from '../../src/core/bytes/hex.ts'
import type { EncodedEntry, EncodedOperation, Hash } from '../../src/core/ids.ts'
import { decodeMessage, encodeMessage } from '../../src/sync/message-codec.ts'
import type { Message } from '../../src/sync/messages.ts'
import vectors from '../vectors/replication-messages.json'
import { anyMessage } from './any-message.ts'
import { nastyMessages } from './nasty.ts'
import { shapes } from './shapes.ts'

describe('messages', () => {
  test('[W1] every message comes back as it was', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decodeMessage(encodeMessage(message))).toEqual({ ok: true, value: message })
      }),
      { numRuns: 1000 },
    )
  })

  test('[W1] nothing throws, and what is accepted encodes to the same bytes', () => {
    const changed = fc.tuple(anyMessage, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([message, at, flip]) => {
      const bytes = encodeMessage(message)
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
      return bytes
    })
    const cut = fc.tuple(anyMessage, fc.nat()).map(([message, at]) => {
      const bytes = encodeMessage(message)
      return bytes.subarray(0, at % bytes.length)
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), changed, cut), (bytes) => {
        const decoded = decodeMessage(bytes)
        expect(decoded.ok ? encodeMessage(decoded.value) : bytes).toEqual(bytes)
      }),
      { numRuns: 4000 },
    )
  })

  test.each(shapes)('[W1] $message.type has its number and its values in order', ({ message, cbor }) => {
    const bytes = encodeCbor(cbor)
    expect(bytesToHex(encodeMessage(message))).toBe(bytesToHex(bytes))
    expect(decodeMessage(bytes)).toEqual({ ok: true, value: message })
  })

  test.each(nastyMessages)('[W2] refuses $what', ({ bytes, code, at }) => {
    expect(decodeMessage(bytes)).toMatchObject({ ok: false, error: at === undefined ? { code } : { code, at } })
  })

  test('[W2] a message over its limit is refused before its list is read', () => {
    const want = encodeCbor([32n, 0n, Array.from({ length: 2000 }, () => new Uint8Array(32))])
    expect(decodeMessage(want)).toMatchObject({ ok: false, error: { code: 'message/too-large', limit: 65536 } })
  })

  test('[W2] a message that is too long is never sent', () => {
    const ids = Array.from({ length: 2000 }, () => `0020${'00'.repeat(32)}` as Hash)
    expect(() => encodeMessage({ type: 'Want', session: 0, ids })).toThrow(Bug)
  })

  test('bytes of a message are copies', () => {
    const bytes = encodeMessage({ type: 'LinkProof', mac: new Uint8Array(32) })
    const decoded = decodeMessage(bytes)
    bytes.fill(7)
    expect(decoded).toEqual({ ok: true, value: { type: 'LinkProof', mac: new Uint8Array(32) } })
  })
})

describe('aquadoggo 0.9.1', () => {
  const ours = vectors.vectors.filter(({ name }) => !/^(SyncRequest|Have)/.test(name))
  const theirs = vectors.vectors.filter(({ name }) => /^(SyncRequest|Have)/.test(name))

  test.each(ours)('[W3] $name means the same here', ({ hex, json }) => {
    expect(decodeMessage(hexToBytes(hex))).toEqual({ ok: true, value: messageOf(json as unknown as Json) })
    expect(bytesToHex(encodeMessage(messageOf(json as unknown as Json)))).toBe(hex)
  })

  test.each(theirs)('[W3] $name is refused, since ours says more', ({ hex }) => {
    expect(decodeMessage(hexToBytes(hex))).toMatchObject({ ok: false, error: { code: 'message/malformed' } })
  })

  test.each(vectors.invalid)('[W3] refuses $reason', ({ hex }) => {
    expect(decodeMessage(hexToBytes(hex))).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^message\//) },
    })
  })

  type Json = readonly [number, ...unknown[]]
  const bytesOf = (value: unknown): Uint8Array => hexToBytes((value as { readonly bytes: string }).bytes)

  function messageOf([number, ...rest]: Json): Message {
    if (number === 0) {
      const [version, timestamp, schemaIds] = rest as [number, number, never]
      return { type: 'Announce', version, timestamp, schemaIds }
    }
    if (number === 3) return { type: 'SyncDone', session: rest[0] as number, live: rest[1] as boolean }
    return {
      type: 'Entry',
      session: rest[0] as number,
      entry: bytesOf(rest[1]) as EncodedEntry,
      operation: rest[2] === null ? null : (bytesOf(rest[2]) as EncodedOperation),
    }
  }
})
