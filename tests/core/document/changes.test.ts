import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listChanges } from '../../../src/core/document/changes.ts'
import { type DocumentOperation, reduceDocument } from '../../../src/core/document/reduce.ts'
import { documentViewId } from '../../../src/core/document/view-id.ts'
import { anId } from '../operation/an-operation.ts'
import { aCreate, aDelete, anUpdate, anyDocument, toNumbers } from './a-document.ts'

const [root = anId(0), left = anId(1), right = anId(2), merge = anId(3)] = [0, 1, 2, 3].map(anId).toSorted()
const changesOf = (operations: readonly DocumentOperation[]) => {
  const changes = listChanges(operations)
  if (!changes.ok) throw new Error(changes.error.code)
  return changes.value
}

describe('listChanges', () => {
  test('[DO8] two people who change one thing apart both change what they saw', () => {
    const operations = [
      aCreate(root),
      anUpdate(left, [root], { a: 1 }),
      anUpdate(right, [root], { a: 2 }),
      anUpdate(merge, [left, right], { a: 3 }),
    ]
    const told = changesOf(operations).map(({ id, fields, before }) => [
      id,
      toNumbers(before)['a'],
      toNumbers(fields)['a'],
    ])
    expect(told).toEqual([
      [root, undefined, 0],
      [left, 0, 1],
      [right, 0, 2],
      [merge, 2, 3],
    ])
  })

  test('[D11] before a DELETE stood all that it took away', () => {
    const changes = changesOf([aCreate(root), anUpdate(left, [root], { a: 1 }), aDelete(right, [left])])
    expect(toNumbers(changes[2]?.before ?? {})).toEqual({ a: 1, b: 0 })
  })

  test('[DO3] what waits comes last and says so', () => {
    const changes = changesOf([anUpdate(merge, [left], { a: 3 }), aCreate(root)])
    expect(changes.map(({ id, isPending }) => [id, isPending])).toEqual([
      [root, false],
      [merge, true],
    ])
  })

  test('[DO1] without CREATE there is no history', () => {
    expect(listChanges([anUpdate(left, [root], { a: 1 })])).toEqual({
      ok: false,
      error: { code: 'document/create-missing' },
    })
  })

  test('[DV2] what stood before is the state at the previous view', () => {
    fc.assert(
      fc.property(anyDocument, (operations) => {
        for (const { operation, before, fields } of changesOf(operations)) {
          const { previous } = operation
          if (previous === undefined) continue
          const state = stateAt(operations, previous)
          const names = operation.action === 'delete' ? Object.keys(state) : Object.keys(fields)
          expect(toNumbers(before)).toEqual(Object.fromEntries(names.map((name) => [name, state[name]])))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('[D10] a chain of 20,000 changes is told as well as one of two', () => {
    const ids = Array.from({ length: 20_000 }, (_, n) => anId(n))
    const operations = ids.map((id, n) => (n === 0 ? aCreate(id) : anUpdate(id, [ids[n - 1] ?? id], { a: n })))
    const last = changesOf(operations).at(-1)
    expect([toNumbers(last?.before ?? {}), toNumbers(last?.fields ?? {})]).toEqual([{ a: 19_998 }, { a: 19_999 }])
  })

  /** The fields at a view, by reducing; DELETE is taken for an UPDATE of nothing, because history goes on after it. */
  function stateAt(operations: readonly DocumentOperation[], ids: readonly ReturnType<typeof anId>[]) {
    const living = operations.map((one) =>
      one.operation.action === 'delete'
        ? { ...one, operation: { ...one.operation, action: 'update' as const, fields: {} } }
        : one,
    )
    const state = reduceDocument(living, documentViewId(ids))
    return state.ok ? toNumbers(state.value.fields) : {}
  }
})
