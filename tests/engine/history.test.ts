import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DocumentOperation, reduceDocument, toNodes } from '../../src/core/document/reduce.ts'
import { sortOperations } from '../../src/core/document/graph.ts'
import { documentViewId } from '../../src/core/document/view-id.ts'
import type { OperationId, PublicKey, SchemaId } from '../../src/core/ids.ts'
import { valuesBefore } from '../../src/engine/history.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { call, createAll, define, valueOf } from './support.ts'

/** Operations in some graph: each follows some of those before it. Ids do not grow with time, as hashes do not. */
const anyDocument = fc
  .array(
    fc.record({
      id: fc.integer({ min: 1, max: 1_000_000 }),
      previous: fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 3 }),
      fields: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.bigInt({ min: 0n, max: 9n }), { maxKeys: 2 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((steps) => {
    const ids = [...new Set(steps.map(({ id }) => id))].map((n) => `0020${String(n).padStart(64, '0')}` as OperationId)
    return ids.map((id, i): DocumentOperation => {
      const { previous, fields } = steps[i]!
      const before = i === 0 ? [] : [...new Set(previous.map((n) => ids[n % i]!))].sort()
      return {
        id,
        publicKey: '00' as PublicKey,
        operation: {
          action: i === 0 ? 'create' : 'update',
          schemaId: 'thing_v1' as SchemaId,
          ...(i > 0 && { previous: before }),
          fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { kind: 'int', value }])),
        },
      }
    })
  })

test('what stood before an operation is what a reduction of all that it knew gives', () => {
  fc.assert(
    fc.property(anyDocument, (operations) => {
      const byId = new Map(operations.map((operation) => [operation.id, operation]))
      const { sorted } = sortOperations(toNodes(operations))
      const before = valuesBefore(byId, sorted)
      for (const { id, operation } of operations) {
        if (!operation.previous) continue
        const known = valueOf(reduceDocument(operations, documentViewId(operation.previous)))
        const expected = Object.keys(operation.fields ?? {}).flatMap((name) =>
          known.fields[name] ? [[name, known.fields[name]] as const] : [],
        )
        expect(before.get(id)).toEqual(Object.fromEntries(expected))
      }
    }),
    { numRuns: 300 },
  )
})

test('a chain of 20,000 operations is walked without going deep', () => {
  const chain = (length: number): ReadonlyMap<OperationId, DocumentOperation> => {
    const ids = Array.from({ length }, (_, i) => `0020${String(i).padStart(64, '0')}` as OperationId)
    return new Map(
      ids.map((id, i) => [
        id,
        {
          id,
          publicKey: '00' as PublicKey,
          operation: {
            action: i === 0 ? ('create' as const) : ('update' as const),
            schemaId: 'thing_v1' as SchemaId,
            ...(i > 0 && { previous: [ids[i - 1]!] }),
            fields: { a: { kind: 'int', value: BigInt(i) } },
          },
        },
      ]),
    )
  }
  const operations = chain(20_000)
  const before = valuesBefore(operations, [...operations.keys()])
  expect([...before.values()].at(-1)).toEqual({ a: { kind: 'int', value: 19_998n } })
})

test('history names who changed what from what, and each change leads to the document as it was then', async () => {
  const { api, clock } = memoryEngine(31)
  const { id: schema } = await define(api, { title: 'str', amount: 'int' })
  const [id] = await createAll(api, schema, [{ title: 'Oats', amount: 2 }])
  const createdAt = clock.now()
  await clock.advance(1000)
  const [left] = valueOf(await api.publish([{ action: 'update', document: id!, fields: { amount: 3 } }], call))
  await clock.advance(1000)
  valueOf(await api.publish([{ action: 'update', document: id!, fields: { amount: 4, title: 'Rye' } }], call))
  valueOf(await api.publish([{ action: 'delete', document: id! }], call))

  const history = valueOf(await api.history(id!))
  expect(history.map(({ action, fields, before, isPending }) => ({ action, fields, before, isPending }))).toEqual([
    { action: 'create', fields: { title: 'Oats', amount: 2 }, before: {}, isPending: false },
    { action: 'update', fields: { amount: 3 }, before: { amount: 2 }, isPending: false },
    { action: 'update', fields: { amount: 4, title: 'Rye' }, before: { amount: 3, title: 'Oats' }, isPending: false },
    { action: 'delete', fields: {}, before: {}, isPending: false },
  ])
  expect(history[1]).toMatchObject({
    operationId: left!.operationId,
    seqNum: 2n,
    receivedAt: createdAt + 1000,
    origin: 'local',
  })
  const then = valueOf(await api.documentAt(history[1]!.viewId))
  expect(then).toMatchObject({
    fields: { title: 'Oats', amount: 3 },
    isDeleted: false,
    createdAt,
    changedAt: createdAt + 1000,
  })
  expect(valueOf(await api.document(id!))).toMatchObject({ isDeleted: true, fields: { title: 'Rye', amount: 4 } })
  await api.close()
})
