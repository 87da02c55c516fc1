import * as fc from 'fast-check'
import type { DocumentOperation } from '../../../src/core/document/reduce.ts'
import type { OperationId, PublicKey, SchemaId } from '../../../src/core/ids.ts'
import { anId } from '../operation/an-operation.ts'

export const schemaId = `venue_${anId(0)}` as SchemaId
export const panda = 'aa'.repeat(32) as PublicKey
const penguin = 'bb'.repeat(32) as PublicKey

/** Values as the tests write them: all of them int. */
type Numbers = Readonly<Record<string, number>>
const toFields = (values: Numbers) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { kind: 'int', value: BigInt(value) } as const]),
  )

export const aCreate = (id: OperationId, values: Numbers = { a: 0, b: 0 }): DocumentOperation => ({
  id,
  publicKey: panda,
  operation: { action: 'create', schemaId, fields: toFields(values) },
})
export const anUpdate = (
  id: OperationId,
  previous: readonly OperationId[],
  values: Numbers,
  of: SchemaId = schemaId,
): DocumentOperation => ({
  id,
  publicKey: penguin,
  operation: { action: 'update', schemaId: of, previous: previous.toSorted(), fields: toFields(values) },
})
export const aDelete = (id: OperationId, previous: readonly OperationId[]): DocumentOperation => ({
  id,
  publicKey: penguin,
  operation: { action: 'delete', schemaId, previous: previous.toSorted() },
})

/** Fields as numbers, the way the tests write them. */
export const toNumbers = (fields: Readonly<Record<string, { readonly value: unknown }>>): Numbers =>
  Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, Number(value)]))

/**
 * A document of up to 25 operations by writers who each know some of what came before; now and then one of them deletes. Everything hangs
 * together; drop some to make others pending.
 */
export const anyDocument: fc.Arbitrary<readonly DocumentOperation[]> = fc
  .record({
    salt: fc.nat(1_000_000),
    steps: fc.array(
      fc.record({
        follows: fc.uniqueArray(fc.nat(24), { minLength: 1, maxLength: 3 }),
        field: fc.constantFrom('a', 'b', 'c'),
        isDelete: fc.nat(30).map((n) => n === 0),
      }),
      { maxLength: 24 },
    ),
  })
  .map(({ salt, steps }) => {
    const idAt = (n: number): OperationId => anId(salt * 100 + n)
    const operations = [aCreate(idAt(0), { a: 0, b: 0, c: 0 })]
    for (const [i, { follows, field, isDelete }] of steps.entries()) {
      const previous = [...new Set(follows.map((n) => idAt(n % (i + 1))))]
      operations.push(isDelete ? aDelete(idAt(i + 1), previous) : anUpdate(idAt(i + 1), previous, { [field]: i + 1 }))
    }
    return operations
  })
