import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import { decodeDirectSignal, encodeDirectSignal, toAttemptId } from '../../../src/core/meeting/direct-signal.ts'
import { maxSignalBytes } from '../../../src/core/limits.ts'
import { sealBytes } from '../../../src/core/transport-key/signal-seal.ts'
import { aBlob, aCandidate, anyBlob } from './a-code.ts'

const anySignal = fc.record({
  kind: fc.constantFrom('offer' as const, 'answer' as const),
  id: fc.uint8Array({ minLength: 8, maxLength: 8 }).map(toAttemptId),
  blob: anyBlob,
})

test('[F7] a signal says the same after it travelled, and fits a message when it is sealed', () => {
  fc.assert(
    fc.property(anySignal, (signal) => {
      const bytes = encodeDirectSignal(signal)
      expect(decodeDirectSignal(bytes)).toEqual({ ok: true, value: signal })
      expect(bytes.length + sealBytes + 100).toBeLessThan(maxSignalBytes)
    }),
  )
})

test('[F7] whatever decodes as a signal encodes to the same bytes, and decoding never throws', () => {
  const near = anySignal.chain((signal) =>
    fc
      .tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
      .map(([at, byte]) => encodeDirectSignal(signal).with(at % encodeDirectSignal(signal).length, byte)),
  )
  fc.assert(
    fc.property(fc.oneof(near, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const decoded = decodeDirectSignal(bytes)
      expect(decoded.ok ? encodeDirectSignal(decoded.value) : bytes).toEqual(bytes)
      expect(decoded.ok ? undefined : decoded.error.code).toBe(decoded.ok ? undefined : 'meeting/malformed')
    }),
  )
})

test('[F7] a signal of another version, another kind or with a longer name is refused', () => {
  const id = toAttemptId(new Uint8Array(8).fill(7))
  const good = encodeDirectSignal({ kind: 'offer', id, blob: aBlob([aCandidate('mdns')]) })
  expect(decodeDirectSignal(good).ok).toBe(true)
  for (const [at, byte] of [
    [0, 0x83],
    [1, 2],
    [2, 2],
    [3, 0x47],
  ] as const)
    expect(decodeDirectSignal(good.with(at, byte))).toMatchObject({ ok: false })
  expect(decodeDirectSignal(Uint8Array.of(...good, 0)).ok).toBe(false)
  expect(decodeDirectSignal(hexToBytes('')).ok).toBe(false)
})
