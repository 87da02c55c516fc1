import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { encodeCbor } from '../../../src/core/bytes/cbor.ts'
import type { DocumentId, PublicKey, SchemaId } from '../../../src/core/ids.ts'
import type { PlainFields } from '../../../src/core/operation/operation.ts'
import { ciphers } from '../../../src/core/sealing/cipher.ts'
import { encodeEnvelope } from '../../../src/core/sealing/envelope.ts'
import { groupKeys } from '../../../src/core/sealing/group-keys.ts'
import { pad } from '../../../src/core/sealing/padding.ts'
import { type SealingPlace, encodePlace } from '../../../src/core/sealing/place.ts'
import { seal, unseal } from '../../../src/core/sealing/seal.ts'
import { anId } from '../operation/an-operation.ts'
import { group, keys, message, nonce, place } from './a-place.ts'

const fields: PlainFields = { emoji: { plain: 'str', value: '🔥' } }
const current = keys.current!

function sealed(content: PlainFields = fields, at: SealingPlace = place, schemaId = message): Uint8Array {
  const result = seal(schemaId, content, at, current, nonce)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
/** Something with a proper tag around it, whatever it says. */
function wrapped(plaintext: Uint8Array, isPadded = true): Uint8Array {
  const text = isPadded ? pad(plaintext) : plaintext
  const ciphertext = ciphers.get(0)!.encrypt(current.key, nonce, encodePlace(place, current.kid), text)
  return encodeEnvelope({ suite: 0, kid: current.kid, nonce, ciphertext })
}
const opened = (bytes: Uint8Array, at = place, by = keys): unknown => {
  const result = unseal(bytes, at, by)
  if (result === 'locked') return result
  return result.ok ? result.value : result.error.code
}
const wrong: readonly [about: string, bytes: Uint8Array][] = [
  ['nothing', new Uint8Array(0)],
  ['an envelope cut short', sealed().subarray(0, 60)],
  ['an envelope with more behind it', Uint8Array.of(...sealed(), 0)],
  ['another kind of envelope', encodeCbor([2n, 0n, current.kid, nonce, new Uint8Array(48)])],
  ['a suite beyond a byte', encodeCbor([1n, 256n, current.kid, nonce, new Uint8Array(48)])],
  ['a key named too long', encodeCbor([1n, 0n, new Uint8Array(17), nonce, new Uint8Array(48)])],
  ['a short nonce', encodeCbor([1n, 0n, current.kid, nonce.subarray(1), new Uint8Array(48)])],
  ['no padding', wrapped(encodeCbor(['takibi_reaction_v1', new Map()]), false)],
  [
    'more padding than there would be',
    wrapped(Uint8Array.of(...pad(encodeCbor([message, new Map()])), ...new Uint8Array(32)), false),
  ],
  ['no schema id', wrapped(encodeCbor([1n, new Map()]))],
  ['three items', wrapped(encodeCbor([message, new Map(), 1n]))],
  [
    'fields out of order',
    wrapped(hexToBytes(`8272${bytesToHex(new TextEncoder().encode(message))}a26162016161 01`.replaceAll(' ', ''))),
  ],
  ['lists nested too deep', wrapped(encodeCbor([message, new Map([['a', [[[nonce]]]]])]))],
  ['a map as a value', wrapped(encodeCbor([message, new Map([['a', new Map()]])]))],
]

describe('sealed operations', () => {
  test('[SD1] open to what was sealed, in their place', () => {
    expect(opened(sealed())).toEqual({ schemaId: message, fields })
    const { previous: _, ...rest } = place
    const first: SealingPlace = { ...rest, action: 'create' }
    expect(opened(sealed(fields, first), first)).toEqual({ schemaId: message, fields })
  })

  test('[SD1] are written in one form, whose length says little', () => {
    expect(bytesToHex(sealed())).toMatch(/^850100500{32}5818(07){24}5850/)
    expect(sealed().length).toBe(sealed({ emoji: { plain: 'str', value: 'as much as a smile' } }).length)
  })

  test('[SD1] give back any fields that an operation can have', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => ({ plain: 'str' as const, value: text })),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((int) => ({ plain: 'int' as const, value: int })),
      fc.uint8Array({ maxLength: 400 }).map((bytes) => ({ plain: 'bytes' as const, value: bytes })),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary', maxLength: 9 }), value), (content) => {
        expect(opened(sealed(content))).toEqual({ schemaId: message, fields: content })
      }),
    )
  })

  test.each<[string, Partial<SealingPlace>]>([
    ['by another key', { publicKey: 'cd'.repeat(32) as PublicKey }],
    ['in another group', { group: anId(9) as string as DocumentId }],
    ['after another operation', { previous: [anId(3)] }],
    ['after one more', { previous: [anId(2), anId(3)] }],
    ['as the beginning of a document', { action: 'create' }],
  ])('[SD2] do not open %s', (_, other) => {
    expect(opened(sealed(), { ...place, ...other })).toBe('sealed/not-bound')
  })

  test('[SD2] do not open with any bit of their text or tag changed', () => {
    const bytes = sealed()
    fc.assert(
      fc.property(
        fc.integer({ min: bytes.length - 48, max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        (at, bit) => {
          const changed = bytes.slice()
          changed[at] = changed[at]! ^ (1 << bit)
          expect(opened(changed)).toBe('sealed/not-bound')
        },
      ),
    )
  })

  test.each(wrong)('[SD3] that carry %s say what was expected', (_, bytes) => {
    expect(unseal(bytes, place, keys)).toMatchObject({
      ok: false,
      error: { code: 'sealed/malformed', at: expect.any(Number) as number, expected: expect.any(String) as string },
    })
  })

  test('[SD3] never throw, whatever their bytes', () => {
    const code = expect.stringMatching(/^sealed\//) as string
    const refused = { ok: false, error: expect.objectContaining({ code }) as unknown }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(unseal(bytes, place, keys)).toEqual(refused)
        expect(unseal(wrapped(bytes), place, keys)).toEqual(refused)
      }),
    )
  })

  test('[SD4] under a key that is not here are locked', () => {
    const foreign = encodeEnvelope({ suite: 4, kid: nonce.subarray(8), nonce, ciphertext: new Uint8Array(48) })
    expect(opened(foreign, place, groupKeys(group, 1))).toBe('locked')
    const unnamed = encodeEnvelope({ suite: 0, kid: nonce.subarray(8), nonce, ciphertext: new Uint8Array(48) })
    expect(opened(unnamed)).toBe('locked')
  })

  test('[SD4] without cipher are refused by a group that has one, and the other way round', () => {
    expect(opened(sealed(), place, groupKeys(group, 1))).toBe('sealed/suite-refused')
    const foreign = encodeEnvelope({ suite: 4, kid: current.kid, nonce, ciphertext: new Uint8Array(48) })
    expect(opened(foreign)).toBe('sealed/suite-refused')
  })

  test.each(['key_group_membership_v1', 'secret_group_v1', 'secret_v1', 'secret_piece_v1', 'blob_v1'])(
    '[SD6] with %s inside are neither made nor opened',
    (id) => {
      const schemaId = id as SchemaId
      expect(seal(schemaId, {}, place, current, nonce)).toEqual({
        ok: false,
        error: { code: 'sealed/schema-refused', schemaId },
      })
      expect(opened(wrapped(encodeCbor([id, new Map()])))).toBe('sealed/schema-refused')
    },
  )

  test('[SD6] too large for an envelope are not made', () => {
    const large: PlainFields = { text: { plain: 'str', value: 'a'.repeat(256 * 1024) } }
    expect(seal(message, large, place, current, nonce)).toMatchObject({
      ok: false,
      error: { code: 'sealed/too-large' },
    })
  })
})
