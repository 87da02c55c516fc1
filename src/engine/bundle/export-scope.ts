import type { DocumentId, OperationId, SchemaId } from '../../core/ids.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { StoredDocument, ViewRow } from '../../ports/store.ts'
import type { ExportScope } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import { BY_ID, DELETED_BY_ID } from '../index-keys.ts'
import { pagesOf } from '../query/walk.ts'
import { readStored } from '../stored-document.ts'
import { linksOf, operationsOf } from './links.ts'

/** Documents read at once. */
const pageSize = 100

type Deps = Pick<EngineDeps, 'store' | 'schemas'>
type Ids = readonly DocumentId[]

/** Ids of all documents of a family, deleted ones too: their logs are complete or they are nothing. */
async function* familyPages(deps: Deps, schemaId: SchemaId, signal: AbortSignal): AsyncIterable<readonly ViewRow[]> {
  const family = await deps.schemas.familyOf(schemaId)
  if (!family) return
  for (const index of [BY_ID, DELETED_BY_ID])
    for await (const page of pagesOf(
      deps.store,
      { prefix: [family.number, index], direction: 'asc' },
      pageSize,
      signal,
    ))
      yield page.map(({ row }) => row)
}

/** The documents that hold these operations, each once, where they are here. */
const documentsHolding = async ({ store }: Deps, operationIds: readonly OperationId[]): Promise<Ids> => {
  const found = operationIds.length > 0 ? await store.documentsOf([...new Set(operationIds)]) : []
  return [...new Set(found.filter((id): id is DocumentId => id !== undefined))]
}

/** Everything that versions of a schema were ever made of: its field definitions first, then the definition. */
const definitionDocuments = async (deps: Deps, definition: DocumentId): Promise<Ids> => {
  const stored = await deps.store.document(definition)
  const read = stored && readStored(stored)
  if (!read || 'code' in read) return []
  const fieldOperations = read.operations.flatMap(({ operation }) => {
    if (!operation || operation.action === 'delete') return []
    const pinned = operation.fields['fields']
    return pinned?.plain === 'hash-lists' ? pinned.value.flat() : []
  })
  return [...(await documentsHolding(deps, fieldOperations)), definition]
}

/** The collections that show things of this definition, and their views. */
const collectionDocuments = async (deps: Deps, definition: DocumentId, signal: AbortSignal): Promise<Ids> => {
  const collections = new Set<DocumentId>()
  const views: DocumentId[] = []
  const leadsTo = (row: ViewRow, field: string, targets: ReadonlySet<string>): boolean =>
    linksOf(row.fields).some((link) => link.field === field && targets.has(link.to))
  for await (const page of familyPages(deps, systemSchemaId('takibi_collection_v1'), signal))
    for (const row of page) if (leadsTo(row, 'definition', new Set([definition]))) collections.add(row.documentId)
  for await (const page of familyPages(deps, systemSchemaId('takibi_view_v1'), signal))
    for (const row of page) if (leadsTo(row, 'collection', collections)) views.push(row.documentId)
  return [...collections, ...views]
}

/** Blobs that these documents relate to, each after its pieces. */
const blobDocuments = async (deps: Deps, rows: readonly ViewRow[]): Promise<Ids> => {
  const targets = await documentsHolding(deps, rows.flatMap((row) => linksOf(row.fields)).flatMap(operationsOf))
  const related = targets.length > 0 ? await deps.store.views(targets) : []
  const blobId = systemSchemaId('blob_v1')
  const blobs = [...related, ...rows].filter((row): row is ViewRow => row?.schemaId === blobId)
  const pieces = await documentsHolding(deps, blobs.flatMap((row) => linksOf(row.fields)).flatMap(operationsOf))
  return [...pieces, ...blobs.map(({ documentId }) => documentId)]
}

/**
 * The documents of a scope, in pages, so that definitions come before what they define and pieces before the whole. A document may come by more than once.
 * A damaged row is left out: the rest of an export is worth more than none.
 */
export async function* documentsInScope(
  deps: Deps,
  scope: ExportScope,
  signal: AbortSignal,
): AsyncIterable<Ids | readonly StoredDocument[]> {
  if ('all' in scope) {
    for (const schemaId of ['schema_field_definition_v1', 'schema_definition_v1'] as const)
      for await (const rows of familyPages(deps, systemSchemaId(schemaId), signal))
        yield rows.map(({ documentId }) => documentId)
    // Log by log: whoever takes them in finds neighbouring logs in one batch, and writes each chunk of heads once.
    for await (const heads of deps.store.allHeads(undefined, signal))
      yield [...new Set(heads.map(({ documentId }) => documentId))]
    // And what a damaged chunk of heads does not name.
    for await (const page of deps.store.allDocuments(signal))
      yield page.filter((row): row is StoredDocument => !('code' in row))
    return
  }
  const one = 'document' in scope ? await deps.store.view(scope.document) : undefined
  const schemaId = 'schema' in scope ? scope.schema : one?.schemaId
  const definition = schemaId && (await deps.schemas.find(schemaId))?.definition
  if (definition) yield await definitionDocuments(deps, definition)
  if ('document' in scope) {
    if (one) yield await blobDocuments(deps, [one])
    yield [scope.document]
    return
  }
  if (definition) yield await collectionDocuments(deps, definition, signal)
  for await (const rows of familyPages(deps, scope.schema, signal)) {
    yield await blobDocuments(deps, rows)
    yield rows.map(({ documentId }) => documentId)
  }
}

export const isStored = (page: Ids | readonly StoredDocument[]): page is readonly StoredDocument[] =>
  typeof page[0] === 'object'
