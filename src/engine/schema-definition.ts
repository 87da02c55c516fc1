import { type ReducedDocument, reduceDocument } from '../core/document/reduce.ts'
import { viewIdParts } from '../core/document/view-id.ts'
import type { DocumentId, DocumentViewId, OperationId, SchemaId } from '../core/ids.ts'
import type { Fields } from '../core/operation/operation.ts'
import { buildSchema } from '../core/schema/build.ts'
import { schemaIdParts } from '../core/schema/schema-id.ts'
import type { Schema } from '../core/schema/schema.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import { type SystemSchemaId, systemSchema } from '../core/schema/system/index.ts'
import { assert } from '../core/assert.ts'
import type { Store } from '../ports/store.ts'
import type { Opener } from './sealed/opener.ts'
import { type ReadDocument, innerSchemaIdOf, readStored } from './stored-document.ts'
import { appliedOperations } from './view-row.ts'

/** Where definitions lie. Those of a group are sealed. */
export interface DefinitionSources {
  readonly store: Store
  readonly opener: Opener
}

/** A schema, and its fields in the order in which its definition lists them. */
export interface Definition {
  readonly schema: Schema
  readonly order: readonly string[]
}

/** What became of looking for a definition. `missing`: this operation is not here, with it one can try again. */
export type FoundDefinition =
  | { readonly is: 'found'; readonly definition: Definition }
  | { readonly is: 'missing'; readonly operationId: OperationId }
  | { readonly is: 'invalid' }

const invalid = { is: 'invalid' } as const satisfies FoundDefinition

/** The definition of a built-in schema. */
export const builtIn = (id: SchemaId): Definition | undefined => {
  const schema = systemSchema(id)
  return schema && { schema, order: schema.fields.map(({ name }) => name) }
}

/** The definition a schema id names, read from the operations in the store: that is all it takes, no view has to be there. */
export async function findDefinition(sources: DefinitionSources, id: SchemaId): Promise<FoundDefinition> {
  const parts = schemaIdParts(id)
  if (parts.kind === 'system') {
    const definition = builtIn(id)
    return definition ? { is: 'found', definition } : invalid
  }
  const document = (await readPinned(sources, [parts.viewId])).get(parts.viewId)
  if (document === 'invalid') return invalid
  if (!document || 'missing' in document)
    return { is: 'missing', operationId: document?.missing ?? viewIdParts(parts.viewId)[0]! }
  const found = await defineAt(sources, document, parts.viewId)
  return found.is === 'found' && found.definition.schema.id !== id ? invalid : found
}

/** The schema that this view of a definition defines. */
export async function defineAt(
  sources: DefinitionSources,
  document: ReadDocument,
  viewId: DocumentViewId,
): Promise<FoundDefinition> {
  const view = reduceAt(document, viewId, 'schema_definition_v1')
  const pinned = view?.lastFields['fields']
  if (!view || view.isDeleted || pinned?.kind !== 'pinned_relation_list') return invalid
  const found = await pinnedFields(sources, pinned.value)
  const fields: Fields[] = []
  for (const fieldViewId of pinned.value) {
    const field = found.get(fieldViewId) ?? invalid
    if (field.is !== 'found') return field
    fields.push(field.fields)
  }
  const schema = buildSchema(viewId, view.fields, fields, document.documentId)
  if (!schema.ok) return invalid
  const order = fields.flatMap(({ name }) => (name?.kind === 'str' ? [name.value] : []))
  return { is: 'found', definition: { schema: schema.value, order } }
}

/** What became of looking for the fields of one `schema_field_definition_v1` view. */
export type FoundFields =
  | { readonly is: 'found'; readonly fields: Fields }
  | Exclude<FoundDefinition, { readonly is: 'found' }>

/** The fields that these views of field definitions have; each view once, however often it is pinned. */
export async function pinnedFields(
  sources: DefinitionSources,
  viewIds: readonly DocumentViewId[],
): Promise<ReadonlyMap<DocumentViewId, FoundFields>> {
  const documents = await readPinned(sources, viewIds)
  return new Map(
    [...documents].map(([viewId, document]): [DocumentViewId, FoundFields] => {
      if (document === 'invalid') return [viewId, invalid]
      if ('missing' in document) return [viewId, { is: 'missing', operationId: document.missing }]
      const field = reduceAt(document, viewId, 'schema_field_definition_v1')
      return [viewId, field && !field.isDeleted ? { is: 'found', fields: field.fields } : invalid]
    }),
  )
}

/** What a definition says now, with all that is stored of it. */
export async function definitionFields({ store, opener }: DefinitionSources, documentId: DocumentId): Promise<Fields> {
  const stored = await store.document(documentId)
  const document = stored && readStored(stored)
  const schema = systemSchema('schema_definition_v1')
  if (!document || 'code' in document || !schema) return {}
  const reduced = reduceDocument(appliedOperations(await opener.open(document), schema))
  return reduced.ok ? reduced.value.fields : {}
}

const reduceAt = (
  document: ReadDocument,
  viewId: DocumentViewId,
  kind: SystemSchemaId,
): ReducedDocument | undefined => {
  const schema = systemSchema(kind)
  assert(schema, `${kind} is built in`)
  if (innerSchemaIdOf(document) !== systemSchemaId(kind)) return undefined
  const reduced = reduceDocument(appliedOperations(document, schema), viewId)
  return reduced.ok ? reduced.value : undefined
}

type Pinned = ReadDocument | { readonly missing: OperationId } | 'invalid'

/** The documents that these views are of. A view whose operations belong to several documents is of none. */
async function readPinned(
  { store, opener }: DefinitionSources,
  viewIds: readonly DocumentViewId[],
): Promise<ReadonlyMap<DocumentViewId, Pinned>> {
  const operationIds = viewIds.flatMap(viewIdParts)
  const documentIds = await store.documentsOf(operationIds)
  const documentByOperation = new Map(operationIds.map((id, at) => [id, documentIds[at]]))
  const wanted = [...new Set(documentIds.filter((id) => id !== undefined))]
  const documents = new Map<DocumentId, Pinned>()
  for (const document of wanted.length > 0 ? await store.documents(wanted) : []) {
    const read = document && !('code' in document) ? readStored(document) : undefined
    if (read && !('code' in read)) documents.set(read.documentId, await opener.open(read))
  }
  return new Map(
    viewIds.map((viewId): [DocumentViewId, Pinned] => {
      const ids = viewIdParts(viewId)
      const missing = ids.find((id) => !documentByOperation.get(id))
      if (missing) return [viewId, { missing }]
      const [documentId, ...others] = new Set(ids.map((id) => documentByOperation.get(id)))
      const document = documentId && others.length === 0 ? documents.get(documentId) : undefined
      return [viewId, document ?? 'invalid']
    }),
  )
}
