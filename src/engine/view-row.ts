import { ancestorsOf } from '../core/document/graph.ts'
import type { DocumentOperation, ReducibleOperation } from '../core/document/reduce.ts'
import { reduceDocument, toNodes } from '../core/document/reduce.ts'
import type { OperationId, PublicKey, SchemaId } from '../core/ids.ts'
import type { PlainOperation } from '../core/operation/operation.ts'
import { readOperation } from '../core/operation/typed.ts'
import type { Schema } from '../core/schema/schema.ts'
import { systemSchemaId } from '../core/schema/system/index.ts'
import type { ViewRow } from '../ports/store.ts'
import { type Judge, nobodyRefused } from './authority/standing.ts'
import { openOperation } from './open-operation.ts'
import type { ReadDocument, StoredOperation } from './stored-document.ts'

/**
 * The operations of a document that its reduction sees, for views of now and of then.
 *
 * An operation that its schema refuses came while the schema was not known here. A device that knew it refused the entry, and with it what
 * follows in that log and what builds on any of these. So that both end with the same view, all of them are left out here too.
 */
export function appliedOperations(
  document: ReadDocument,
  schema: Schema,
  judge: Judge = nobodyRefused,
): readonly DocumentOperation[] {
  const applied: DocumentOperation[] = []
  const leftOut = new Set<OperationId>()
  const stuck = new Set<PublicKey>()
  for (const stored of document.operations) {
    const { id, entry, operation } = stored
    const { publicKey } = entry
    if (operation === null) continue
    const previous = operation.action === 'create' ? [] : operation.previous
    const isCutOff = stuck.has(publicKey) || previous.some((one) => leftOut.has(one))
    const effect = isCutOff ? undefined : effectOf(stored, operation, schema, judge)
    if (effect) applied.push({ id, publicKey, operation: effect })
    else {
      leftOut.add(id)
      stuck.add(publicKey)
    }
  }
  return applied
}

/** What an operation does: nothing but keep its place where it is locked or its writer may not. `undefined`: its schema refuses it. */
function effectOf(
  stored: StoredOperation,
  operation: PlainOperation,
  schema: Schema,
  judge: Judge,
): ReducibleOperation | undefined {
  const opened = openOperation(operation)
  const isRefused = judge(stored) !== undefined
  if (opened === 'locked' || isRefused) {
    const { action, schemaId } = operation
    const skeleton = { action, schemaId, ...(isRefused && { isRefused }) }
    return action === 'create' ? skeleton : { ...skeleton, previous: operation.previous }
  }
  const read = readOperation(opened.open, schema)
  return read.ok ? read.value : undefined
}

/**
 * The operations that make a document what it is now (R22): those that count, and what they build on. A refused one that nobody built on is no tip,
 * so whoever writes next does not build on it either.
 */
export function countedOperations(document: ReadDocument, schema: Schema, judge: Judge): readonly DocumentOperation[] {
  const applied = appliedOperations(document, schema, judge)
  if (!applied.some(({ operation }) => operation.isRefused)) return applied
  const counted = applied.filter(({ operation }) => !operation.isRefused)
  const nodes = new Map(toNodes(applied).map((node) => [node.id, node]))
  const kept = ancestorsOf(
    nodes,
    counted.map(({ id }) => id),
  )
  return applied.filter(({ id }) => kept.has(id))
}

/** R21: whether a document has begun for us: its CREATE counts. */
export const hasBegun = (operations: readonly DocumentOperation[]): boolean =>
  operations.some(({ operation }) => operation.action === 'create' && !operation.isRefused)

const pieceSchema = systemSchemaId('blob_piece_v1')

/** Whether views of this schema are kept without their fields: a piece's data lies in its operation already, and a second copy of every file is too much. */
export const isThin = (schemaId: SchemaId): boolean => schemaId === pieceSchema

/** A document to its view, all but where the index finds it; `undefined` where there is nothing to see: its CREATE has no effect or no payload. */
export function viewOf(
  document: ReadDocument,
  schema: Schema,
  judge: Judge = nobodyRefused,
): Omit<ViewRow, 'keys'> | undefined {
  const operations = countedOperations(document, schema, judge)
  if (!hasBegun(operations)) return undefined
  const reduced = reduceDocument(operations)
  const [first] = document.operations
  const last = document.operations.at(-1)
  if (!reduced.ok || !first || !last) return undefined
  const { viewId, schemaId, owner, lastFields, isDeleted, isEdited, pending } = reduced.value
  return {
    documentId: document.documentId,
    viewId,
    schemaId,
    owner,
    fields: isThin(schemaId) ? {} : lastFields,
    isDeleted,
    isEdited,
    mark: document.mark,
    pendingOperations: pending.length,
    createdAt: first.receivedAt,
    changedAt: last.receivedAt,
  }
}
