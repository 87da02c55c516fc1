import type { DocumentViewId, OperationId, PublicKey, SchemaId } from '../ids.ts'
import type { FieldValue, Fields } from '../operation/operation.ts'
import { type Result, fail, ok } from '../result.ts'
import { fixedFields } from '../schema/system/index.ts'
import type { GraphNode } from './graph.ts'
import { ancestorsOf, sortOperations } from './graph.ts'
import { documentViewId, viewIdParts } from './view-id.ts'

/** Operations that make no document, or not the view that was asked for. */
export type ReduceFailure =
  | { readonly code: 'document/create-missing' }
  | { readonly code: 'document/create-repeated'; readonly operationIds: readonly OperationId[] }
  | { readonly code: 'document/view-unknown'; readonly operationId: OperationId }

/**
 * What a reduction needs of an operation; every `Operation` will do. Without `fields` it holds its place in the graph and has no other effect:
 * the skeleton of a dropped payload, or fields that its schema refuses.
 */
export interface ReducibleOperation {
  readonly action: 'create' | 'update' | 'delete'
  readonly schemaId: SchemaId
  readonly previous?: readonly OperationId[]
  readonly fields?: Fields
  /** Its writer was not allowed to: it holds its place, deletes nothing, and begins nothing that is seen. */
  readonly isRefused?: boolean
}

/** An operation of a document, with the id and the key of its entry. */
export interface DocumentOperation {
  readonly id: OperationId
  readonly publicKey: PublicKey
  readonly operation: ReducibleOperation
}

export interface ReduceOptions {
  /** Whether an UPDATE that names this schema belongs to the document. Absent: only the schema of CREATE (decisions.md 23). */
  readonly isSameFamily?: (schemaId: SchemaId) => boolean
}

/** A document, reduced. */
export interface ReducedDocument {
  /** Its tips; also of a deleted document (decisions.md 5). */
  readonly viewId: DocumentViewId
  /** Its state; nothing once it is deleted. */
  readonly fields: Fields
  /** The state that stands, or stood before the first DELETE in order. */
  readonly lastFields: Fields
  /** Which operation set each of the `lastFields`. */
  readonly setBy: Readonly<Record<string, OperationId>>
  readonly isDeleted: boolean
  /** Some field comes from another operation than CREATE, or it is deleted. */
  readonly isEdited: boolean
  /** Public key of CREATE. */
  readonly owner: PublicKey
  /** Schema of CREATE. */
  readonly schemaId: SchemaId
  /** In causal order. */
  readonly sorted: readonly OperationId[]
  /** Without effect yet, by id: something before them is missing. */
  readonly pending: readonly OperationId[]
}

/**
 * All known operations of one document, in any order, to its state (decisions.md 4, 5): in causal order each UPDATE sets its fields, and any DELETE
 * deletes. An UPDATE of a foreign schema has no effect. Does not judge who may write.
 *
 * @param at a view id: only these operations and what came before them count. Ids that come before others of it drop out.
 * @returns the document, or `document/create-missing`, `document/create-repeated`, `document/view-unknown` (`at` names an operation that is not here, or pending).
 */
export function reduceDocument(
  operations: readonly DocumentOperation[],
  at?: DocumentViewId,
  { isSameFamily = () => false }: ReduceOptions = {},
): Result<ReducedDocument, ReduceFailure> {
  const byId = new Map(operations.map((operation) => [operation.id, operation]))
  const chosen = at === undefined ? ok(byId) : trimTo(byId, viewIdParts(at))
  if (!chosen.ok) return chosen
  const creates = [...chosen.value.values()].filter(({ operation }) => operation.action === 'create')
  const [create] = creates
  if (create === undefined) return fail({ code: 'document/create-missing' })
  if (creates.length > 1)
    return fail({ code: 'document/create-repeated', operationIds: creates.map(({ id }) => id).sort() })

  const { sorted, pending, tips } = sortOperations(toNodes(chosen.value.values()))
  const unplaced = new Set(pending)
  const missing = at === undefined ? undefined : viewIdParts(at).find((id) => unplaced.has(id))
  if (missing !== undefined) return fail({ code: 'document/view-unknown', operationId: missing })

  const { schemaId } = create.operation
  const lastFields = new Map<string, FieldValue>()
  const setBy = new Map<string, OperationId>()
  let isDeleted = false
  for (const id of sorted) {
    const operation = byId.get(id)?.operation
    if (operation?.action === 'delete' && !operation.isRefused) {
      isDeleted = true
      break
    }
    for (const [name, value] of Object.entries(fieldsInEffect(operation, schemaId, isSameFamily))) {
      lastFields.set(name, value)
      setBy.set(name, id)
    }
  }
  const fields = Object.fromEntries(lastFields)
  return ok({
    viewId: documentViewId(tips),
    fields: isDeleted ? {} : fields,
    lastFields: fields,
    setBy: Object.fromEntries(setBy),
    isDeleted,
    isEdited: isDeleted || [...setBy.values()].some((id) => id !== create.id),
    owner: create.publicKey,
    schemaId,
    sorted,
    pending,
  })
}

const nothing: Fields = {}

/**
 * What an operation sets in a document of that schema: nothing where it is a skeleton or of a foreign schema. Owners, and what else a built-in schema
 * leaves to CREATE, an UPDATE does not change (identity.md R3, R19).
 */
export const fieldsInEffect = (
  operation: ReducibleOperation | undefined,
  schemaId: SchemaId,
  isSameFamily: (schemaId: SchemaId) => boolean,
): Fields => {
  const { fields } = operation ?? {}
  if (operation === undefined || fields === undefined) return nothing
  if (operation.schemaId !== schemaId && !isSameFamily(operation.schemaId)) return nothing
  return operation.action === 'update' ? withoutFixed(schemaId, fields) : fields
}

function withoutFixed(schemaId: SchemaId, fields: Fields): Fields {
  const names = fixedFields(schemaId)
  const isFixed = ([name, { kind }]: [string, FieldValue]): boolean => kind === 'owner' || names?.has(name) === true
  const pairs = Object.entries(fields)
  return pairs.some(isFixed) ? Object.fromEntries(pairs.filter((pair) => !isFixed(pair))) : fields
}

/** Operations as their graph needs them. */
export const toNodes = (operations: Iterable<DocumentOperation>): readonly GraphNode<OperationId>[] =>
  Array.from(operations, ({ id, operation }) => ({ id, previous: operation.previous }))

function trimTo(
  byId: ReadonlyMap<OperationId, DocumentOperation>,
  ids: readonly OperationId[],
): Result<ReadonlyMap<OperationId, DocumentOperation>, ReduceFailure> {
  const unknown = ids.find((id) => !byId.has(id))
  if (unknown !== undefined) return fail({ code: 'document/view-unknown', operationId: unknown })
  const kept = ancestorsOf(new Map(toNodes(byId.values()).map((node) => [node.id, node])), ids)
  return ok(new Map([...byId].filter(([id]) => kept.has(id))))
}
