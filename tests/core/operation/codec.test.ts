import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { maxOperationBytes } from '../../../src/core/limits.ts'
import { decodeOperation } from '../../../src/core/operation/decode.ts'
import { encodeOperation } from '../../../src/core/operation/encode.ts'
import type { Operation } from '../../../src/core/operation/operation.ts'
import { toPlainOperation } from '../../../src/core/operation/plain.ts'
import { readOperation } from '../../../src/core/operation/typed.ts'
import { anId, anyOperation, aSchema } from './an-operation.ts'

const encoded = (operation: Operation): Uint8Array => {
  const bytes = encodeOperation(operation)
  if (!bytes.ok) throw new Error(bytes.error.code)
  return bytes.value
}
const schema = aSchema({ x: 'str' })

describe('operation bytes', () => {
  test('[EN1] whatever is encoded comes back, read by its schema', () => {
    fc.assert(
      fc.property(anyOperation, ({ schema: of, operation }) => {
        const plain = decodeOperation(encoded(operation))
        expect(plain.ok && readOperation(plain.value, of)).toEqual({ ok: true, value: operation })
      }),
      { numRuns: 1000 },
    )
  })

  test('[EN1] whatever is encoded says plainly what its bytes decode to, its fields in the same order', () => {
    fc.assert(
      fc.property(anyOperation, ({ operation }) => {
        const plain = toPlainOperation(operation)
        expect(decodeOperation(encoded(operation))).toEqual({ ok: true, value: plain })
        const decoded = decodeOperation(encoded(operation))
        const names = (of: object): readonly string[] => ('fields' in of ? Object.keys(of.fields as object) : [])
        expect(names(plain)).toEqual(decoded.ok && names(decoded.value))
      }),
      { numRuns: 1000 },
    )
  })

  test('[EN1] never throws, and never accepts what re-encodes differently', () => {
    const mutated = fc
      .tuple(
        anyOperation,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 }),
      )
      .map(([{ operation }, flips]) => {
        const bytes = encoded(operation)
        for (const [at, flip] of flips) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
        return bytes
      })
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof({ arbitrary: mutated, weight: 9 }, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const plain = decodeOperation(bytes)
        if (!plain.ok) return
        accepted++
        expect(bytesToHex(encoded(plain.value as unknown as Operation))).toBe(bytesToHex(bytes))
      }),
      { numRuns: 5000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  test('[EN1] refuses every prefix of an operation', () => {
    fc.assert(
      fc.property(anyOperation, fc.nat(), ({ operation }, end) => {
        const bytes = encoded(operation)
        expect(decodeOperation(bytes.subarray(0, end % bytes.length)).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test('[OP1] a text as long as the limit allows is an operation, one byte more is not', () => {
    const empty = encoded({ action: 'create', schemaId: schema.id, fields: { x: { kind: 'str', value: '' } } })
    // The head of a text this long takes four bytes more than that of an empty one.
    const room = maxOperationBytes - empty.length - 4
    const largest = encoded({
      action: 'create',
      schemaId: schema.id,
      fields: { x: { kind: 'str', value: 'a'.repeat(room) } },
    })
    expect(largest.length).toBe(maxOperationBytes)
    expect(decodeOperation(largest).ok).toBe(true)
    const larger = { x: { kind: 'str', value: 'a'.repeat(room + 1) } } as const
    expect(encodeOperation({ action: 'create', schemaId: schema.id, fields: larger })).toEqual({
      ok: false,
      error: { code: 'payload/too-large', bytes: maxOperationBytes + 1, limit: maxOperationBytes },
    })
    expect(decodeOperation(new Uint8Array(maxOperationBytes + 1))).toMatchObject({
      error: { code: 'payload/too-large' },
    })
  })

  test('[OP1] keeps copies, not views, of the bytes it came from', () => {
    const bytes = encoded({
      action: 'create',
      schemaId: schema.id,
      fields: { x: { kind: 'bytes', value: Uint8Array.of(1, 2) } },
    })
    const plain = decodeOperation(bytes)
    bytes.fill(0)
    expect(plain).toMatchObject({ value: { fields: { x: { value: Uint8Array.of(1, 2) } } } })
  })

  test('[OP1] a field named __proto__ is a field like any other', () => {
    const bytes = hexToBytes(
      bytesToHex(
        encoded({ action: 'create', schemaId: schema.id, fields: { abcdefghi: { kind: 'bool', value: true } } }),
      ).replace(bytesToHex(new TextEncoder().encode('abcdefghi')), bytesToHex(new TextEncoder().encode('__proto__'))),
    )
    const plain = decodeOperation(bytes)
    expect(plain.ok && plain.value.action === 'create' && Object.hasOwn(plain.value.fields, '__proto__')).toBe(true)
    expect(plain.ok && encodeOperation(plain.value)).toEqual({ ok: true, value: bytes })
  })

  test.each<[string, string, Operation, string]>([
    ['OP5', 'no previous', { action: 'delete', schemaId: schema.id, previous: [] }, 'operation/previous-empty'],
    [
      'EN2',
      'previous in another order',
      { action: 'delete', schemaId: schema.id, previous: [anId(1), anId(2)].toSorted().toReversed() },
      'operation/previous-unsorted',
    ],
    [
      'EN2',
      'a previous twice',
      { action: 'delete', schemaId: schema.id, previous: [anId(1), anId(1)] },
      'operation/previous-unsorted',
    ],
    [
      'OP8',
      'an integer beyond 64 bits',
      { action: 'create', schemaId: schema.id, fields: { x: { kind: 'int', value: 2n ** 63n } } },
      'operation/field-invalid',
    ],
    [
      'SC6',
      'half of a surrogate pair',
      { action: 'create', schemaId: schema.id, fields: { x: { kind: 'str', value: 'a\ud800' } } },
      'operation/field-invalid',
    ],
  ])('[%s] does not encode an operation with %s', (_rule, _about, operation, code) => {
    expect(encodeOperation(operation)).toMatchObject({ ok: false, error: { code } })
  })

  test('[EN1] deep arrays in a field are refused before they are followed', () => {
    const start = encoded({ action: 'create', schemaId: schema.id, fields: { x: { kind: 'bool', value: true } } })
    const bytes = new Uint8Array(maxOperationBytes).fill(0x81)
    bytes.set(start.subarray(0, -1))
    expect(decodeOperation(bytes)).toMatchObject({ error: { code: 'operation/malformed', at: start.length + 1 } })
  })

  test('[EN1] a claimed count costs nothing', () => {
    const start = encoded({ action: 'delete', schemaId: schema.id, previous: [anId(1)] })
    const at = start.length - 37
    const bytes = Uint8Array.of(...start.subarray(0, at), 0x9a, 0xff, 0xff, 0xff, 0xff)
    expect(decodeOperation(bytes)).toMatchObject({ error: { code: 'operation/malformed', at } })
  })
})
