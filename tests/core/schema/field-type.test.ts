import { describe, expect, test } from 'vitest'
import { formatFieldType, parseFieldType } from '../../../src/core/schema/field-type.ts'
import { anId } from '../operation/an-operation.ts'

const id = `venue_${anId(1)}`

describe('field types', () => {
  test.each([
    'bool',
    'int',
    'float',
    'str',
    'bytes',
    'relation(blob_v1)',
    `relation_list(${id})`,
    `pinned_relation(${id})`,
    'pinned_relation_list(blob_piece_v1)',
    'owner(key_group_v1)',
  ])('[SC10] %s is one, and is written as it was read', (text) => {
    const type = parseFieldType(text)
    expect(type.ok && formatFieldType(type.value)).toBe(text)
  })

  test.each([
    '',
    'text',
    'Int',
    'relation',
    'relation()',
    'owner',
    'foo(blob_v1)',
    'relation(blob_v1',
    'relation(blob_v01)',
    'int(blob_v1)',
    'relation((blob_v1))',
    ' int',
  ])('[SC10] %j is none', (text) => {
    expect(parseFieldType(text)).toMatchObject({ ok: false, error: { code: 'schema/field-type-malformed' } })
  })
})
