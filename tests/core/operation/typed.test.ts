import { describe, expect, test } from 'vitest'
import type { DocumentId } from '../../../src/core/ids.ts'
import type { PlainOperation, PlainValue } from '../../../src/core/operation/operation.ts'
import { readOperation } from '../../../src/core/operation/typed.ts'
import { systemSchema } from '../../../src/core/schema/system/index.ts'
import { anId, allKinds, aSchema } from './an-operation.ts'

const schema = aSchema({ name: 'str', seats: 'int' })
const name: PlainValue = { plain: 'str', value: 'Panda Cafe' }
const seats: PlainValue = { plain: 'int', value: 3n }
const create = (fields: Readonly<Record<string, PlainValue>>): PlainOperation => ({
  action: 'create',
  schemaId: schema.id,
  fields,
})
const update = (fields: Readonly<Record<string, PlainValue>>): PlainOperation => ({
  action: 'update',
  schemaId: schema.id,
  previous: [anId(1)],
  fields,
})

describe('readOperation', () => {
  test('[OP6] CREATE has all fields of the schema', () => {
    expect(readOperation(create({ name, seats }), schema)).toMatchObject({ ok: true })
    expect(readOperation(create({ name }), schema)).toEqual({
      ok: false,
      error: { code: 'operation/field-missing', field: 'seats' },
    })
  })

  test('[OP6] CREATE and UPDATE have no field that the schema does not have', () => {
    const error = { code: 'operation/field-unknown', field: 'stars' }
    expect(readOperation(create({ name, seats, stars: seats }), schema)).toEqual({ ok: false, error })
    expect(readOperation(update({ stars: seats }), schema)).toEqual({ ok: false, error })
  })

  test('[OP6] UPDATE may have any of the fields, also none', () => {
    expect(readOperation(update({ seats }), schema)).toMatchObject({
      ok: true,
      value: { fields: { seats: { value: 3n } } },
    })
    expect(readOperation(update({}), schema)).toMatchObject({ ok: true })
  })

  test('[OP4] an operation is read by the schema it names and no other', () => {
    const other = aSchema({ name: 'str', seats: 'int' }, 'blob_v1')
    expect(readOperation(create({ name, seats }), other)).toEqual({
      ok: false,
      error: { code: 'schema/not-matching', expected: 'blob_v1', found: schema.id },
    })
  })

  test('[OP8] a value of another kind is refused, and the failure says which came', () => {
    expect(readOperation(update({ seats: name }), schema)).toEqual({
      ok: false,
      error: { code: 'operation/field-type', field: 'seats', expected: 'int', found: 'str' },
    })
  })

  test('[OP8] a whole float is no int, an int no float', () => {
    const float: PlainValue = { plain: 'float', value: 3 }
    expect(readOperation(update({ seats: float }), schema).ok).toBe(false)
    expect(readOperation(update({ seats }), aSchema({ name: 'str', seats: 'float' })).ok).toBe(false)
  })

  const hash = anId(7)
  const pair = [anId(1), anId(2)].toSorted()
  const fitting: Readonly<Record<string, readonly [PlainValue, unknown]>> = {
    bool: [{ plain: 'bool', value: true }, true],
    int: [{ plain: 'int', value: -1n }, -1n],
    float: [{ plain: 'float', value: 1 }, 1],
    str: [{ plain: 'str', value: '' }, ''],
    bytes: [{ plain: 'bytes', value: Uint8Array.of(1) }, Uint8Array.of(1)],
    relation: [{ plain: 'bytes', value: hexBytes(hash) }, hash],
    relation_list: [{ plain: 'hashes', value: [hash, hash] }, [hash as DocumentId, hash]],
    pinned_relation: [{ plain: 'hashes', value: pair }, pair.join('_')],
    owner: [{ plain: 'hashes', value: [hash] }, hash],
    pinned_relation_list: [
      { plain: 'hash-lists', value: [pair, [hash], pair] },
      [pair.join('_'), hash, pair.join('_')],
    ],
  }

  const alike = [
    'bytes<relation',
    'relation_list<pinned_relation',
    'relation_list<owner',
    'pinned_relation<owner',
    'owner<pinned_relation',
  ]

  test.each(allKinds)('[OP8] a field of kind %s takes its values and no others', (kind) => {
    const of = aSchema({ x: kind })
    for (const [other, [plain, value]] of Object.entries(fitting)) {
      const read = readOperation({ action: 'create', schemaId: of.id, fields: { x: plain } }, of)
      // A relation is bytes too, a pinned relation or an owner a relation list: only a schema tells.
      const looksAlike = alike.includes(`${kind}<${other}`)
      const expected = other === kind ? { ok: true, value: { fields: { x: { kind, value } } } } : { ok: looksAlike }
      expect(read).toMatchObject(expected)
    }
  })

  test.each(['relation_list', 'pinned_relation_list'] as const)('[OP8] an empty list is a %s', (kind) => {
    const of = aSchema({ x: kind })
    const fields = { x: { plain: 'hashes', value: [] } } as const
    expect(readOperation({ action: 'create', schemaId: of.id, fields }, of)).toMatchObject({
      ok: true,
      value: { fields: { x: { kind, value: [] } } },
    })
  })

  test('[OP6] a field called like something every object has is missing when it is missing', () => {
    const of = aSchema(
      Object.fromEntries([
        ['constructor', 'str'],
        ['toString', 'str'],
      ] as const),
    )
    expect(readOperation({ action: 'create', schemaId: of.id, fields: {} }, of)).toMatchObject({
      error: { code: 'operation/field-missing' },
    })
  })

  test('[OP6] a system schema may let a field be absent in CREATE', () => {
    const collection = systemSchema('takibi_collection_v1')
    if (collection === undefined) throw new Error('takibi_collection_v1 is built in')
    const text: PlainValue = { plain: 'str', value: '' }
    const fields = { name: text, one: text, many: text, icon: text, definition: fitting['relation']?.[0] as PlainValue }
    const read = (plain: Readonly<Record<string, PlainValue>>) =>
      readOperation({ action: 'create', schemaId: collection.id, fields: plain }, collection)
    expect(read(fields).ok).toBe(true)
    expect(read({ ...fields, keep_days: seats })).toMatchObject({
      ok: true,
      value: { fields: { keep_days: { value: 3n } } },
    })
    const { icon: _, ...withoutIcon } = fields
    expect(read(withoutIcon)).toMatchObject({ error: { code: 'operation/field-missing', field: 'icon' } })
  })
})

function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}
