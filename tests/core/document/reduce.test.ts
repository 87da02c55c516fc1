import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ancestorsOf } from '../../../src/core/document/graph.ts'
import { type DocumentOperation, reduceDocument } from '../../../src/core/document/reduce.ts'
import { documentViewId, viewIdParts } from '../../../src/core/document/view-id.ts'
import type { DocumentViewId, SchemaId } from '../../../src/core/ids.ts'
import type { Fields } from '../../../src/core/operation/operation.ts'
import { systemSchemaId } from '../../../src/core/schema/system/id.ts'
import { anId } from '../operation/an-operation.ts'
import { aCreate, aDelete, anUpdate, anyDocument, panda, schemaId, toNumbers } from './a-document.ts'

const [root = anId(0), left = anId(1), right = anId(2), merge = anId(3), late = anId(4)] = [0, 1, 2, 3, 4]
  .map(anId)
  .toSorted()
const create = aCreate(root)
const reduced = (...operations: readonly DocumentOperation[]) => {
  const document = reduceDocument(operations)
  if (!document.ok) throw new Error(document.error.code)
  return document.value
}

describe('reduceDocument', () => {
  test('[DO1] the document belongs to the key that created it, whoever changed it', () => {
    expect(reduced(create, anUpdate(left, [root], { a: 1 }))).toMatchObject({
      owner: panda,
      schemaId,
      isEdited: true,
      isDeleted: false,
    })
  })

  test('[DO8] of two concurrent changes to one field the higher operation id stands', () => {
    const document = reduced(create, anUpdate(right, [root], { a: 2 }), anUpdate(left, [root], { a: 1, b: 1 }))
    expect(toNumbers(document.fields)).toEqual({ a: 2, b: 1 })
    expect(document.setBy).toEqual({ a: right, b: left })
    expect(document.viewId).toBe(documentViewId([left, right]))
  })

  test('[R3] what CREATE fixes, and the owner, no UPDATE changes', () => {
    const membership = systemSchemaId('key_group_membership_v1')
    const fields = (group: string, schema: string, accepted: boolean): Fields => ({
      key_group: { kind: 'owner', value: group as DocumentViewId },
      schema: { kind: 'str', value: schema },
      accepted: { kind: 'bool', value: accepted },
    })
    const document = reduced(
      {
        id: root,
        publicKey: panda,
        operation: { action: 'create', schemaId: membership, fields: fields(left, 'wiki_v1', true) },
      },
      {
        id: right,
        publicKey: panda,
        operation: { action: 'update', schemaId: membership, previous: [root], fields: fields(late, 'post_v1', false) },
      },
    )
    expect(document.fields).toEqual(fields(left, 'wiki_v1', false))
    expect(document.setBy).toEqual({ key_group: root, schema: root, accepted: right })
  })

  test('[D10] a merge has the last word over everything it merges', () => {
    const document = reduced(
      create,
      anUpdate(left, [root, merge], { a: 1 }),
      anUpdate(merge, [root], { a: 3 }),
      anUpdate(right, [root], { a: 2 }),
    )
    expect(document.sorted).toEqual([root, right, merge, left])
    expect(toNumbers(document.fields)).toMatchObject({ a: 1 })
  })

  test('[DO3] an operation whose previous is missing waits, and those after it', () => {
    const document = reduced(
      create,
      anUpdate(merge, [left, right], { a: 3 }),
      anUpdate(right, [root], { a: 2 }),
      anUpdate(late, [merge], { b: 4 }),
    )
    expect(document).toMatchObject({ sorted: [root, right], pending: [merge, late], viewId: right })
    expect(toNumbers(document.fields)).toEqual({ a: 2, b: 0 })
  })

  test('[D10] operations that arrive twice count once', () => {
    expect(reduced(create, create, anUpdate(left, [root], { a: 1 }), create)).toMatchObject({ sorted: [root, left] })
  })

  test('[DO4] any DELETE deletes, also one that others did not know of', () => {
    const document = reduced(create, aDelete(left, [root]), anUpdate(right, [root], { a: 2 }))
    expect(document).toMatchObject({
      isDeleted: true,
      isEdited: true,
      fields: {},
      viewId: documentViewId([left, right]),
    })
  })

  test('[D11] the last state is the one before the first DELETE in order', () => {
    const document = reduced(
      create,
      anUpdate(left, [root], { a: 1 }),
      aDelete(right, [left]),
      anUpdate(merge, [right], { a: 3 }),
      aDelete(late, [left]),
    )
    expect(toNumbers(document.lastFields)).toEqual({ a: 1, b: 0 })
    expect(document.setBy).toEqual({ a: left, b: root })
  })

  test('[D11] a DELETE that waits for a missing operation deletes nothing yet', () => {
    expect(reduced(create, aDelete(right, [left]))).toMatchObject({ isDeleted: false, pending: [right] })
  })

  test('[OP4] an UPDATE of a foreign schema holds its place and changes nothing', () => {
    const foreign = anUpdate(left, [root], { a: 1 }, 'blob_v1' as SchemaId)
    const document = reduced(create, foreign, anUpdate(right, [left], { b: 2 }))
    expect(document).toMatchObject({ sorted: [root, left, right], viewId: right })
    expect(toNumbers(document.fields)).toEqual({ a: 0, b: 2 })
  })

  test('[OP4] an UPDATE of a later version of the family adds its fields', () => {
    const later = `venue_${anId(9)}` as SchemaId
    const document = reduceDocument([create, anUpdate(left, [root], { a: 1, stars: 5 }, later)], undefined, {
      isSameFamily: (id) => id === later,
    })
    expect(document).toMatchObject({ value: { schemaId, fields: { a: { value: 1n }, stars: { value: 5n } } } })
  })

  test('[OP6] an operation without its fields holds its place and changes nothing', () => {
    const skeleton = { ...create, id: left, operation: { action: 'update' as const, schemaId, previous: [root] } }
    expect(reduced(create, skeleton)).toMatchObject({ viewId: left, isEdited: false })
  })

  test('[DO1] no CREATE or two make no document', () => {
    expect(reduceDocument([anUpdate(left, [root], { a: 1 })])).toEqual({
      ok: false,
      error: { code: 'document/create-missing' },
    })
    expect(reduceDocument([aCreate(left), create])).toEqual({
      ok: false,
      error: { code: 'document/create-repeated', operationIds: [root, left].toSorted() },
    })
  })

  test('[D10] one result for any order of arrival', () => {
    const arrivals = anyDocument.chain((all) =>
      fc
        .tuple(fc.subarray([...all], { minLength: 1 }))
        .chain(([some]) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
    )
    fc.assert(
      fc.property(arrivals, ([operations, arrived]) => {
        expect(reduceDocument(arrived)).toEqual(reduceDocument(operations))
      }),
      { numRuns: 500 },
    )
  })
})

describe('a document as it was', () => {
  test('[DV2] is what its view and everything before it make, and nothing else', () => {
    fc.assert(
      fc.property(anyDocument, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (all, picks) => {
        const ids = picks.map((n) => all[n % all.length]?.id ?? root)
        const nodes = new Map(all.map(({ id, operation }) => [id, { id, previous: operation.previous }]))
        const known = ancestorsOf(nodes, ids)
        const then = reduceDocument(all, documentViewId(ids))
        expect(then).toEqual(reduceDocument(all.filter(({ id }) => known.has(id))))
        // Of ids that come one before the other only the later one is a tip.
        expect(then.ok && viewIdParts(then.value.viewId).every((id) => ids.includes(id))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('[DV2] at its present view it is as it is now', () => {
    fc.assert(
      fc.property(anyDocument, (all) => {
        const now = reduceDocument(all)
        expect(now.ok && reduceDocument(all, now.value.viewId)).toEqual(now)
      }),
    )
  })

  test('[DV2] at a view that names an unknown or a waiting operation it is not known', () => {
    const operations = [create, anUpdate(merge, [left], { a: 3 })]
    for (const id of [right, merge])
      expect(reduceDocument(operations, documentViewId([root, id]))).toEqual({
        ok: false,
        error: { code: 'document/view-unknown', operationId: id },
      })
  })

  test('[DV2] a view that only waits on a missing CREATE is unknown too', () => {
    expect(reduceDocument([anUpdate(left, [root], { a: 1 })], documentViewId([left]))).toMatchObject({ ok: false })
  })
})
