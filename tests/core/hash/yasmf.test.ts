import { blake3 as nobleBlake3 } from '@noble/hashes/blake3.js'
import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { installFastBlake3 } from '../../../src/adapters/web/fast-blake3.ts'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import { blake3, installBlake3 } from '../../../src/core/hash/blake3.ts'
import { bytesToHash, hashBytes, hashToBytes, parseHash } from '../../../src/core/hash/yasmf.ts'
import vectors from '../../vectors/hashes.json'

afterEach(() => installBlake3(nobleBlake3))

/** Short inputs are written out, long ones told by their pattern. */
function inputOf(vector: (typeof vectors.vectors)[number]): Uint8Array {
  if ('inputHex' in vector && vector.inputHex !== undefined) return hexToBytes(vector.inputHex)
  const isZero = vector.pattern === 'byte[i] = 0'
  return Uint8Array.from({ length: vector.length ?? 0 }, (_, index) => (isZero ? 0 : index % 251))
}

describe('hashBytes', () => {
  test.each(vectors.vectors)('[E1] hashes $length bytes to $hash', (vector) => {
    expect(hashBytes(inputOf(vector))).toBe(vector.hash)
  })

  test('[E1] gives the same with the WebAssembly hasher installed, call after call', async () => {
    await installFastBlake3()
    for (const vector of vectors.vectors) expect(hashBytes(inputOf(vector))).toBe(vector.hash)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(blake3(bytes)).toEqual(nobleBlake3(bytes))
      }),
    )
  })

  test('[E1] hands out digests that later calls leave alone', async () => {
    await installFastBlake3()
    const first = blake3(Uint8Array.of(1))
    const kept = first.slice()
    blake3(Uint8Array.of(2))
    expect(first).toEqual(kept)
  })
})

describe('parseHash and bytesToHash', () => {
  const hash = hashBytes(Uint8Array.of(7))

  test('[E1] accept what hashBytes gives, in both forms', () => {
    expect(parseHash(hash)).toEqual({ ok: true, value: hash })
    expect(bytesToHash(hashToBytes(hash))).toEqual({ ok: true, value: hash })
  })

  test.each([
    ['upper case', hash.toUpperCase()],
    ['another type', `01${hash.slice(2)}`],
    ['another length byte', `00ff${hash.slice(4)}`],
    ['a digit too few', hash.slice(0, -1)],
    ['a digit too many', `${hash}0`],
    ['no hex', `${hash.slice(0, -1)}g`],
    ['nothing', ''],
  ])('[E1] refuse %s', (_, text) => {
    expect(parseHash(text)).toEqual({ ok: false, error: { code: 'hash/malformed' } })
    if (!/^(?:[\da-f]{2})*$/.test(text)) return
    expect(bytesToHash(hexToBytes(text))).toEqual({ ok: false, error: { code: 'hash/malformed' } })
  })

  test('[E1] never accept what comes back different', () => {
    const almost = fc.uint8Array({ minLength: 30, maxLength: 36 }).map((bytes) => {
      bytes.set([0x00, 0x20])
      return bytes
    })
    fc.assert(
      fc.property(almost, (bytes) => {
        const decoded = bytesToHash(bytes)
        expect(decoded.ok).toBe(bytes.length === 34)
        if (!decoded.ok) return
        expect(hashToBytes(decoded.value)).toEqual(bytes)
      }),
    )
  })
})
