import { describe, expect, test } from 'vitest'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import { type DocumentOperation, type ReducedDocument, reduceDocument } from '../../../src/core/document/reduce.ts'
import { documentViewId, hashViewId } from '../../../src/core/document/view-id.ts'
import { decodeEntry } from '../../../src/core/entry/decode.ts'
import { verifyEntry, verifyPayload } from '../../../src/core/entry/verify.ts'
import type { DocumentViewId, OperationId } from '../../../src/core/ids.ts'
import { decodeOperation } from '../../../src/core/operation/decode.ts'
import type { FieldKind } from '../../../src/core/operation/operation.ts'
import { readOperation } from '../../../src/core/operation/typed.ts'
import { fieldsToValues } from '../../../src/core/operation/values.ts'
import vectors from '../../vectors/document-graphs.json'
import { aSchema } from '../operation/an-operation.ts'

type VectorFields = Readonly<Record<string, { readonly value: unknown; readonly operationId: string }>>
interface View {
  readonly sorted?: readonly string[]
  readonly viewId?: string
  readonly viewHashId?: string
  readonly owner?: string
  readonly isDeleted?: boolean
  readonly isEdited?: boolean
  readonly fields?: VectorFields | null
  readonly error?: string
}
interface Vector {
  readonly name: string
  readonly operations: readonly { readonly id: string; readonly entryHex: string; readonly operationHex: string }[]
  readonly latest: View
  readonly historicViews: readonly (View & { readonly requestedViewId: string })[]
  readonly causal: {
    readonly sorted: readonly string[]
    readonly pending: readonly string[]
    readonly isDeleted: boolean
    readonly fields: VectorFields | null
    readonly agreesWithSorted: boolean
  } | null
}
const all = vectors.vectors as unknown as readonly Vector[]

/** An operation of the vectors, through every door: entry, signature, payload, CBOR, schema. */
function read({ id, entryHex, operationHex }: Vector['operations'][number]): DocumentOperation {
  const decoded = decodeEntry(hexToBytes(entryHex))
  const entry = decoded.ok ? verifyEntry(decoded.value) : decoded
  const bytes = hexToBytes(operationHex)
  const plain = decodeOperation(bytes)
  if (!entry.ok || !plain.ok || !verifyPayload(entry.value, bytes).ok) throw new Error(`${id} does not read`)
  const fields = 'fields' in plain.value ? plain.value.fields : {}
  const kinds = Object.entries(fields).map(([name, { plain: kind }]) => [name, kind as FieldKind] as const)
  const operation = readOperation(plain.value, aSchema(Object.fromEntries(kinds), plain.value.schemaId))
  if (!operation.ok || entry.value.hash !== id) throw new Error(`${id} is something else`)
  return { id: entry.value.hash as OperationId, publicKey: entry.value.publicKey, operation: operation.value }
}

/** As the vectors write a state: value and setter of each field, nothing for a deleted document. */
function stateOf({ isDeleted, fields, setBy }: ReducedDocument): VectorFields | null {
  if (isDeleted) return null
  const pairs = Object.entries(fieldsToValues(fields))
  return Object.fromEntries(pairs.map(([name, value]) => [name, { value, operationId: setBy[name] ?? '' }]))
}

const reduced = (operations: readonly DocumentOperation[], at?: DocumentViewId): ReducedDocument => {
  const document = reduceDocument(operations, at)
  if (!document.ok) throw new Error(document.error.code)
  return document.value
}

describe('documents of real entries', () => {
  test.each(all.filter(({ causal }) => causal !== null))('[DO8] $name: order and state', ({ operations, causal }) => {
    const document = reduced(operations.map(read))
    expect(document).toMatchObject({ sorted: causal?.sorted, pending: causal?.pending, isDeleted: causal?.isDeleted })
    expect(stateOf(document)).toEqual(causal?.fields)
  })

  // Where p2panda-rs finds the same order and does not fail, it finds the same document.
  const agreeing = all.filter(({ latest, causal }) => causal?.agreesWithSorted && latest.error === undefined)
  test.each(agreeing)('[DO8] $name: the document of the reference', ({ operations, latest }) => {
    const document = reduced(operations.map(read))
    const { owner, viewId, isEdited, isDeleted } = latest
    expect(document).toMatchObject({ owner, viewId, isEdited, isDeleted })
    expect(hashViewId(document.viewId)).toBe(latest.viewHashId)
    expect(stateOf(document)).toEqual(latest.fields)
  })

  const historic = all.flatMap(({ name, operations, historicViews }) =>
    historicViews.map((view, i) => ({ name: `${name}, view ${i + 1}`, operations, view })),
  )
  test.each(historic)('[DV2] $name', ({ operations, view }) => {
    const document = reduced(operations.map(read), documentViewId(view.requestedViewId.split('_') as OperationId[]))
    expect(document.viewId).toBe(view.viewId)
    expect(document.sorted.toSorted()).toEqual(view.sorted?.toSorted())
    // Its order is not always ours; then its fields bind nobody, and reduce.test.ts says what a view is.
    const agrees = JSON.stringify(document.sorted) === JSON.stringify(view.sorted)
    expect(agrees ? stateOf(document) : view.fields).toEqual(view.fields)
  })

  test.each([
    ['no create operation', 'document/create-missing'],
    ['two create operations', 'document/create-repeated'],
  ])('[DO1] %s', (name, code) => {
    const vector = all.find((one) => one.name === name)
    expect(reduceDocument((vector?.operations ?? []).map(read))).toMatchObject({ ok: false, error: { code } })
  })
})
