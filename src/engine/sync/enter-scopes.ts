import type { LogKey } from '../../core/entry/entry.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { DocumentId, OperationId } from '../../core/ids.ts'
import { schemaIdParts } from '../../core/schema/schema-id.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Change, PartKey, Store, ViewRow } from '../../ports/store.ts'
import { linksOf, operationsOf } from '../bundle/links.ts'
import type { EngineDeps } from '../deps.ts'
import { outsideOf, rowsForDocuments } from '../outbox/rows.ts'
import { readTargets } from '../outbox/targets.ts'
import { type ReadDocument, readStored, schemaIdOf } from '../stored-document.ts'
import { type SharedScopes, partOf } from './shared-scopes.ts'

/**
 * Which documents are in the scope of a family by rule: its definition with the field definitions, its things, the collections that show
 * them with their views, and the files its things relate to. Looked at whenever a view is made, in the commit that stores the view, so
 * that no crash leaves a document outside.
 */
export interface Entering {
  readonly changes: readonly Change[]
  /** Documents that are shared from now on. */
  readonly documentIds: ReadonlySet<DocumentId>
}

type Deps = Pick<EngineDeps, 'store' | 'schemas'> & { readonly scopes: SharedScopes }

const isOfKind = (document: ReadDocument, kind: 'system' | 'application'): boolean => {
  const schemaId = schemaIdOf(document)
  return schemaId !== undefined && schemaIdParts(schemaId).kind === kind
}
const isThing = (document: ReadDocument): boolean => isOfKind(document, 'application')

const nothing: Entering = { changes: [], documentIds: new Set() }

const definitionSchema = systemSchemaId('schema_definition_v1')
const collectionSchema = systemSchemaId('takibi_collection_v1')
const viewSchema = systemSchemaId('takibi_view_v1')
const blobSchema = systemSchemaId('blob_v1')

/** A document with where its things lie, as it enters a part. */
export type Place = readonly [documentId: DocumentId, key: PartKey]

/** The logs of a document, each once. */
const logsOf = ({ operations }: ReadDocument): readonly LogKey[] => {
  const logs = new Map(operations.map(({ entry }) => [logName(entry), entry]))
  return [...logs.values()].map(({ publicKey, logId }) => ({ publicKey, logId }))
}

/** The logs that this store knows to be forked, by `logName`. */
export const forkedLogs = async (store: Store): Promise<ReadonlySet<string>> =>
  new Set((await store.forks()).map(logName))

/** The change by which a document enters a part, with all logs it has here. */
export const enterPart = (
  document: ReadDocument,
  key: PartKey,
  forked: ReadonlySet<string>,
): Extract<Change, { readonly put: 'part' }> => ({
  put: 'part',
  key,
  documentId: document.documentId,
  logs: logsOf(document).map((log) => ({ ...log, isForked: forked.has(logName(log)) })),
})

/**
 * What views that are about to be stored bring into scopes.
 *
 * @param fresh documents that have had no view so far: things among them are in no scope yet, and by rule only ever in that of their family
 */
export async function planEntering(
  deps: Deps,
  documents: ReadonlyMap<DocumentId, ReadDocument>,
  changes: readonly Change[],
  fresh: ReadonlySet<DocumentId>,
): Promise<Entering> {
  const scopes = await deps.scopes.all()
  if (scopes.length === 0) return nothing
  const keyByDefinition = new Map(scopes.map((scope) => [scope.definition, partOf(scope)]))
  // What is a group's travels with it, whatever is inside.
  const rows = changes.flatMap((change) =>
    'put' in change && change.put === 'view' && change.value.group === undefined ? [change.value] : [],
  )
  const places: Place[] = []
  // Collections first: views of theirs may come in the same commit.
  for (const row of rows.toSorted(
    (a, b) => Number(b.schemaId === collectionSchema) - Number(a.schemaId === collectionSchema),
  ))
    places.push(...(await placesOf(deps, keyByDefinition, row, documents, places)))
  if (places.length === 0) return nothing
  const outside = [...new Set(places.map(([id]) => id))].filter((id) => !documents.has(id))
  const all = new Map([...documents, ...(await readDocuments(deps.store, outside))])
  const forked = await forkedLogs(deps.store)
  const entering = places.flatMap(([id, key]): Change[] => {
    const document = all.get(id)
    if (!document) return []
    const mark: Change = { put: 'mark', documentId: id, mark: 'shared' }
    const isNew = fresh.has(id) && isThing(document)
    return [...(document.mark === 'shared' ? [] : [mark]), { ...enterPart(document, key, forked), isNew }]
  })
  const documentIds = new Set(places.map(([id]) => id))
  const marked = await markedViews(deps.store, outside)
  const rowsOut = await rowsForEntering(deps.store, documentIds, all)
  return { changes: [...entering, ...marked, ...rowsOut], documentIds }
}

/**
 * Says that documents are shared in views that were made before, in a turn of their own: those of fields for instance, where a crash came between them
 * and their definition.
 */
export async function markedViews(store: Store, ids: readonly DocumentId[]): Promise<readonly Change[]> {
  const rows = ids.length > 0 ? await store.views(ids) : []
  return rows.flatMap((row): Change[] =>
    row && row.mark !== 'shared' ? [{ put: 'view', value: { ...row, mark: 'shared' } }] : [],
  )
}

/**
 * Rows for the outbox, of documents that came into a scope by what names them: definitions, collections, views, files. Things had theirs
 * when they were written, since their schema says where they belong.
 */
async function rowsForEntering(
  store: Store,
  entering: ReadonlySet<DocumentId>,
  documents: ReadonlyMap<DocumentId, ReadDocument>,
): Promise<readonly Change[]> {
  const isSystem = (id: DocumentId): boolean => {
    const document = documents.get(id)
    return document !== undefined && isOfKind(document, 'system')
  }
  const named = [...entering].filter(isSystem)
  if (named.length === 0) return []
  const { all: targets } = await readTargets(store)
  return targets.length === 0 ? [] : rowsForDocuments(store, targets, await outsideOf(store, named))
}

/** Where a document belongs, and what it takes along. */
async function placesOf(
  deps: Deps,
  keyByDefinition: ReadonlyMap<DocumentId, PartKey>,
  row: ViewRow,
  documents: ReadonlyMap<DocumentId, ReadDocument>,
  found: readonly Place[],
): Promise<readonly Place[]> {
  const { documentId, schemaId } = row
  const at = (key: PartKey | undefined, ...ids: readonly DocumentId[]): readonly Place[] =>
    key ? ids.map((id) => [id, key] as const) : []
  if (schemaId === definitionSchema) {
    const key = keyByDefinition.get(documentId)
    const document = documents.get(documentId)
    return key && document ? at(key, documentId, ...(await fieldDefinitions(deps.store, document))) : []
  }
  if (schemaId === collectionSchema) {
    const link = linksOf(row.fields).find(({ field }) => field === 'definition')
    return at(keyByDefinition.get(link?.to as DocumentId), documentId)
  }
  if (schemaId === viewSchema) {
    const link = linksOf(row.fields).find(({ field }) => field === 'collection')
    const collection = link?.to as DocumentId | undefined
    const [keys = []] = collection ? await deps.store.partsOf([collection]) : []
    const entering = found.filter(([id]) => id === collection).map(([, key]) => key)
    return [...keys, ...entering].flatMap((key) => at(key, documentId))
  }
  // What belongs to a group travels with it only, also where an older version of its schema has no owner (decisions.md 18).
  if (Object.values(row.fields).some(({ kind }) => kind === 'owner')) return []
  const definition = (await deps.schemas.definition(schemaId))?.schema.definition
  const key = definition && keyByDefinition.get(definition)
  return key ? at(key, documentId, ...(await filesOf(deps.store, row))) : []
}

const documentsHolding = async (store: Store, ids: readonly OperationId[]): Promise<readonly DocumentId[]> => {
  const found = ids.length > 0 ? await store.documentsOf([...new Set(ids)]) : []
  return [...new Set(found.filter((id) => id !== undefined))]
}

/** The field definitions that any version of this definition ever named. */
export const fieldDefinitions = (store: Store, document: ReadDocument): Promise<readonly DocumentId[]> =>
  documentsHolding(
    store,
    document.operations.flatMap(({ operation }) => {
      const pinned = operation && operation.action !== 'delete' ? operation.fields['fields'] : undefined
      return pinned?.plain === 'hash-lists' ? pinned.value.flat() : []
    }),
  )

/** The files a thing relates to, with their pieces. */
async function filesOf(store: Store, row: ViewRow): Promise<readonly DocumentId[]> {
  const targets = await documentsHolding(store, linksOf(row.fields).flatMap(operationsOf))
  const blobs = (targets.length > 0 ? await store.views(targets) : []).filter((view) => view?.schemaId === blobSchema)
  const pieces = blobs.flatMap((blob) => (blob ? linksOf(blob.fields).flatMap(operationsOf) : []))
  return [...blobs.map((blob) => blob!.documentId), ...(await documentsHolding(store, pieces))]
}

/** Documents that can be read, by id. */
export async function readDocuments(
  store: Store,
  ids: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, ReadDocument>> {
  const rows = ids.length > 0 ? await store.documents(ids) : []
  const read = rows.flatMap((row) => (row && !('code' in row) ? [readStored(row)] : []))
  return new Map(read.flatMap((document) => ('code' in document ? [] : [[document.documentId, document] as const])))
}
