import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import { publicKeyOf } from '../../../src/core/entry/sign.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import { openSignal, peerToAgreeWith, sealBytes, sealSignal } from '../../../src/core/transport-key/signal-seal.ts'
import { toX25519Secret, x25519 } from '../../../src/core/transport-key/x25519.ts'
import { valueOf } from '../../engine/support.ts'
import vectors from '../../vectors/signals.json' with { type: 'json' }

const from = vectors.cases[0]!.from as PublicKey
const to = vectors.cases[0]!.to as PublicKey
const shared = hexToBytes(vectors.cases[0]!.shared)

describe.each(vectors.cases)('a sealed signal that holds $name', (each) => {
  const way = { from: each.from as PublicKey, to: each.to as PublicKey }

  test('[K10] is the same as another implementation makes, for both keys', () => {
    const theirs = valueOf(peerToAgreeWith(way.from, way.to))
    const agreed = x25519(toX25519Secret(hexToBytes(each.fromSeed)), theirs)
    expect(agreed).toEqual(hexToBytes(each.shared))
    expect(sealSignal(agreed!, way, hexToBytes(each.nonce), hexToBytes(each.plain))).toEqual(hexToBytes(each.sealed))
  })

  test('[K10] opens for whom it is meant', () => {
    const theirs = valueOf(peerToAgreeWith(way.to, way.from))
    const agreed = x25519(toX25519Secret(hexToBytes(each.toSeed)), theirs)
    expect(openSignal(agreed!, way, hexToBytes(each.sealed))).toEqual(hexToBytes(each.plain))
  })
})

const plains = fc.uint8Array({ maxLength: 300 })
const nonces = fc.uint8Array({ minLength: 24, maxLength: 24 })

test('[K10] a signal of which any bit is another does not open', () => {
  fc.assert(
    fc.property(plains, nonces, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, nonce, where, change) => {
      const sealed = sealSignal(shared, { from, to }, nonce, plain)
      expect(sealed).toHaveLength(plain.length + sealBytes)
      expect(openSignal(shared, { from, to }, sealed)).toEqual(plain)
      const at = where % sealed.length
      expect(openSignal(shared, { from, to }, sealed.with(at, sealed[at]! ^ change))).toBeUndefined()
    }),
  )
})

test('[K10] a signal that is sent back does not pass for an answer', () => {
  const sealed = sealSignal(shared, { from, to }, new Uint8Array(24), Uint8Array.of(1))
  expect(openSignal(shared, { from: to, to: from }, sealed)).toBeUndefined()
})

test('[K10] whatever the bytes, opening does not throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(openSignal(shared, { from, to }, bytes)).toBeUndefined()
    }),
  )
})

test('[K10] nobody agrees with a key that is none, its own, or of small order', () => {
  const own = publicKeyOf(new Uint8Array(32).fill(1))
  const identity = `01${'00'.repeat(31)}`
  for (const bad of [own, identity, '00'.repeat(32), 'ff'.repeat(32), 'a key', undefined, new Uint8Array(32)])
    expect(peerToAgreeWith(own, bad)).toMatchObject({ ok: false })
})
