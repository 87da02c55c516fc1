import * as fc from 'fast-check'
import { OperationFields, decodeOperation as p2pandaDecodes, encodeOperation as p2pandaEncodes } from 'p2panda-js'
import { describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/core/bytes/hex.ts'
import { viewIdParts } from '../../src/core/document/view-id.ts'
import { hashToBytes } from '../../src/core/hash/yasmf.ts'
import { decodeOperation } from '../../src/core/operation/decode.ts'
import { encodeOperation } from '../../src/core/operation/encode.ts'
import type { FieldKind, FieldValue, Operation } from '../../src/core/operation/operation.ts'
import { readOperation } from '../../src/core/operation/typed.ts'
import type { Result } from '../../src/core/result.ts'
import type { Schema } from '../../src/core/schema/schema.ts'
import { type SystemSchemaId, systemSchema } from '../../src/core/schema/system/index.ts'
import {
  releasedKinds,
  anyReleasedOperation,
  anyText,
  anyValueOf,
  anyViewId,
  operationOf,
} from '../core/operation/an-operation.ts'

/** SEED=<number> repeats a run. */
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

interface Sample {
  readonly schema: Schema
  readonly operation: Operation
}

const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** The four that p2panda-js knows, with values that their own rules allow. */
const released: readonly SystemSchemaId[] = [
  'schema_definition_v1',
  'schema_field_definition_v1',
  'blob_v1',
  'blob_piece_v1',
]
const allowed: Readonly<Record<string, fc.Arbitrary<FieldValue>>> = {
  name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,62}[A-Za-z0-9]$/).map((value) => ({ kind: 'str', value })),
  description: anyText.map((value) => ({ kind: 'str', value })),
  type: fc.constantFrom('bool', 'str', 'relation(blob_v1)').map((value) => ({ kind: 'str', value })),
  mime_type: fc.constantFrom('image/png', 'text/plain').map((value) => ({ kind: 'str', value })),
  pieces: fc.array(anyViewId, { minLength: 1, maxLength: 4 }).map((value) => ({ kind: 'pinned_relation_list', value })),
}
const anySystemOperation: fc.Arbitrary<Sample> = fc.constantFrom(...released).chain((id) => {
  const schema = systemSchema(id)
  if (schema === undefined) throw new Error(`${id} is not built in`)
  return operationOf(schema, ({ name, kind }) => allowed[name] ?? anyValueOf[kind]).map((operation) => ({
    schema,
    operation,
  }))
})

const takeSamples = (count: number): readonly Sample[] => [
  ...fc.sample(anyReleasedOperation, { numRuns: count, seed }),
  ...fc.sample(anySystemOperation, { numRuns: count / 4, seed }),
]

/** A value as p2panda-js reads it without a schema. */
function toPlainThere(field: FieldValue): unknown {
  switch (field.kind) {
    case 'relation':
      return hashToBytes(field.value)
    case 'pinned_relation':
      return viewIdParts(field.value)
    case 'pinned_relation_list':
      return field.value.map(viewIdParts)
    default:
      return field.value
  }
}

/** A value as p2panda-js takes it together with its kind. */
const toInputThere = (field: FieldValue): unknown => (field.kind === 'relation' ? field.value : toPlainThere(field))

function encodeThere(operation: Operation): string {
  const { action, schemaId } = operation
  const previous = action === 'create' ? {} : { previous: [...operation.previous] }
  if (action === 'delete') return p2pandaEncodes({ action, schemaId, ...previous })
  const fields = new OperationFields()
  for (const [name, field] of Object.entries(operation.fields))
    fields.insert(name, field.kind as Exclude<FieldKind, 'owner'>, toInputThere(field) as string)
  return p2pandaEncodes({ action, schemaId, fields, ...previous })
}

/** @param count operations each way, of application schemas; a quarter as many more are of the system schemas */
export function compareOperations(count: number): void {
  describe('operations, ours and those of p2panda-js', () => {
    const samples = takeSamples(count)

    test(`[EN1] ${samples.length} operations made here are read there as what they are (SEED=${seed})`, () => {
      for (const { operation } of samples) {
        const there = p2pandaDecodes(bytesToHex(must(encodeOperation(operation))))
        const { action, schemaId } = operation
        const fields = action === 'delete' ? undefined : Object.entries(operation.fields)
        const expected = fields && new Map(fields.map(([name, field]) => [name, toPlainThere(field)]))
        const previous = action === 'create' ? undefined : operation.previous
        expect(there).toMatchObject({ version: 1, action, schemaId })
        expect([there.previous, there.fields]).toEqual([previous, expected])
      }
    })

    test(`[EN1] ${samples.length} operations made there are read here, and written again to the same bytes (SEED=${seed})`, () => {
      for (const { schema, operation } of samples) {
        const hex = encodeThere(operation)
        const plain = must(decodeOperation(hexToBytes(hex)))
        const typed = must(readOperation(plain, schema))
        expect(typed).toEqual(operation)
        expect(bytesToHex(must(encodeOperation(typed)))).toBe(hex)
        expect(bytesToHex(must(encodeOperation(plain)))).toBe(hex)
      }
    })

    test(`[OP1] all actions, all nine kinds and all four system schemas were among them (SEED=${seed})`, () => {
      const operations = samples.map(({ operation }) => operation)
      const fields = operations.flatMap((operation) =>
        operation.action === 'delete' ? [] : Object.values<FieldValue>(operation.fields),
      )
      expect(new Set(operations.map(({ action }) => action)).size).toBe(3)
      expect(new Set(fields.map(({ kind }) => kind))).toEqual(new Set(releasedKinds))
      expect(operations.map(({ schemaId }) => String(schemaId))).toEqual(expect.arrayContaining([...released]))
    })

    test.each(['takibi_collection_v1', 'takibi_view_v1', 'key_group_v1'])(
      '[OP4] %s is a schema it does not know, so it refuses what we write under it',
      (id) => {
        const bytes = must(encodeOperation({ action: 'create', schemaId: id as Schema['id'], fields: {} }))
        expect(() => p2pandaDecodes(bytesToHex(bytes))).toThrow('unsupported system schema')
      },
    )
  })
}
