import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applicationSchemaId, parseSchemaId, schemaIdParts } from '../../../src/core/schema/schema-id.ts'
import vectors from '../../vectors/schema-ids.json'
import { anId, anySchema } from '../operation/an-operation.ts'

const hash = anId(1)

describe('schema ids', () => {
  interface Vector {
    readonly schemaId: string
    readonly valid: boolean
    readonly canonical?: boolean
    readonly error?: string
  }
  /** Refused there as unknown; here any canonical system id parses. */
  const unknownThere = ['key_group_v1', 'key_group_membership_v1', 'unknown_v1']
  /** Accepted there and kept as they are; here a hash has one spelling. */
  const isOddlySpelt = (id: string): boolean => /[0-9A-F]{64}$/.test(id) || id.includes('_00ff')

  test.each(vectors.vectors as readonly Vector[])('[SC9] $schemaId', ({ schemaId, valid, canonical }) => {
    const isCanonical = valid && canonical !== false && !isOddlySpelt(schemaId)
    const parsed = parseSchemaId(schemaId)
    expect(parsed).toMatchObject(
      isCanonical || unknownThere.includes(schemaId)
        ? { ok: true, value: schemaId }
        : { ok: false, error: { code: 'schema/id-malformed' } },
    )
  })

  test('[SC9] says name and version, or name and view', () => {
    fc.assert(
      fc.property(anySchema, ({ id, name }) => {
        const parts = schemaIdParts(id)
        expect(parts).toMatchObject({ kind: 'application', name })
        expect(parts.kind === 'application' && applicationSchemaId(name, parts.viewId)).toBe(id)
        expect(parseSchemaId(id)).toEqual({ ok: true, value: id })
      }),
    )
    const system = parseSchemaId('schema_field_definition_v1')
    expect(system.ok && schemaIdParts(system.value)).toEqual({
      kind: 'system',
      name: 'schema_field_definition',
      version: 1,
    })
  })

  test('[SC9] an application schema may be called like a system schema', () => {
    const parsed = parseSchemaId(`blob_v1_${hash}`)
    expect(parsed.ok && schemaIdParts(parsed.value)).toEqual({ kind: 'application', name: 'blob_v1', viewId: hash })
  })

  test.each([
    '',
    '_',
    '_v1',
    'a_v1',
    'ab_v',
    'ab_v00',
    'ab_v1 ',
    'ab_v1\n',
    'ab_V1',
    `ab_${hash}_`,
    `_${hash}`,
    hash,
    `ab_${hash}_v1_x`,
  ])('[SC9] %j is none', (text) => {
    expect(parseSchemaId(text).ok).toBe(false)
  })

  test('[SC9] a schema id as long as an operation takes no longer than reading it', () => {
    const ids = Array.from({ length: 11_000 }, (_, n) => anId(n)).toSorted()
    expect(parseSchemaId(`ab_${ids.join('_')}`).ok).toBe(true)
    expect(parseSchemaId(`${'_v1'.repeat(100_000)}x`).ok).toBe(false)
  })
})
