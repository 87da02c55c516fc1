import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FieldInput, fieldsToValues, valuesToFields } from '../../../src/core/operation/values.ts'
import type { FieldKind } from '../../../src/core/operation/operation.ts'
import { anId, anyOperation, aSchema } from './an-operation.ts'

const schema = aSchema({ name: 'str', seats: 'int', stars: 'float' })
const read = (kind: FieldKind, x: unknown) =>
  valuesToFields({ x: x as FieldInput }, aSchema({ x: kind }), { partial: false })

describe('JavaScript values', () => {
  test('[OP8] every field comes back from its value, by its schema', () => {
    fc.assert(
      fc.property(anyOperation, ({ schema: of, operation }) => {
        if (operation.action === 'delete') return
        const values = fieldsToValues(operation.fields)
        expect(valuesToFields(values, of, { partial: operation.action === 'update' })).toEqual({
          ok: true,
          value: operation.fields,
        })
      }),
    )
  })

  test('[OP8] the schema decides the kind: a whole number becomes a float where it says so', () => {
    expect(valuesToFields({ name: 'a', seats: 1, stars: 1 }, schema, { partial: false })).toEqual({
      ok: true,
      value: {
        name: { kind: 'str', value: 'a' },
        seats: { kind: 'int', value: 1n },
        stars: { kind: 'float', value: 1 },
      },
    })
    expect(read('float', -0)).toMatchObject({ value: { x: { value: -0 } } })
  })

  test('[OP8] an int is a number while that is exact, a bigint beyond', () => {
    const edge = BigInt(Number.MAX_SAFE_INTEGER)
    expect(fieldsToValues({ x: { kind: 'int', value: edge } })).toEqual({ x: Number.MAX_SAFE_INTEGER })
    expect(fieldsToValues({ x: { kind: 'int', value: edge + 1n } })).toEqual({ x: edge + 1n })
    expect(read('int', 2n ** 63n - 1n).ok).toBe(true)
    expect(read('int', -(2n ** 63n)).ok).toBe(true)
  })

  test.each<[FieldKind, unknown, string]>([
    ['int', 1.5, 'operation/field-invalid'],
    ['int', 2 ** 53, 'operation/field-invalid'],
    ['int', Number.NaN, 'operation/field-invalid'],
    ['int', 2n ** 63n, 'operation/field-invalid'],
    ['int', '1', 'operation/field-type'],
    ['float', 1n, 'operation/field-type'],
    ['float', '1.5', 'operation/field-type'],
    ['str', 'a\udc00b', 'operation/field-invalid'],
    ['str', 1, 'operation/field-type'],
    ['bool', 1, 'operation/field-type'],
    ['bool', null, 'operation/field-type'],
    ['bytes', 'abc', 'operation/field-type'],
    ['bytes', [1, 2], 'operation/field-type'],
    ['relation', 'zz', 'operation/field-invalid'],
    ['relation', anId(1).toUpperCase(), 'operation/field-invalid'],
    ['relation_list', anId(1), 'operation/field-type'],
    ['relation_list', [anId(1), 'zz'], 'operation/field-invalid'],
    ['relation_list', [1], 'operation/field-type'],
    ['pinned_relation', '', 'operation/field-invalid'],
    ['pinned_relation', `${anId(1)}_${anId(1)}`, 'operation/field-invalid'],
    ['pinned_relation_list', [''], 'operation/field-invalid'],
  ])('[OP8] a field of kind %s refuses %s', (kind, value, code) => {
    expect(read(kind, value)).toMatchObject({ ok: false, error: { code, field: 'x' } })
  })

  test('[OP6] all fields are asked for, unless the values are partial', () => {
    expect(valuesToFields({ name: 'a', seats: undefined }, schema, { partial: false })).toMatchObject({
      error: { code: 'operation/field-missing', field: 'seats' },
    })
    expect(valuesToFields({ name: 'a' }, schema, { partial: true })).toMatchObject({ ok: true })
    expect(valuesToFields({ nmae: 'a' }, schema, { partial: true })).toEqual({
      ok: false,
      error: { code: 'operation/field-unknown', field: 'nmae' },
    })
  })

  test('[OP6] bytes are copied, so that nobody can change what was given', () => {
    const bytes = Uint8Array.of(1)
    const fields = read('bytes', bytes)
    bytes[0] = 2
    expect(fields).toMatchObject({ value: { x: { value: Uint8Array.of(1) } } })
  })
})
