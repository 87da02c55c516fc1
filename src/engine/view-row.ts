import { ancestorsOf } from '../core/document/graph.ts'
import type { DocumentOperation, ReduceOptions, ReducibleOperation } from '../core/document/reduce.ts'
import { reduceDocument, toNodes } from '../core/document/reduce.ts'
import type { OperationId, PublicKey, SchemaId } from '../core/ids.ts'
import type { PlainOperation } from '../core/operation/operation.ts'
import { readOperation } from '../core/operation/typed.ts'
import type { Schema } from '../core/schema/schema.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import type { ViewRow } from '../ports/store.ts'
import { type Judge, nobodyRefused } from './authority/standing.ts'
import { openOperation } from './open-operation.ts'
import type { ReadDocument, StoredOperation } from './stored-document.ts'

/** The later versions of its family that a sealed document's operations name (decisions.md 23). */
export type Versions = ReadonlyMap<SchemaId, Schema>
const none: Versions = new Map()

/** What a reduction asks about versions. */
export const familyOf = (versions: Versions): ReduceOptions => ({ isSameFamily: (id) => versions.has(id) })

/** The group a sealed document belongs to, and how many of its operations wait for their keys, as its view says it. */
export function groupOf({ sealed, operations }: ReadDocument): Pick<ViewRow, 'group' | 'lockedOperations'> {
  if (sealed?.group === undefined) return {}
  const locked = operations.filter(({ inside }) => inside === 'locked').length
  return { group: sealed.group, ...(locked > 0 && { lockedOperations: locked }) }
}

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
  versions: Versions = none,
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
    const effect = isCutOff ? undefined : effectOf(document, stored, operation, schema, judge, versions)
    if (effect) applied.push({ id, publicKey, operation: effect })
    else {
      leftOut.add(id)
      stuck.add(publicKey)
    }
  }
  return applied
}

/**
 * What an operation does: nothing but keep its place where it is locked or its writer may not, or nothing sound is inside. `undefined`: its schema
 * refuses it; everybody sees that, where it is clear.
 */
function effectOf(
  { sealed }: ReadDocument,
  stored: StoredOperation,
  operation: PlainOperation,
  schema: Schema,
  judge: Judge,
  versions: Versions,
): ReducibleOperation | undefined {
  const isRefused = judge(stored) !== undefined
  const opened = isRefused ? undefined : openOperation(stored)
  const read = opened && readOperation(opened, versions.get(opened.schemaId) ?? schema)
  if (read?.ok) return read.value
  if (read && sealed === undefined) return undefined
  const { action, schemaId } = operation
  const skeleton = { action, schemaId, ...(isRefused && { isRefused }) }
  return action === 'create' ? skeleton : { ...skeleton, previous: operation.previous }
}

/**
 * The operations that make a document what it is now (R22): those that count, and what they build on. A refused one that nobody built on is no tip,
 * so whoever writes next does not build on it either.
 */
export function countedOperations(
  document: ReadDocument,
  schema: Schema,
  judge: Judge,
  versions: Versions = none,
): readonly DocumentOperation[] {
  const applied = appliedOperations(document, schema, judge, versions)
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

const pieceSchemas: ReadonlySet<SchemaId> = new Set([
  systemSchemaId('blob_piece_v1'),
  systemSchemaId('secret_piece_v1'),
])

/** Whether views of this schema are kept without their fields: a piece's data lies in its operation already, and a second copy of every file is too much. */
export const isThin = (schemaId: SchemaId): boolean => pieceSchemas.has(schemaId)

/** A document to its view, all but where the index finds it; `undefined` where there is nothing to see: its CREATE has no effect or no payload. */
export function viewOf(
  document: ReadDocument,
  schema: Schema,
  judge: Judge = nobodyRefused,
  versions: Versions = none,
): Omit<ViewRow, 'keys'> | undefined {
  const operations = countedOperations(document, schema, judge, versions)
  if (!hasBegun(operations)) return undefined
  const reduced = reduceDocument(operations, undefined, familyOf(versions))
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
    ...groupOf(document),
  }
}
