import { systemSchemaId } from '../core/schema/system/id.ts'
import type { Change, DocumentView, EngineApi, KnownSchema, Order, Query, QueryPage } from '../engine/api.ts'
import type { Failure } from '../engine/failure.ts'
import type { Result } from '../core/result.ts'
import { failedView, liveView } from './live.ts'
import { documentIdOf, schemaIdOf } from './parse.ts'
import type {
  DocumentLike,
  DocumentState,
  HistoryState,
  Live,
  QueryOptions,
  QueryState,
  SchemaLike,
  SchemasState,
} from './takibi-node.ts'

const noDocument: DocumentState = { status: 'loading', document: undefined }
const noHistory: HistoryState = { status: 'loading', changes: [] }
const noSchemas: SchemasState = { status: 'loading', schemas: [] }
const noPage: QueryState = { status: 'loading', documents: [], totalCount: null, hasNextPage: false, endCursor: null }

/** The list of a group follows from what others say, too. */
const group = systemSchemaId('key_group_v1')

/** Whether a view says the same as before. Documents that were followed along may have changed on their own, so those never do. */
const isSame = (a: DocumentView, b: DocumentView): boolean =>
  a.viewId === b.viewId &&
  a.schemaId === b.schemaId &&
  a.mark === b.mark &&
  a.pendingOperations === b.pendingOperations &&
  a.changedAt === b.changedAt &&
  a.cursor === b.cursor &&
  a.schemaId !== group &&
  !a.related &&
  !b.related

/** The new page with the old objects of documents that did not change, so that their rows need not be drawn again. */
function keepUnchanged(now: readonly DocumentView[], before: readonly DocumentView[]): readonly DocumentView[] {
  const known = new Map(before.map((document) => [document.id, document]))
  return now.map((document) => {
    const old = known.get(document.id)
    return old && isSame(old, document) ? old : document
  })
}

const directed = (field: string, direction: Order['direction']): Order =>
  field.startsWith('-')
    ? { by: field.slice(1), direction: direction === 'asc' ? 'desc' : 'asc' }
    : { by: field, direction }

/** The library's way to ask, as the engine takes it. */
function toQuery(schema: SchemaLike, options: QueryOptions): Result<Query, Failure> {
  const id = schemaIdOf(schema)
  if (!id.ok) return id
  const { orderBy, direction = 'asc', ...rest } = options
  const order = orderBy && { orderBy: orderBy.map((field) => directed(field, direction)) }
  return { ok: true, value: { schema: id.value, ...rest, ...order } }
}

/** @returns a live page of the documents that the query finds */
export function queryView(api: EngineApi, schema: SchemaLike, options: QueryOptions): Live<QueryState> {
  const query = toQuery(schema, options)
  if (!query.ok) return failedView(noPage, query.error)
  return liveView<QueryPage, QueryState>({
    initial: noPage,
    watch: (call) => api.watchQuery(query.value, call),
    next: (page, state) => ({
      // While an index is being built there is nothing to show yet but how far it is.
      status: page.indexing === undefined ? 'ready' : 'loading',
      ...page,
      documents: keepUnchanged(page.documents, state.documents),
    }),
    isWhole: ({ totalCount }) => totalCount !== null || options.count === false,
  })
}

/** @returns a live view of one document; `undefined` in it: this device does not have it */
export function documentView(api: EngineApi, document: DocumentLike): Live<DocumentState> {
  const id = documentIdOf(document)
  if (!id.ok) return failedView(noDocument, id.error)
  return liveView<DocumentView | undefined, DocumentState>({
    initial: noDocument,
    watch: (call) => api.watchDocument(id.value, call),
    next: (found, state) => {
      const isKept = state.status === 'ready' && found && state.document && isSame(found, state.document)
      return isKept ? state : { status: 'ready', document: found }
    },
  })
}

/** @returns a live list of everything that was done to a document */
export function historyView(api: EngineApi, document: DocumentLike): Live<HistoryState> {
  const id = documentIdOf(document)
  if (!id.ok) return failedView(noHistory, id.error)
  return liveView<readonly Change[], HistoryState>({
    initial: noHistory,
    watch: (call) => api.watchHistory(id.value, call),
    next: (changes) => ({ status: 'ready', changes }),
  })
}

/** @returns a live list of all schemas this device knows */
export const schemasView = (api: EngineApi): Live<SchemasState> =>
  liveView<readonly KnownSchema[], SchemasState>({
    initial: noSchemas,
    watch: (call) => api.watchSchemas(call),
    next: (schemas) => ({ status: 'ready', schemas }),
  })
