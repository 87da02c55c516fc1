import { describe, expect, test } from 'vitest'
import type { DocumentId, DocumentViewId } from '../../../src/core/ids.ts'
import type { Fields } from '../../../src/core/operation/operation.ts'
import { buildSchema } from '../../../src/core/schema/build.ts'
import { anId } from '../operation/an-operation.ts'

const viewId = anId(0) as string as DocumentViewId
const str = (value: string) => ({ kind: 'str', value }) as const
const definition = (fields: number, name = 'venue'): Fields => ({
  name: str(name),
  description: str('Where people meet'),
  fields: {
    kind: 'pinned_relation_list',
    value: Array.from({ length: fields }, (_, n) => anId(n + 1) as string as DocumentViewId),
  },
})
const field = (name: string, type: string): Fields => ({ name: str(name), type: str(type) })

describe('buildSchema', () => {
  test('[R20] a schema has one owner at most', () => {
    const owner = field('group', 'owner(key_group_v1)')
    expect(buildSchema(viewId, definition(2), [owner, field('name', 'str')]).ok).toBe(true)
    expect(buildSchema(viewId, definition(2), [owner, field('other', 'owner(key_group_v1)')])).toEqual({
      ok: false,
      error: { code: 'schema/definition-invalid', reason: 'it has two owners' },
    })
  })

  test('[SC9] puts name and view into the id, and the fields into order', () => {
    const built = buildSchema(
      viewId,
      definition(3),
      [field('seats', 'int'), field('Open', 'bool'), field('photo', 'relation(blob_v1)')],
      anId(9) as DocumentId,
    )
    expect(built).toEqual({
      ok: true,
      value: {
        id: `venue_${viewId}`,
        name: 'venue',
        description: 'Where people meet',
        definition: anId(9),
        fields: [
          { name: 'Open', kind: 'bool' },
          { name: 'photo', kind: 'relation', schemaId: 'blob_v1' },
          { name: 'seats', kind: 'int' },
        ],
      },
    })
  })

  test.each<[string, Fields, readonly Fields[]]>([
    ['without fields', definition(0), []],
    ['that pins more fields than came', definition(2), [field('a', 'int')]],
    ['with a field twice', definition(2), [field('a', 'int'), field('a', 'str')]],
    ['with a field of no known type', definition(1), [field('a', 'foo(blob_v1)')]],
    ['with a field without a name', definition(1), [field('', 'int')]],
    ['with a field whose name begins with a digit', definition(1), [field('1a', 'int')]],
    ['with a field whose name is too long', definition(1), [field('a'.repeat(65), 'int')]],
    ['with a name of one character', definition(1, 'v'), [field('a', 'int')]],
    ['whose name ends in _', definition(1, 'venue_'), [field('a', 'int')]],
    ['that is something else', { x: str('y') }, []],
    ['with more than 1,024 fields', definition(1025), Array.from({ length: 1025 }, (_, n) => field(`f${n}`, 'int'))],
  ])('[SC3] a definition %s makes no schema', (_, from, fields) => {
    expect(buildSchema(viewId, from, fields)).toMatchObject({ ok: false, error: { code: 'schema/definition-invalid' } })
  })

  test('[SC3] 1,024 fields are not too many', () => {
    const fields = Array.from({ length: 1024 }, (_, n) => field(`f${n}`, 'int'))
    expect(buildSchema(viewId, definition(1024), fields).ok).toBe(true)
  })
})
