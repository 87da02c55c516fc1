import { GraphQLError } from 'graphql'
import type { DocumentId, DocumentViewId } from '../../../core/ids.ts'
import type { FieldKind } from '../../../core/operation/operation.ts'
import type { SchemaField, Schema } from '../../../core/schema/schema.ts'
import type { DocumentView, Filter, MetaFilter, Query, QueryPage, Value } from '../../../engine/api.ts'
import type { Wanted } from '../../../engine/client-api/api.ts'
import { encodeBase58 } from './base58.ts'
import { type RequestContext, must, spend } from './context.ts'
import { readArgs } from './read-args.ts'

type Args = Readonly<Record<string, unknown>>

/** A page, and what its total would be counted by. */
interface Collection {
  readonly query: Query
  readonly page: QueryPage
}

/** The arguments of a collection as a query of the engine (wire.md §6.1). */
function toQuery(schema: Schema, given: Args): Query {
  const { filter, meta, orderBy, orderDirection, first, after } = readArgs(given) as {
    readonly filter?: Readonly<Record<string, Filter>>
    readonly meta?: MetaFilter
    readonly orderBy?: string
    readonly orderDirection?: 'asc' | 'desc'
    readonly first?: number
    readonly after?: string
  }
  return {
    schema: schema.id,
    ...(filter && { where: filter }),
    ...(meta && { meta }),
    ...(orderBy !== undefined && { orderBy: [{ by: orderBy, direction: orderDirection ?? 'asc' }] }),
    ...(first !== undefined && { first }),
    ...(after !== undefined && { after }),
  }
}

/** `all_<schema>`. */
export const resolveAll =
  (schema: Schema) =>
  async (_: unknown, args: Args, context: RequestContext): Promise<Collection> => {
    const query = toQuery(schema, args)
    return { query, page: must(context, await context.api.sharedQuery(query, context)) }
  }

/** `<schema>`: exactly one of the two ids. */
export const resolveOne =
  (schema: Schema) =>
  async (_: unknown, args: Args, context: RequestContext): Promise<DocumentView | undefined> => {
    const { id, viewId } = readArgs(args) as { readonly id?: DocumentId; readonly viewId?: DocumentViewId }
    if ((id === undefined) === (viewId === undefined)) throw new GraphQLError('Give either "id" or "viewId".')
    const wanted: Wanted = id === undefined ? { viewId: viewId! } : { id }
    return must(context, await context.api.sharedDocument(schema.id, wanted))
  }

/** What a collection shows of itself. */
export const collectionResolvers = {
  totalCount: async ({ query, page }: Collection, _: Args, context: RequestContext): Promise<number> => {
    if (page.totalCount !== null) return page.totalCount
    const { after: _after, ...all } = query
    return must(context, await context.api.countShared(all, context))
  },
  hasNextPage: ({ page }: Collection): boolean => page.hasNextPage,
  endCursor: ({ page }: Collection): string | null => (page.endCursor === null ? null : encodeBase58(page.endCursor)),
  documents: ({ page }: Collection): readonly DocumentView[] => page.documents,
}

export const resolveCursor = ({ cursor }: DocumentView): string | undefined =>
  cursor === undefined ? undefined : encodeBase58(cursor)

/** The fields of a document; none of one that is deleted. Views of pieces of files are kept without their bytes, which then are read where they lie. */
export async function resolveFields(
  document: DocumentView,
  _: Args,
  context: RequestContext,
): Promise<DocumentView | undefined> {
  if (document.isDeleted) return undefined
  if (Object.keys(document.fields).length > 0) return document
  const { schemaId, viewId } = document
  return must(context, await context.api.sharedDocument(schemaId, { viewId })) ?? document
}

const sizeOf = (value: Value): number =>
  typeof value === 'string' ? value.length : value instanceof Uint8Array ? 2 * value.length : 8

type FieldResolver = (document: DocumentView, args: Args, context: RequestContext) => unknown

/** A value by itself. JSON has no NaN and no infinity: they are null, as in aquadoggo. */
const resolveValue =
  (name: string): FieldResolver =>
  ({ fields }, _, context) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return null
    spend(context, sizeOf(value))
    return value
  }

const toWanted = (kind: FieldKind, id: string): Wanted =>
  kind === 'relation' || kind === 'relation_list' ? { id: id as DocumentId } : { viewId: id as DocumentViewId }

/** Whether a field of this kind leads to one document. */
export const isOne = (kind: FieldKind): boolean => kind === 'relation' || kind === 'pinned_relation' || kind === 'owner'

/** How a field of this type is shown: as it is, as the document it leads to, or as a collection. */
export function resolverOf({ name, kind }: SchemaField, target: Schema | undefined): FieldResolver {
  if (!target) return resolveValue(name)
  if (isOne(kind))
    return async ({ fields }, _, context) => {
      const id = fields[name]
      if (typeof id !== 'string') return null
      return must(context, await context.api.sharedDocument(target.id, toWanted(kind, id)))
    }
  return async ({ fields }, args, context): Promise<Collection | null> => {
    const ids = fields[name]
    if (!Array.isArray(ids)) return null
    const query = toQuery(target, args)
    const list = (ids as readonly string[]).map((id) => toWanted(kind, id))
    return { query, page: must(context, await context.api.sharedList(list, query, context)) }
  }
}
